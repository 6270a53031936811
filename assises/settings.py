"""All settings, from the environment. Without DEMO=1 or a complete production environment, nothing starts.

docs/operations.md lists the variables.
"""

from base64 import b64encode
from datetime import timedelta
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import pghistory
from csp.constants import NONE, SELF

from assises import embedded
from assises.environment import Environment, celery_broker

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()

# Modes
DEMO = env.flag("DEMO")
TESTING = env.flag("TESTING")
DEBUG = False
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))
needs_servers = DEMO and not env.variables.get("DATABASE_URL")
servers = embedded.addresses(VAR_DIR) if DEMO else None


def demo(value: str) -> str | None:
    """A default that exists in the demo only: elsewhere the variable is required."""
    return value if DEMO else None


# Identity and address
SECRET_KEY = env.text("SECRET_KEY", servers.secret_key if servers else None)
BASE_URL = env.text("BASE_URL", demo(f"http://localhost:{env.integer('PORT', 8000)}"))
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS", demo("*"))
OVER_HTTPS = BASE_URL.startswith("https://")
TRUSTED_PROXIES = env.integer("TRUSTED_PROXIES", 0)  # how many of our own add a line to X-Forwarded-For
SENDINGS_AN_HOUR = env.integer("SENDINGS_AN_HOUR", 600)  # from one address to one prefecture; above, come back later
# Signs receipts and the log; elsewhere than in the demo it has a life of its own, longer than the other secrets'.
demo_seed = b64encode(sha256(f"receipts:{SECRET_KEY}".encode()).digest()).decode()
RECEIPT_SIGNING_KEY = env.seed("RECEIPT_SIGNING_KEY", demo(demo_seed))
PORTAL_NAME = "Concertations départementales"
# Who runs it, for the legal notice; what is missing is said there, never invented
PUBLISHER = env.text("PUBLISHER", "")
PUBLICATION_DIRECTOR = env.text("PUBLICATION_DIRECTOR", "")
HOST_OF_SITE = env.text("HOST_OF_SITE", "")
ACCESSIBILITY_EMAIL = env.text("ACCESSIBILITY_EMAIL", "")

# Servers
DATABASES = {
    # What requests and jobs use: owns nothing, bound by row-level security.
    "default": env.database("DATABASE_URL", servers.app_url if servers else None),
}
if owner := env.database("DATABASE_OWNER_URL", servers.owner_url if needs_servers and servers else ""):
    # What `migrate` and the tests' set-up use; absent from web and job nodes.
    DATABASES["owner"] = owner
DATABASES["progress"] = dict(DATABASES["default"], OPTIONS=dict(DATABASES["default"].get("OPTIONS", {})))
for database in DATABASES.values():
    if database:
        database.update(ENGINE="assises.postgres", CONN_MAX_AGE=600, CONN_HEALTH_CHECKS=True, ATOMIC_REQUESTS=False)
        database["OPTIONS"].setdefault("connect_timeout", "5")
PROGRESS_DATABASE = "default" if TESTING else "progress"  # beside the transaction of the job that reports it
BROKER_URL = env.text("REDIS_URL", servers.redis_url if servers else None)
CACHES = {
    # Counters and limits, in PostgreSQL: the portal works the same when the broker is down.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "assises_cache",
        "KEY_FUNCTION": "assises.counters.sealed_key",  # they are made of network and mail addresses
    },
}
MAIL_SERVER = env.mail("EMAIL_URL", "" if DEMO else None)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", demo("portail@assises.invalid"))
METRICS_TOKEN = env.text("METRICS_TOKEN", demo("demo"))

# What it is made of
INSTALLED_APPS = [
    "assises.tenancy",  # first: its `migrate` runs as the owner
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "pgtrigger",
    "pghistory",
    "assises.embedded",
    "assises.look",
    "assises.jobs",
    "assises.outbox",
    "assises.accounts",
    "consultations",
    "contributions",
    "syntheses",
]
if TESTING:
    INSTALLED_APPS.append("assises.tests.sample")
MIDDLEWARE = [
    "assises.logs.AccessLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "assises.headers.HeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "assises.tenancy.middleware.TransactionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "assises.own_origin.OwnOriginMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "assises.accounts.history.HistoryMiddleware",
    "assises.accounts.known_browser.KnownBrowserMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "assises.accounts.gate.GateMiddleware",
]
PATHS_WITHOUT_DATABASE = ("/sante/", "/static/")  # answer without a transaction, even when the database is down
ROOT_URLCONF = "assises.urls"
WSGI_APPLICATION = "assises.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "assises.context.page",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["assises"]
CRISPY_TEMPLATE_PACK = "assises"

# Language and time
LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

# Static files
STATIC_URL = "/static/"
STATIC_ROOT = None if DEMO else Path(env.text("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
FONTS = Path(find_spec("font_caladea").origin).parent / "files"
STATICFILES_DIRS = [BASE_DIR / "static", ("fonts", FONTS)]
WHITENOISE_USE_FINDERS = DEMO
if not DEMO:
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home_of_person"
SECOND_FACTOR_REQUIRED = not DEMO
INVITATION_LASTS = timedelta(days=14)
ACCOUNT_ADAPTER = "assises.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # invitations prove the mailbox
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if OVER_HTTPS else "http"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or second factor is told to its owner
ACCOUNT_RATE_LIMITS = {"login": None, "reset_password": "20/m/ip,5/10m/key"}  # attempts: assises/accounts/attempts.py
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # the code before and the one after: people type slowly and telephones drift
MFA_TOTP_ISSUER = PORTAL_NAME
MFA_ADAPTER = "assises.accounts.adapter.SecondFactorAdapter"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO

# History of what staff change: the context is kept with each row, so that it stays with its tenant
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_CONTEXT_ID_FIELD = pghistory.ContextUUIDField()

# Cookies and sessions
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = OVER_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if OVER_HTTPS:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "assises.accounts.views.public.form_expired"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Headers
SECURE_SSL_REDIRECT = OVER_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^sante/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if OVER_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = OVER_HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"  # addresses may hold receipt codes
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # the QR code of the second factor
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# Logs: one line of JSON an event in production, never a receipt code
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "assises.logs.PlainFormatter" if DEMO else "assises.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING" if TESTING else "INFO")},
    "loggers": {
        "django.server": {"handlers": ["console"], "propagate": False},
        "django.request": {"level": "ERROR"},
        "pgtrigger": {"level": "WARNING"},
    },
}

# Jobs
CELERY_PROGRESS_DATABASE = "default" if TESTING else "progress"  # beside the transaction of the job that reports it
BROKER_URL = celery_broker(BROKER_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "visibility_timeout": 3600,  # above the longest job
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}
CELERY_TASK_PUBLISH_RETRY = False  # a nudge that fails is made good by the sweep
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {"sweep": {"task": "assises.jobs.tasks.sweep", "schedule": 60.0}}

env.finish()
