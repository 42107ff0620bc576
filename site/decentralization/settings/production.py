"""What a real deployment runs: nothing optional is left to chance."""

from .base import *
from .env import required

for name in (
    "ALLOWED_HOSTS",
    "CACHE_URL",
    "DATABASE_URL",
    "DEFAULT_FROM_EMAIL",
    "EMAIL_URL",
    "SITE_ADDRESS",
):
    required(name)
