"""The desk's settings: everything that an installation may change comes from the environment, see docs/running.md."""

import os
from datetime import timedelta
from pathlib import Path

from gifthorse.desk import surroundings
from gifthorse.store.sqlite import use_fixed_sqlite

use_fixed_sqlite()

HERE = Path(__file__).resolve().parent

# Where things lie
GIFTHORSE_DATA = Path(os.environ.get("GIFTHORSE_DATA", "data")).resolve()
GIFTHORSE_VAULT = GIFTHORSE_DATA / "vault"
GIFTHORSE_SPOOL = GIFTHORSE_DATA / "spool"
GIFTHORSE_KEYRING = Path(os.environ.get("GIFTHORSE_KEYRING", GIFTHORSE_DATA / "keyring")).resolve()
GIFTHORSE_SERVER_FOLDERS = surroundings.words("GIFTHORSE_SERVER_FOLDERS", "")
# Official advice about places: files of the publishers, and addresses to fetch them from; none unless named
GIFTHORSE_ADVICE = Path(os.environ.get("GIFTHORSE_ADVICE", GIFTHORSE_DATA / "advice")).resolve()
GIFTHORSE_ADVICE_ADDRESSES = surroundings.words("GIFTHORSE_ADVICE_ADDRESSES", "")
DATABASES = {"default": surroundings.database(os.environ.get("DATABASE_URL", ""), GIFTHORSE_DATA)}

# How the desk is reached. "none": plain http on this machine alone; "proxy": a proxy in front speaks TLS and sets X-Forwarded-Proto.
GIFTHORSE_TLS = surroundings.choice("GIFTHORSE_TLS", "none", ("none", "proxy"))
BEHIND_TLS = GIFTHORSE_TLS == "proxy"
ALLOWED_HOSTS = surroundings.words("GIFTHORSE_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if BEHIND_TLS else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 63_072_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
SECURE_HSTS_PRELOAD = BEHIND_TLS
# These four ask for TLS. On this machine alone there is none, and the start-up says so; behind a proxy nothing is silenced.
SILENCED_SYSTEM_CHECKS = [] if BEHIND_TLS else ["security.W004", "security.W008", "security.W012", "security.W016"]

# What may come in, in bytes
GIFTHORSE_UPLOAD_LIMIT = surroundings.number("GIFTHORSE_UPLOAD_LIMIT", 64 * 1024**3)
GIFTHORSE_PHOTOGRAPH_LIMIT = surroundings.number("GIFTHORSE_PHOTOGRAPH_LIMIT", 25 * 1024**2)
GIFTHORSE_PEOPLE_LIMIT = 2 * 1024**2
GIFTHORSE_BOOKING_LIMIT = 10 * 1024**2
GIFTHORSE_FORM_LIMIT = 512 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = GIFTHORSE_FORM_LIMIT
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 8
FILE_UPLOAD_HANDLERS = ["gifthorse.desk.uploads.PhotographsInMemory"]  # never a plain temporary file on the disk

# Whether everybody but staff must have a second factor before anything else, or is only asked for one
GIFTHORSE_SECOND_FACTOR = surroundings.choice("GIFTHORSE_SECOND_FACTOR", "asked", ("asked", "required"))

DEBUG = False
SECRET_KEY = surroundings.session_secret(GIFTHORSE_KEYRING)
ROOT_URLCONF = "gifthorse.desk.urls"
WSGI_APPLICATION = "gifthorse.desk.wsgi.application"
APPEND_SLASH = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "gifthorse.store",
    "gifthorse.desk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "gifthorse.desk.headers.security_headers",
    "gifthorse.desk.gate.forget_browser",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "gifthorse.desk.uploads.body_limits",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "gifthorse.desk.gate.sign_in_first",
    "gifthorse.desk.gate.plain_words",
]
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "gifthorse.desk.rail.rail",
            ]
        },
    }
]
FORM_RENDERER = "gifthorse.desk.forms.rendering.DeskForms"

# Sessions lie in the database and end after a working day, or when the browser closes
SESSION_COOKIE_NAME = "__Host-gifthorse" if BEHIND_TLS else "gifthorse"
SESSION_COOKIE_AGE = int(timedelta(hours=10).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-gifthorse-form" if BEHIND_TLS else "gifthorse-form"
CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "gifthorse.desk.views.errors.form_too_old"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# One web process, so that its memory is enough for the sign-in brake; nothing of it (network addresses are part of it) reaches a disk.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Who signs in, and how
AUTH_USER_MODEL = "store.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["username"]}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "gifthorse.desk.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/5m/key", "reauthenticate": "10/m/user", "change_password": "5/m/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_TLS else 0
MFA_ADAPTER = "gifthorse.desk.adapters.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "gifthorse"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not BEHIND_TLS  # browsers allow passkeys on http://localhost alone
USERSESSIONS_TRACK_ACTIVITY = False

# Signing in through the house's own OpenID Connect provider: only people of the register; nothing that it says is stored
GIFTHORSE_OIDC_MAIL = surroundings.choice("GIFTHORSE_OIDC_MAIL", "verified", ("verified", "trusted"))
SOCIALACCOUNT_ADAPTER = "gifthorse.desk.house_sign_in.HouseSignIn"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"APPS": surroundings.house_sign_in(), "OAUTH_PKCE_ENABLED": True, "SCOPE": ["openid", "email"]}
}
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_AUTO_SIGNUP = False

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]  # each in its own words
LOCALE_PATHS = [HERE.parent / "locale"]
LANGUAGE_COOKIE_NAME = "gifthorse-language"
FORMAT_MODULE_PATH = ["gifthorse.desk.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("TZ", "UTC") or "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = GIFTHORSE_DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "gifthorse.desk.report_styles.ReportStyles",
]
WHITENOISE_MAX_AGE = 300
WHITENOISE_ALLOW_ALL_ORIGINS = False

# To standard error: what went wrong and where, never who. Addresses are written without their secrets, queries and bodies not at all.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "gifthorse.desk.log_lines.WithoutSecrets", "format": "{asctime} {levelname} {name}: {message}", "style": "{"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django_tasks": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django_tasks_db": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
}
