"""The house as docs/tour.md and pyproject.toml describe it."""

import importlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PACKAGES = PYPROJECT["tool"]["importlinter"]["root_packages"]
LONGEST_MODULE = 400


def own_modules() -> list[Path]:
    folders = [ROOT / name for name in PACKAGES if (ROOT / name).exists()]
    folders.append(ROOT / "site" / "decentralization")
    modules = [path for folder in folders for path in folder.rglob("*.py")]
    return [path for path in modules if "migrations" not in path.parts]


def test_imports_only_look_down():
    result = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        env={"PYTHONPATH": ".:site", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout


def test_site_is_a_plain_folder():
    assert not (ROOT / "site" / "__init__.py").exists()


def test_every_top_level_package_has_its_layer():
    found = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert found | {"decentralization"} == set(PACKAGES)


def test_every_app_is_installed():
    installed = {config.name for config in apps.get_app_configs()}
    assert set(PACKAGES) - {"decentralization"} <= installed


@pytest.mark.parametrize("name", PACKAGES)
def test_our_modules_come_from_the_repository(name):
    module = importlib.import_module(name)
    assert Path(module.__file__).is_relative_to(ROOT)


def test_nothing_is_called_by_a_name_that_means_nothing():
    empty_names = {"core", "common", "utils", "base", "helpers"}
    named_so = {
        path.relative_to(ROOT)
        for path in own_modules()
        if path.stem in empty_names and path.parent.name != "settings"
    }
    assert not named_so


def test_no_module_is_too_long_to_read():
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in own_modules()
    }
    assert {path: length for path, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_receivers_listen_only_to_django_and_wagtail():
    connecting = [
        path.relative_to(ROOT)
        for path in own_modules()
        if re.search(r"(?<!receivers)\.connect\(|@receiver", path.read_text())
    ]
    assert {path.name for path in connecting} <= {"receivers.py"}, connecting
