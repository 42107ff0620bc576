"""Tests: everything in memory, real database, no page cache unless a test turns it on."""

import tempfile

from .env import default, env

default("SECRET_KEY", "only-for-tests-0123456789abcdefghijklmnopqrstuvwxyz-0123456789")
default("DATABASE_URL", "sqlite://:memory:")
default("MEDIA_ROOT", tempfile.mkdtemp(prefix="media-for-tests-"))
default("DEMO", "true")
default("ALLOWED_HOSTS", "*")
default("MAIL_TRANSPORT", "django.core.mail.backends.locmem.EmailBackend")
default("CACHE_URL", "locmem://")
default("SECOND_FACTOR_REQUIRED", "false")
default("TRUSTED_PROXY_COUNT", "0")

from .base import *  # noqa: E402

# A file, as in production: a database in memory knows no two connections that wait for each other.
# `pytest --reuse-db` keeps it for the next run.
if "sqlite" in DATABASES["default"]["ENGINE"]:
    (BASE_DIR / "var").mkdir(exist_ok=True)
    kept = env.str("TEST_DATABASE", default=str(BASE_DIR / "var" / "test.sqlite3"))
    DATABASES["default"]["TEST"] = {"NAME": kept}

DEBUG = False
CSRF_TRUSTED_ORIGINS = []
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PAGE_CACHE_SECONDS = 0
WHITENOISE_AUTOREFRESH = True
ELASTICSEARCH_URL = ""  # in the environment it names the server of those tests that ask for one
LOGGING["root"]["level"] = "WARNING"
