"""One page of settings. Every secret comes from NAME or from the file that NAME_FILE names; else nothing starts."""

import base64
import binascii
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from backend.database_url import parse_database_url, parse_email_url
from backend.environment import env, env_list, is_set

KEY_BYTES = 32
SHORTEST_SECRET = 40
BASE_DIR = Path(__file__).resolve().parent.parent


def _secret_bytes(name: str) -> bytes:
    try:
        value = base64.urlsafe_b64decode(env(name))
    except (binascii.Error, ValueError) as error:
        raise ImproperlyConfigured(f"{name} is not base64url.") from error
    if len(value) != KEY_BYTES:
        raise ImproperlyConfigured(f"{name} must be {KEY_BYTES} bytes, base64url.")
    return value


# -- Secrets ---------------------------------------------------------------------------------------
DEBUG = False
SECRET_KEY = env("SPONA_SECRET_KEY")
if len(SECRET_KEY) < SHORTEST_SECRET:
    raise ImproperlyConfigured(f"SPONA_SECRET_KEY must have at least {SHORTEST_SECRET} characters.")
SPONA_AUDIT_KEY = _secret_bytes("SPONA_AUDIT_KEY")
SPONA_IDEMPOTENCY_KEY = _secret_bytes("SPONA_IDEMPOTENCY_KEY")
# Draws the record keys of facts; with another one, facts written later would not fit those written before.
SPONA_STATISTICS_KEY = _secret_bytes("SPONA_STATISTICS_KEY")
SPONA_KEYS_DIR = Path(env("SPONA_KEYS_DIR"))
# Where backups are put and looked for; the two lie apart, and either may be on another machine.
SPONA_BACKUP_DIRS = {"main": env("SPONA_MAIN_BACKUP_DIR", ""), "keys": env("SPONA_KEYS_BACKUP_DIR", "")}
# The tests take the first wall away to see what the second one holds alone. Nobody else can.
SPONA_WALL_ONE_OFF = env("SPONA_WALL_ONE", "on") == "off"
if SPONA_WALL_ONE_OFF and "pytest" not in sys.modules:
    raise ImproperlyConfigured(
        "SPONA_WALL_ONE=off is for the tests alone. Nothing starts without the first wall."
    )
SPONA_ACCEPTANCE = env("SPONA_ACCEPTANCE", "") == "1"

# -- Where it is reached ---------------------------------------------------------------------------
SPONA_BASE_URL = env("SPONA_BASE_URL", f"http://localhost:{env('SPONA_PORT', '8000')}")
ALLOWED_HOSTS = env_list("SPONA_ALLOWED_HOSTS", "localhost,127.0.0.1")
CSRF_TRUSTED_ORIGINS = [SPONA_BASE_URL]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SPONA_BASE_URL.startswith("https") else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE_PROXY_SSL_HEADER else 0
# By this name the logs of the audit are known outside; it must not change with the address.
SPONA_LOG_NAME = env("SPONA_LOG_NAME", urlsplit(SPONA_BASE_URL).hostname or "")
ROOT_URLCONF = "api.urls"
WSGI_APPLICATION = "backend.wsgi.application"
APPEND_SLASH = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.headless",
    "guardian",
    "simple_history",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "permissions",
    "audit",
    "backend.encryption",
    "backend.reference",
    "backend.teams",
    "backend.directory",
    "backend.cases",
    "backend.referrals",
    "backend.imports",
    "backend.rights",
    "backend.review",
    "backend.keys",
    "backend.erasure",
    "backend.statistics",
    "backend.upkeep",
    "backend.demo",
    "backend.work",
    "api",
]

# The outermost one turns errors at COMMIT into problem+json and writes denied attempts after the rollback.
MIDDLEWARE = [
    "api.middleware.Outermost",
    "django.middleware.security.SecurityMiddleware",
    "api.web_app.Files",
    "api.middleware.Language",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "api.middleware.SameSite",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {}},
]

# -- Databases -------------------------------------------------------------------------------------
_main = parse_database_url(env("SPONA_DATABASE_URL"))
DATABASES: dict[str, dict[str, Any]] = {
    "default": {**_main, "ATOMIC_REQUESTS": True},
    # The same database in autocommit: denied entries and counters outlive the rollback of a request.
    "outside": {**_main, "ATOMIC_REQUESTS": False, "TEST": {"MIRROR": "default"}},
    "keys": parse_database_url(env("SPONA_KEYS_DATABASE_URL")),
}
# Only the worker is given these two: the web server can neither seal a log nor sign for one.
if is_set("SPONA_SEALER_DATABASE_URL"):
    DATABASES["sealer"] = parse_database_url(env("SPONA_SEALER_DATABASE_URL"))
