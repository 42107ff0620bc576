"""Development and the demo: SQLite, mails in files, no HTTPS, sample content allowed."""

from .env import BASE_DIR, default

default("SECRET_KEY", "not-a-secret-development-only-0123456789abcdefghijklmnopqrstuvwxyz")
default("DATABASE_URL", f"sqlite:///{BASE_DIR / 'var' / 'db.sqlite3'}")
default("MEDIA_ROOT", str(BASE_DIR / "var" / "media"))
default("DEMO", "true")
default("ALLOWED_HOSTS", "*")
default("MAIL_TRANSPORT", "django.core.mail.backends.filebased.EmailBackend")
default("EVENT_CHANGE_SETTLE_MINUTES", "1")
default("SECOND_FACTOR_REQUIRED", "false")
default("TRUSTED_PROXY_COUNT", "0")

from .base import *  # noqa: E402

(BASE_DIR / "var").mkdir(exist_ok=True)

DEBUG = True
CSRF_TRUSTED_ORIGINS = []
EMAIL_FILE_PATH = BASE_DIR / "var" / "mail"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Loading the demo writes thousands of index entries; what goes wrong is still shown.
LOGGING["loggers"] |= {name: {"level": "WARNING"} for name in ("django_tasks", "wagtail")}
