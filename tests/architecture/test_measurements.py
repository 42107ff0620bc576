"""Measurements run for long and seldom: what they import late must not be gone by then."""

import ast
import importlib
from pathlib import Path

import pytest
from django.conf import settings

MODULES = sorted((Path(settings.BASE_DIR) / "benchmarks").rglob("*.py"))


def late_imports(module: Path) -> set[tuple[str, str]]:
    """Return each name that a module takes from elsewhere, with where it takes it from."""
    statements = ast.walk(ast.parse(module.read_text()))
    absolute = (node for node in statements if isinstance(node, ast.ImportFrom) and not node.level)
    return {(node.module, alias.name) for node in absolute for alias in node.names}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(path.parents[1])))
def test_measurements_find_what_they_import(module):
    for source, name in late_imports(module):
        if not hasattr(importlib.import_module(source), name):
            importlib.import_module(f"{source}.{name}")