SPONA_LOG_KEY = _secret_bytes("SPONA_LOG_KEY") if is_set("SPONA_LOG_KEY") else None
SPONA_WITNESS_POLICY = env("SPONA_WITNESS_POLICY", "")
DATABASE_ROUTERS = ["backend.routers.Keys"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "backend.teams.cache.OutsideCache",
        "LOCATION": "spona_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

# -- People and sessions ---------------------------------------------------------------------------
AUTH_USER_MODEL = "teams.User"
AUTHENTICATION_BACKENDS = ["backend.teams.password_backend.Passwords"]
PASSWORD_HASHERS = ["backend.teams.passwords.SponaArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
SESSION_ENGINE = "backend.teams.sessions"
SESSION_COOKIE_NAME = "__Host-spona"
SESSION_COOKIE_SECURE = SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 10 * 3600
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "api.errors.csrf_failure"

ACCOUNT_ADAPTER = "backend.teams.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "backend.teams.reset_links.ResetLinks"  # noqa: S105 - a path
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_RATE_LIMITS = {
    "login": env("SPONA_RATE_LOGIN", "30/m/ip"),
    "login_failed": env("SPONA_RATE_LOGIN_FAILED", "10/m/ip,5/5m/key"),
}
# A reset for an address that nobody has says nothing to anybody.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_ADAPTER = "backend.teams.adapters.HeadlessAdapter"
# Pages of the web app. A secret stands behind the #, so that it reaches no server's log and no Referer.
HEADLESS_FRONTEND_URLS = {
    "account_reset_password_from_key": f"{SPONA_BASE_URL}/reset-password#{{key}}",
    "account_reset_password": f"{SPONA_BASE_URL}/reset-password",
    "account_signup": f"{SPONA_BASE_URL}/sign-in",
}
MFA_ADAPTER = "backend.teams.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Spona"
MFA_RATE_LIMITS = {"webauthn_login": env("SPONA_RATE_KEY", "60/m/ip")}

GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None
# Nobody asks guardian through Django's backends: permissions.scope reads its tables.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

# -- API -------------------------------------------------------------------------------------------
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["api.authentication.MachineTokens", "api.authentication.Sessions"],
    "DEFAULT_PERMISSION_CLASSES": ["api.declared.Declared"],
    "DEFAULT_RENDERER_CLASSES": ["api.rendering.Json"],
    "DEFAULT_PARSER_CLASSES": ["api.rendering.StrictJson"],
    "DEFAULT_SCHEMA_CLASS": "api.schema.Schema",
    "EXCEPTION_HANDLER": "api.errors.handle",
    "UNAUTHENTICATED_USER": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
# The names of the limits are documented in docs/operations.md.
SPONA_RATES = {
    "user": env("SPONA_RATE_USER", "600/min"),
    "token": env("SPONA_RATE_TOKEN", "600/min"),
    "anonymous": env("SPONA_RATE_ANONYMOUS", "60/min"),
    "probe": env("SPONA_RATE_PROBE", "10/min"),
    "guard": env("SPONA_RATE_GUARD", "120/min"),
    "duplicate": env("SPONA_RATE_DUPLICATE", "20/h"),
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Spona API",
    "DESCRIPTION": "Case coordination for municipal multidisciplinary teams. Docs: /api/docs/.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVERS": [{"url": "/", "description": "This installation"}],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
    "POSTPROCESSING_HOOKS": [
        "api.schema.nulls.remember",
        "drf_spectacular.hooks.postprocess_schema_enums",
        "api.schema.nulls.write",
        "api.schema.finish",
    ],
    "ENUM_NAME_OVERRIDES": {
        "RightsRequestKindEnum": "backend.rights.terms.KINDS",
        "RightsRequestChannelEnum": "backend.rights.terms.CHANNELS",
    },
}

# -- Mail, static files, language, logs ------------------------------------------------------------
EMAIL_BACKEND, _email = parse_email_url(env("SPONA_EMAIL_URL", f"file://{BASE_DIR}/var/mail"))
globals().update(_email)
DEFAULT_FROM_EMAIL = env("SPONA_EMAIL_FROM", "spona@localhost")
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}
# The web app, as `make run` builds it and a wheel carries it; without it the API is served alone.
SPONA_WEB_APP = BASE_DIR / "web" / "dist"
LANGUAGE_CODE = "sr-latn"
LANGUAGES = [("sr-latn", "Srpski"), ("sr-cyrl", "Српски"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
X_FRAME_OPTIONS = "DENY"
# Only names and numbers reach a log: no bodies, no query strings, no locals.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "api.logs.AllowListed"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env("SPONA_LOG_LEVEL", "WARNING")},
    "loggers": {
        "django.request": {"handlers": ["console"], "level": "CRITICAL", "propagate": False},
        "django.security": {"handlers": ["console"], "level": "CRITICAL", "propagate": False},
        "spona": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
