"""Every rule of docs/rules.md has its tests, and every test of a rule has its rule."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ROWS = re.findall(r"^\| R(\d+) \|.*\| ([^|]+) \|$", (ROOT / "docs/rules.md").read_text(), re.M)
RULES = {int(number): re.findall(r"`([^`]+)`", tests) for number, tests in ROWS}
TEST = re.compile(r"^(?:async )?def test_r0?(\d+)_", re.M)


def rules_tested_in(path: Path) -> set[int]:
    return {int(number) for number in TEST.findall(path.read_text())}


def test_the_rules_are_numbered_without_gaps():
    assert sorted(RULES) == list(range(1, 27))
    assert len(ROWS) == len(RULES)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_has_tests_where_the_document_says(rule):
    assert RULES[rule]
    missing = [
        name
        for name in RULES[rule]
        if not (ROOT / name).exists() or rule not in rules_tested_in(ROOT / name)
    ]
    assert missing == []


def test_every_test_of_a_rule_names_a_rule_that_there_is():
    named = {rule for path in (ROOT / "tests").rglob("test_*.py") for rule in rules_tested_in(path)}
    assert named <= set(RULES)
