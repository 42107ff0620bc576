"""Templates: every one compiles, every one is used, and none needs an inline script or style."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from wagtail.models import get_page_models

from pages.models import SitePage

ROOT = Path(settings.BASE_DIR)
FOLDER = ROOT / "templates"
FILES = [path for path in FOLDER.rglob("*.*") if path.suffix != ".toml"]
NAMES = sorted(str(path.relative_to(FOLDER)) for path in FILES)
FOUND_BY_NAME = (
    *("404.html", "410.html", "429.html", "500.html"),
    *("account/", "allauth/", "mail/", "mfa/", "wagtailadmin/", "wagtailusers/"),
)


def sources() -> str:
    python = [
        path.read_text()
        for folder in ROOT.iterdir()
        if (folder / "__init__.py").exists() or folder.name == "site"
        for path in folder.rglob("*.py")
    ]
    return "\n".join([*python, *(path.read_text() for path in FILES)])


@pytest.mark.parametrize("name", NAMES)
def test_every_template_compiles(name):
    get_template(name)


def page_templates() -> set[str]:
    return {model.template for model in get_page_models() if issubclass(model, SitePage)}


def test_every_template_is_used():
    everything, by_type = sources(), page_templates()
    unused = [
        name
        for name in NAMES
        if name not in by_type
        and not name.startswith(FOUND_BY_NAME)
        and name not in everything
        and not name.startswith(("components/", "styleguide/"))
    ]
    assert unused == []


def test_templates_carry_no_inline_code():
    pattern = re.compile(r"<[^>]+\s(?:on\w+|style)=|<script>|<style>|javascript:", re.IGNORECASE)
    elsewhere = ("wagtailadmin/", "mail/", "account/email", "500")
    public = [name for name in NAMES if not name.startswith(elsewhere)]
    assert [name for name in public if pattern.search((FOLDER / name).read_text())] == []
