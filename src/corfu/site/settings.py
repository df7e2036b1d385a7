"""Django's settings, from the environment (docs/running.md):

CORFU_DATA       the installation's folder: database, record, secret key
DATABASE_URL     postgresql://…; without it a SQLite file in the folder
CORFU_HOSTS      the names this is served under, parted by commas
CORFU_EXERCISE   1: one click signs in as any delegation of the exercise
CORFU_OIDC       a JSON file that names OpenID Connect providers
"""

import json
import os
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

HERE: Final = Path(__file__).resolve().parent
CORFU_DATA = Path(os.environ.get("CORFU_DATA", "data")).absolute()
CORFU_EXERCISE = os.environ.get("CORFU_EXERCISE") == "1"


def _secret() -> str:
    path = CORFU_DATA / "secret-key"
    return path.read_text().strip() if path.exists() else "not set up: corfu init makes one"


def database(folder: Path, url: str) -> dict[str, Any]:
    """Django's description of the database at postgresql://…, or else of the SQLite file in the folder."""
    address = urlsplit(url)
    if url and address.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("DATABASE_URL is no address of a PostgreSQL database")
    if url:
        options = dict(pair.split("=", 1) for pair in unquote(address.query).split("&") if "=" in pair)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(address.path.lstrip("/")),
            "USER": unquote(address.username or ""),
            "PASSWORD": unquote(address.password or ""),
            "HOST": options.pop("host", None) or address.hostname or "",
            "PORT": str(address.port or ""),
            "CONN_MAX_AGE": None,
            "OPTIONS": options,
        }
    pragmas = "journal_mode=WAL; synchronous=FULL; foreign_keys=ON; secure_delete=ON; cache_size=-65536"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "corfu.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "".join(f"PRAGMA {pragma.strip()};" for pragma in pragmas.split(";")),
        },
    }


def _profiles() -> list[str]:
    """The organisations of this installation, the one whose pages these are first: names, or folders."""
    path = CORFU_DATA / "profiles"
    return path.read_text().split("\n")[:-1] if path.exists() else ["osce", "exercise"]


CORFU_PROFILES = _profiles()
SECRET_KEY = _secret()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("CORFU_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host not in {"localhost", "127.0.0.1", "[::1]"}]
SERVED_SECURELY = bool(CSRF_TRUSTED_ORIGINS)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "corfu.acts",
    "corfu.community",
    "corfu.meetings",
    "corfu.negotiation",
    "corfu.decisions",
    "corfu.public",
    "corfu.site",
]
MIDDLEWARE = [
    "corfu.site.trouble.bodiless",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "corfu.site.middleware.policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "corfu.site.trouble.asked",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "corfu.site.middleware.actor",
    "corfu.site.kept.kept",
]
ROOT_URLCONF = "corfu.site.urls"
WSGI_APPLICATION = "corfu.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],  # before allauth's own
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "corfu.site.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "corfu.site.templatetags.corfu"],
        },
    }
]
DATABASES = {"default": database(CORFU_DATA, os.environ.get("DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("fr", _("French")),
    ("de", _("German")),
    ("it", _("Italian")),
    ("ru", _("Russian")),
    ("es", _("Spanish")),
]
LOCALE_PATHS = [HERE / "locale"]
FORMAT_MODULE_PATH = "corfu.site.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = CORFU_DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by accreditation, not by signing up
ACCOUNT_FORMS = {"login": "corfu.site.account_forms.SignIn"}
ACCOUNT_ADAPTER = "corfu.site.accounts.Accounts"
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,20/h/ip"}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no letter to whoever has no account
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # whoever accredited a person vouches for the address
MFA_TOTP_ISSUER = "Corfu"
MFA_FORMS = {
    "add_webauthn": "corfu.site.account_forms.AddKey",
    "edit_webauthn": "corfu.site.account_forms.RenameKey",
}
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = (
    json.loads(Path(os.environ["CORFU_OIDC"]).read_text()) if "CORFU_OIDC" in os.environ else {}
)
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = CORFU_DATA / "mail"

SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SERVED_SECURELY
CSRF_FAILURE_VIEW = "corfu.site.trouble.stale"
SECURE_HSTS_SECONDS = 31_536_000 if SERVED_SECURELY else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a chair’s desk with 500 open points sends some 3,000 fields

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "corfu": {"handlers": ["console"], "level": "INFO"},
        "django": {"handlers": ["console"], "level": "ERROR", "propagate": False},  # a fault of ours, with where it is
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # whoever likes can send these
    },
}
