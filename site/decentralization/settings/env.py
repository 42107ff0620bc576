"""Every environment variable the site reads, typed, in one place.

Production has no default for what it cannot do without: a missing variable stops the process
with the variable's name. Development and tests set the few defaults they need before importing
``base``.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

BASE_DIR = Path(__file__).resolve().parents[3]

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)


def required(name: str) -> str:
    """Return the variable, or refuse to start and name what is missing."""
    try:
        value = env.str(name)
    except EnvError:
        value = ""
    if not value:
        raise ImproperlyConfigured(
            f"The environment variable {name} is not set. docs/operations.md lists them all."
        )
    return value


def default(name: str, value: str) -> None:
    """Give a variable a value for this process unless the environment already has one."""
    os.environ.setdefault(name, value)
