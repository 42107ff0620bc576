"""The settings of the site that the browser visits: the demo, served as in production."""

from pathlib import Path

from decentralization.settings.dev import *  # noqa: F403
from decentralization.settings.env import env

FOLDER = Path(env.str("DEMO_SITE_FOLDER"))

DEBUG = False  # so that the designed 404 page answers
ROOT_URLCONF = "tests.browser.urls"
STATIC_ROOT = FOLDER / "static"
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
}
EMAIL_FILE_PATH = FOLDER / "mail"
