"""Short letters about one's own account, in the reader's language. They name no case and nobody, the reader neither.

Only the letter for a forgotten password holds a link: what stands behind its # reaches no server's log.
"""

from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from backend.reference.translit import latin
from backend.teams.models import User

# English and Serbian Cyrillic, each a subject and a text.
_Texts = tuple[tuple[str, str], tuple[str, str]]
PASSWORD_RESET: Final[_Texts] = (
    (
        "Spona: a new password",
        (
            "Somebody has asked for a new password for your account. Choose it at the address below, which works for "
            "an hour and only once. If it was not you, you need not do anything: the password stays as it is."
        ),
    ),
    (
        "Spona: нова лозинка",
        (
            "Неко је затражио нову лозинку за Ваш налог. Изаберите је на адреси испод, која важи сат времена и само "
            "једном. Ако то нисте били Ви, не морате ништа да радите: лозинка остаје иста."
        ),
    ),
)
LETTERS: Final[dict[str, _Texts]] = {
    "second_person_asked": (
        (
            "Spona: something waits for a second person",
            (
                "A role, an invitation or a token was proposed. It opens nothing before somebody in your role has "
                "confirmed it, and lapses after 14 days. Sign in to see it."
            ),
        ),
        (
            "Spona: нешто чека другу особу",
            (
                "Предложена је улога, позивница или токен. То ништа не отвара док неко у Вашој улози не потврди, а "
                "истиче после 14 дана. Пријавите се да бисте то видели."
            ),
        ),
    ),
    "recovery_started": (
        (
            "Spona: lost second factors",
            (
                "Somebody has started to let an account back in whose second factors were lost. You have started it, "
                "or the account is yours. A second person has to confirm. If nobody asked for this, say so at once."
            ),
        ),
        (
            "Spona: изгубљени други фактори",
            (
                "Неко је започео враћање приступа налогу чији су други фактори изгубљени. Започели сте га Ви, или је "
                "налог Ваш. Друга особа то мора да потврди. Ако ово нико није тражио, одмах јавите."
            ),
        ),
    ),
    "recovery_confirmed": (
        (
            "Spona: the way back is open",
            (
                "A second person has confirmed that an account is let back in. The link works once, for half an hour. "
                "If nobody asked for this, say so at once."
            ),
        ),
        (
            "Spona: приступ је одобрен",
            (
                "Друга особа је потврдила враћање приступа налогу. Веза важи једном, пола сата. Ако ово нико није "
                "тражио, одмах јавите."
            ),
        ),
    ),
    "recovery_used": (
        (
            "Spona: second factors taken away",
            (
                "The link was used. All second factors of the account are gone and all its sessions have ended; the "
                "next sign-in adds a new factor. If this was not you, say so at once."
            ),
        ),
        (
            "Spona: други фактори су уклоњени",
            (
                "Веза је искоришћена. Сви други фактори налога су уклоњени и све његове сесије су завршене; следећа "
                "пријава додаје нови фактор. Ако то нисте били Ви, одмах јавите."
            ),
        ),
    ),
}


def tell(event: str, users: Iterable[User]) -> None:
    """Write to those of `users` who have an address, once the transaction has committed."""
    _post([_letter(LETTERS[event], user, at=settings.SPONA_BASE_URL) for user in users if user.email])


def hand_over(user: User, *, link: str) -> None:
    """Send the link for a new password to the address of the account."""
    _post([_letter(PASSWORD_RESET, user, at=link)] if user.email else [])


def _post(waiting: list[EmailMessage]) -> None:
    if waiting:
        transaction.on_commit(lambda: _send(waiting))


def _send(waiting: list[EmailMessage]) -> None:
    get_connection(fail_silently=True).send_messages(waiting)


def _letter(texts: _Texts, user: User, *, at: str) -> EmailMessage:
    english, cyrillic = texts
    subject, text = english if user.language == "en" else cyrillic
    if user.language == "sr-Latn":
        subject, text = latin(subject), latin(text)
    return EmailMessage(subject, f"{text}\n\n{at}\n", to=[user.email])
