"""Serbian names in all cases, both scripts and without diacritics are found, and ordinary sentences are left alone."""

import pytest

from backend.guard import check
from backend.guard.name_forms import FIRST, LAST, kinds_of
from tests.backend.guard.comtext import cyrillic

FOUND = {
    "in the nominative": ("Javio se Petar Petrović.", ["Petar Petrović"]),
    "in the genitive, with a fleeting a": ("Pitati Petra Petrovića.", ["Petra Petrovića"]),
    "in the instrumental": ("Razgovor sa Aleksandrom Nikolićem.", ["Aleksandrom Nikolićem"]),
    "of a woman": ("Razgovor sa Jelenom Marković o smeštaju.", ["Jelenom Marković"]),
    "on -o and -e": ("Poslati Marku i Pavlu poruku.", ["Marku", "Pavlu"]),
    "surname first": ("Kovač Vera je otišla.", ["Kovač Vera"]),
    "initial first": ("Sastanak sa P. Petrovićem.", ["P. Petrovićem"]),
    "initial last": ("Petar P. je došao.", ["Petar P"]),
    "double surname": ("Marija Petrović-Jovanović kasni.", ["Marija Petrović-Jovanović"]),
    "possessive of a surname": ("Petrovićeva je zvala.", ["Petrovićeva"]),
    "possessive of a given name": ("Jelenin brat traži posao.", ["Jelenin"]),
    "an ordinary word within a sentence": ("Razgovarano sa Nadom.", ["Nadom"]),
    "an ordinary word behind a title": ("Gđa Vera dolazi.", ["Vera"]),
    "an unknown surname behind a given name": ("Razgovor sa Agimom Hasanagajem.", ["Agimom Hasanagajem"]),
    "an unknown surname behind a title": ("Pisao je dr Hasanagaj.", ["Hasanagaj"]),
    "a Hungarian name": ("Šandor Nađ se javio.", ["Šandor Nađ"]),
    "in capitals": ("PETAR PETROVIĆ", ["PETAR PETROVIĆ"]),
    "in small letters": ("juče je zvao petar petrović", ["petar petrović"]),
}


@pytest.mark.parametrize(("text", "names"), FOUND.values(), ids=FOUND.keys())
def test_a_name_is_found_in_both_scripts(text: str, names: list[str]) -> None:
    assert named(text) == names
    assert named(cyrillic(text)) == [cyrillic(name) for name in names]


@pytest.mark.parametrize(
    "text", ["Zvao je Djordje Djordjevic.", "Zvao je Dorde Dordevic.", "Zvao je Đorđe Đorđević."]
)
def test_a_name_is_found_without_its_diacritics(text: str) -> None:
    assert named(text) == [text.removeprefix("Zvao je ").removesuffix(".")]


LEFT_ALONE = [
    "Centar za socijalni rad u Nišu.",
    "Dom zdravlja u Kragujevcu, Nova Varoš i Bela Palanka.",
    "Radna terapija u Sremskoj Mitrovici.",
    'Osnovna škola "Vuk Karadžić" u Loznici.',
    "Škola Vuk Karadžić je zatvorena.",
    "Slava je Sveti Nikola.",
    "Dan je bio lep. Mir u kući. Vera u lečenje. Zora je svanula.",
    "Slobodan termin je u petak. Nada se da će dobiti posao.",
    "Nacionalna služba za zapošljavanje, Filijala Subotica.",
    "Uzima Metadon 10 i Suboxone. Test na HIV i HCV.",
    "Mladić ima 22 godine. Bez stana je od maja. Drago mu je.",
    "Nije došao u sredu. Javiti se u Crveni krst.",
    "Majka radi u banci, otac je u penziji, brat je u vojsci.",
]


@pytest.mark.parametrize("text", LEFT_ALONE, ids=range(len(LEFT_ALONE)))
def test_ordinary_sentences_are_left_alone(text: str) -> None:
    assert check(text) == []
    assert check(cyrillic(text)) == []


@pytest.mark.parametrize("text", ["Stanuje u ulici Petra Petrovića 12.", "Adresa: Kneza Miloša 4, Beograd."])
def test_a_person_in_the_name_of_a_street_is_an_address(text: str) -> None:
    assert {finding.kind for finding in check(text)} == {"address"}


def test_a_finding_lies_where_the_name_lies_in_the_text_as_given() -> None:
    text = "Зашто 🙂 је Љубинка Ђорђевић\u0301 звала?"
    [finding] = check(text)
    assert text[finding.start : finding.end] == "Љубинка Ђорђевић\u0301"
    assert (finding.kind, finding.action) == ("person_name", "ask")


@pytest.mark.parametrize(
    ("word", "kinds"),
    [
        ("petra", FIRST),
        ("markov", FIRST),
        ("kovacem", LAST),
        ("hasanijem", LAST),
        ("prozor", 0),
        ("", 0),
        ("a", 0),
    ],
)
def test_a_form_is_known_by_its_stem_and_ending(word: str, kinds: int) -> None:
    assert kinds_of(word) & (FIRST | LAST) & (kinds or FIRST | LAST) == kinds


def named(text: str) -> list[str]:
    return [text[one.start : one.end] for one in check(text) if one.kind == "person_name"]
