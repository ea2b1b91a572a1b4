"""Settings of one Kentongan instance. What varies comes from the environment (`environment.py`, docs/production.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from kentongan.environment import (
    data_directory,
    database_settings,
    env_choice,
    env_flag,
    env_list,
    env_number,
    env_secret,
    env_text,
    env_zone,
    key_file,
)

DATA_DIR = data_directory()

SECRET_KEY = key_file(DATA_DIR, "session.key").hex()
AUDIT_KEY = key_file(DATA_DIR, "audit.key")
FIELD_KEY = key_file(DATA_DIR, "field.key")  # wraps the keys of sealed fields (edge.sealing)
RECEIPT_KEY = key_file(DATA_DIR, "receipt.key")
PSEUDONYM_KEY = key_file(DATA_DIR, "pseudonym.key")  # tags "is this my own report?"
AUDIT_HEAD_DIR = DATA_DIR / "audit-head"
MEDIA_DIR = DATA_DIR / "media"  # sealed files (edge.stored_files); never served from here

DEBUG = False
TLS = env_flag("KENTONGAN_TLS")
ALLOWED_HOSTS = env_list("KENTONGAN_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = env_list("KENTONGAN_ORIGINS")
# A proxy on this machine ends TLS; its headers are believed from it alone (pipeline/server.py), never otherwise.
BEHIND_PROXY = env_flag("KENTONGAN_BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    # Earliest stage first: migrations and foreign keys follow this order.
    "kentongan.edge",
    "kentongan.audit",
    "kentongan.places",
    "kentongan.accounts",
    "kentongan.vault",
    "kentongan.intake",
    "kentongan.events",
    "kentongan.verification",
    "kentongan.indicators",
    "kentongan.alerts",
    "kentongan.response",
    "kentongan.documents",
    "kentongan.pipeline",
    "kentongan.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kentongan.web.middleware.ProblemMiddleware",
]

ROOT_URLCONF = "kentongan.urls"
WSGI_APPLICATION = "kentongan.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Our own pages come before those that the login library ships under the same names.
        "DIRS": [Path(__file__).parent / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kentongan.web.shell.shell_context",
            ],
        },
    }
]
DATABASES = {"default": database_settings(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "kentongan.accounts.login.OfficeAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["email", "phone", "password1*"]
# Accounts have an address or a number, not always both; the library warns for a sign-up page that does not exist.
SILENCED_SYSTEM_CHECKS = ["account.W001"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
# The library's limiter keys its cache by address; ours (accounts.throttle) keeps a keyed hash for 24 hours.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
MFA_ADAPTER = "kentongan.accounts.login.SealedTotpAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Kentongan"
MFA_TOTP_TOLERANCE = 1

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = TLS
CSRF_COOKIE_SECURE = TLS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kentongan.web.middleware.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if TLS else 0
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", _("Inggris"))]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
OFFICE_ZONE = env_zone("KENTONGAN_ZONE", default="Asia/Jakarta")

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Served out of the package itself: nothing to collect, nothing to forget at an upgrade.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
MEDIA_ROOT = DATA_DIR / "files"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# The login library sends no mail here: a forgotten password is given anew by the office.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# Mail goes out through `alerts.channels.email` alone, from the worker. Without a host nobody is told by mail, and every
# page that would say so says that instead.
SMTP_HOST = env_text("KENTONGAN_SMTP_HOST")
SMTP_SECURITY = env_choice("KENTONGAN_SMTP_SECURITY", ("starttls", "tls", "none"), default="starttls")
SMTP_PORT = env_number("KENTONGAN_SMTP_PORT", default=465 if SMTP_SECURITY == "tls" else 587)
SMTP_USER = env_text("KENTONGAN_SMTP_USER")
SMTP_PASSWORD = env_secret("KENTONGAN_SMTP_PASSWORD")
SMTP_FROM = env_text("KENTONGAN_SMTP_FROM")
SMTP_TIMEOUT = 10.0  # seconds for each step
# The address of this instance as other machines reach it, for the links in a mail.
PUBLIC_ADDRESS = env_text("KENTONGAN_PUBLIC_ADDRESS").rstrip("/")

# The address a request came from, and what it asked for, is never written down: a log line beside a report's time
# would say who sent it (docs/security.md). Only failures are logged, without their request.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django.server": {"handlers": [], "propagate": False},
        # Every refused request would otherwise be written down with its path.
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        "waitress": {"level": "ERROR"},
    },
}
