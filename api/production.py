"""Start-up checks: an installation that people reach does not start with what only a trial may have.

E010 the address; E011 host names; E012 DEBUG; E013 a cache that forgets or is not shared; E014 a secret that is no
secret; E015 the acceptance mode; and, once the database can be asked, E016 the service's role in it and E017 accounts
of the demo. E010, E011 (a wildcard), E012, E013 and E016 hold everywhere; the others where SPONA_BASE_URL is https.
"""

from collections.abc import Iterator
from ipaddress import ip_address
from itertools import combinations
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connections

from backend.demo.acceptance_posts import posts
from backend.demo.accounts import accounts
from backend.demo.sign_in import PASSWORD
from backend.teams.models import User

# Asked only where the service itself starts (`check --deploy --tag running`): the migrating role is another one.
RUNNING: Final = "running"
CACHE: Final = "backend.teams.cache.OutsideCache"
# Words that stand in examples and tests, and in no random secret.
WORDS: Final = ("only-for-tests", "django-insecure", "change-me", "changeme", "example", "secret", "password")
LEAST_CHARACTERS: Final = 10
KEYS: Final = ("SPONA_AUDIT_KEY", "SPONA_IDEMPOTENCY_KEY", "SPONA_STATISTICS_KEY")
SECRETS: Final = ("SECRET_KEY", *KEYS)
_ROLE: Final = (
    "SELECT rolsuper, rolbypassrls, EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND pg_has_role(current_user, c.relowner, 'USAGE')) "
    "FROM pg_roles WHERE rolname = current_user"
)


@register(Tags.security)
def settings_are_strong(**_kwargs: Any) -> list[CheckMessage]:
    """Name every setting that is too weak for where this installation is reached."""
    address = urlsplit(settings.SPONA_BASE_URL)
    found = [*_of_address(address), *_everywhere()]
    return [*found, *_in_production()] if address.scheme == "https" else found


@register(Tags.security, RUNNING, deploy=True)
def database_is_narrow(**_kwargs: Any) -> list[CheckMessage]:
    """Ask the database what the service's role may do there, and in production whether the demo is in it."""
    try:
        found = list(_of_role())
        return [*found, *_of_demo()] if settings.SPONA_BASE_URL.startswith("https://") else found
    except DatabaseError as error:
        return [_error(16, f"The main database cannot be asked: {type(error).__name__}.")]


def _of_address(address: SplitResult) -> Iterator[CheckMessage]:
    host = address.hostname or ""
    bare = address._replace(scheme="", netloc="").geturl() == ""
    if address.scheme not in {"http", "https"} or not host or not bare or address.username is not None:
        yield _error(10, "SPONA_BASE_URL is https://host or https://host:port, without anything behind it.")
    elif address.scheme == "http" and not _is_this_machine(host):
        yield _error(
            10, f"SPONA_BASE_URL says http for {host}: what people reach from elsewhere needs https."
        )


def _is_this_machine(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _everywhere() -> Iterator[CheckMessage]:
    if any(host == "*" for host in settings.ALLOWED_HOSTS):
        yield _error(11, "SPONA_ALLOWED_HOSTS holds *: name the hosts.")
    if settings.DEBUG:
        yield _error(12, "DEBUG is on: its pages show settings and rows.")
    if settings.CACHES["default"]["BACKEND"] != CACHE:
        yield _error(
            13, f"The cache is {settings.CACHES['default']['BACKEND']}: limits and used codes need {CACHE}."
        )


def _in_production() -> Iterator[CheckMessage]:
    host = urlsplit(settings.SPONA_BASE_URL).hostname
    if any(one.startswith(".") for one in settings.ALLOWED_HOSTS):
        yield _error(11, "SPONA_ALLOWED_HOSTS holds a whole domain: name the hosts.")
    if host not in settings.ALLOWED_HOSTS:
        yield _error(11, f"SPONA_ALLOWED_HOSTS does not hold {host}, the host of SPONA_BASE_URL.")
    for name in SECRETS:
        if fault := weakness(getattr(settings, name)):
            yield _error(14, f"{name if name.startswith('SPONA') else 'SPONA_' + name} {fault}.")
    for one, other in combinations(KEYS, 2):
        if getattr(settings, one) == getattr(settings, other):
            yield _error(14, f"{one} and {other} are the same.")
    if settings.SPONA_ACCEPTANCE:
        yield _error(15, "SPONA_ACCEPTANCE is on: it prints passwords and tokens.")


def weakness(secret: str | bytes) -> str:
    """Say what makes a secret none: a word of the examples, or too few different characters. Empty when fine."""
    text = secret if isinstance(secret, str) else secret.decode("latin-1")
    if found := next((word for word in WORDS if word in text.lower()), None):
        return f"holds the word {found} and was not drawn at random"
    return (
        "" if len(set(text)) >= LEAST_CHARACTERS else "has too few different characters to be drawn at random"
    )


def _of_role() -> Iterator[CheckMessage]:
    with connections["default"].cursor() as cursor:
        cursor.execute(_ROLE)
        superuser, bypasses, owns = cursor.fetchone()
    for wrong, what in (
        (superuser, "is a superuser"),
        (bypasses, "bypasses row level security"),
        (owns, "owns tables"),
    ):
        if wrong:
            yield _error(16, f"The role in SPONA_DATABASE_URL {what}: the service runs as spona_app.")


def _of_demo() -> Iterator[CheckMessage]:
    names = [account.username for account in accounts()] + [post.username for post in posts()]
    held = User.objects.filter(username__in=names, is_active=True).values_list("username", "password")
    for username, password in held.order_by("username"):
        if check_password(PASSWORD, password):
            yield _error(17, f"{username} is an account of the demo, with the password that everybody knows.")
            return


def _error(number: int, text: str) -> CheckMessage:
    return Error(text, id=f"api.E{number:03}")
