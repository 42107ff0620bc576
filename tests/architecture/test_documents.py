"""Documents that drift are defects: what can be checked is checked here."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
OUR_APPS = {path.parent.parent.parent.name for path in ROOT.glob("*/management/commands/*.py")}
DOCUMENTS = "\n".join(
    path.read_text() for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
)


def environment_variables() -> set[str]:
    folder = ROOT / "site" / "decentralization" / "settings"
    sources = [path.read_text() for path in folder.glob("*.py")]
    pattern = re.compile(r"(?:env\.\w+|required)\(\s*\"([A-Z_]+)\"")
    return {name for source in sources for name in pattern.findall(source)}


@pytest.mark.parametrize("name", sorted(environment_variables()))
def test_every_environment_variable_is_documented(name):
    assert f"`{name}`" in DOCUMENTS


@pytest.mark.parametrize(
    "command", sorted(name for name, app in get_commands().items() if app in OUR_APPS)
)
def test_every_command_is_documented(command):
    assert f"manage.py {command}" in DOCUMENTS


@pytest.mark.parametrize(
    "target", re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
)
def test_every_make_target_is_documented(target):
    assert f"make {target}" in DOCUMENTS


def test_every_app_stands_in_the_tour():
    tour = (ROOT / "docs" / "tour.md").read_text()
    apps = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert {app for app in apps if f"`{app}/`" not in tour} == set()


def test_links_between_documents_lead_somewhere():
    missing = []
    for document in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", document.read_text()):
            if not (document.parent / target).exists():
                missing.append(f"{document.relative_to(ROOT)}: {target}")
    assert missing == []


def test_decisions_are_numbered_without_gaps():
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("0*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
