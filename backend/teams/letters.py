"""Short letters about one's own account, in the reader's language. They name no link, no case and nobody else."""

from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from backend.reference.translit import latin
from backend.teams.models import User

# event -> (English, Serbian Cyrillic), each a subject and a text.
LETTERS: Final = {
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
                "Предложена је улога, позивница или токен. То ништа не отвара док неко у вашој улози не потврди, а "
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
                "Неко је започео враћање приступа налогу чији су други фактори изгубљени. Започели сте га ви, или је "
                "налог ваш. Друга особа то мора да потврди. Ако ово нико није тражио, одмах јавите."
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
                "пријава додаје нови фактор. Ако то нисте били ви, одмах јавите."
            ),
        ),
    ),
}


def tell(event: str, users: Iterable[User]) -> None:
    """Write to those of `users` who have an address, once the transaction has committed."""
    waiting = [_letter(event, user) for user in users if user.email]
    if waiting:
        transaction.on_commit(lambda: _send(waiting))


def _send(waiting: list[EmailMessage]) -> None:
    get_connection(fail_silently=True).send_messages(waiting)


def _letter(event: str, user: User) -> EmailMessage:
    english, cyrillic = LETTERS[event]
    subject, text = english if user.language == "en" else cyrillic
    if user.language == "sr-Latn":
        subject, text = latin(subject), latin(text)
    return EmailMessage(subject, f"{text}\n\n{settings.SPONA_BASE_URL}\n", to=[user.email])
