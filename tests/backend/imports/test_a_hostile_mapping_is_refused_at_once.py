"""A mapping is written by somebody else: whatever it says, it is read, or refused in words and in no time."""

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.imports.errors import Unreadable
from backend.imports.mapping import parse_mapping
from backend.imports.uploads import MAX_MAPPING, shipped, shipped_text

pytestmark = pytest.mark.pure
GOOD = """
name: small
row_key: id
urgency: routine
given_by: person
items:
  sex: {column: sex, values: {m: "1", f: null}}
"""
LAUGHS = "a0: &a0 {x: 1}\n" + "".join(
    f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 10)}]}}\n" for n in range(1, 12)
)
HOSTILE = {
    "a 99th month": "x: 2026-99-99",
    "a number of five thousand digits": '{"version": ' + "9" * 5000 + "}",
    "a name of five thousand digits": GOOD.replace("name: small", "name: 0x" + "f" * 5000),
    "nine hundred brackets": "[" * 900,
    "three thousand brackets": "[" * 3000,
    "as many braces as there may be": "{" * MAX_MAPPING,
    "as many lists as there may be": "- " * (MAX_MAPPING // 2),
    "a long time of day": "x: 1" + ":59" * 20_000 + ".5",
    "a truth that is none": "x: !!bool maybe",
    "a moment that is none": "x: !!timestamp never",
    "an empty number": "x: !!int ''",
    "a laugh that grows tenfold": LAUGHS,
    "a thousand merges of a hundred": "a: &a {"
    + "".join(f"k{n}: x, " for n in range(100))
    + "}\n"
    + "".join(f"b{n}: {{<<: *a}}\n" for n in range(1000)),
    "an object": "x: !!python/object/apply:os.system [ls]",
    "half a letter": GOOD.replace("column: sex", r'column: "\ud800"'),
    "a letter no database takes": GOOD.replace("name: small", r'name: "\0"'),
}
INCOMPLETE = {
    "a name that is a number": GOOD.replace("name: small", "name: 1"),
    "an urgency that is a list": GOOD.replace("routine", "[routine]"),
    "columns ignored by number": GOOD + "ignored: 3",
    "a column that is a number": GOOD.replace("column: sex", "column: 1"),
    "a need without a code": GOOD + "needs: [{column: home, when: [street]}]",
    "a flag that is always there": GOOD + "flags: [{column: home, code: x}]",
    "minors without values": GOOD + "minors: {column: age, given_by: guardian}",
    "a referral without a column": GOOD + "referral: {columns: [a], values: {}}",
    "many columns and nothing for none": GOOD.replace("column: sex", "columns: [sex]"),
}


@pytest.mark.parametrize("text", [*HOSTILE.values(), *INCOMPLETE.values()], ids=[*HOSTILE, *INCOMPLETE])
def test_it_is_refused_in_less_than_a_second(text: str) -> None:
    began = time.process_time()
    with pytest.raises(Unreadable) as refused:
        parse_mapping(text)
    assert refused.value.code == "bad_mapping"
    assert time.process_time() - began < 1


@pytest.mark.parametrize("letter", ["x", "ж"])
def test_a_name_has_at_most_64_characters(letter: str) -> None:
    assert parse_mapping(GOOD.replace("small", letter * 64)).name == letter * 64
    with pytest.raises(Unreadable) as refused:
        parse_mapping(GOOD.replace("small", letter * 65))
    assert (refused.value.code, refused.value.detail) == ("bad_mapping", "name")


def test_text_stays_text_and_nothing_stays_nothing() -> None:
    assert parse_mapping(GOOD).plan["items"]["sex"]["values"] == {"m": "1", "f": None}


@pytest.mark.parametrize("name", shipped())
def test_what_is_shipped_is_read(name: str) -> None:
    assert parse_mapping(shipped_text(name)).name == name


@given(st.text("[]{}-:?&*<>!|'\"\\#%@ \n\t0159.abxT_~=", max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    for whole in (text, GOOD + text):
        with suppress(Unreadable):
            parse_mapping(whole)
