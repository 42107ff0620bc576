"""On bad days the browser does a sum before a form counts."""

import re

import pytest
from playwright.sync_api import expect

from accounts.proof_of_work import is_done

pytestmark = pytest.mark.browser

BITS = 10


def test_the_browser_finds_the_number_that_a_form_asks_for(visitor):
    page = visitor()
    page.goto("/join/")
    work = page.locator("main input[name=work]")
    work.evaluate("(field, bits) => { field.dataset.workBits = bits; }", BITS)
    page.add_script_tag(url="/static/js/work.js")
    page.get_by_label("Full name").focus()
    expect(work).to_have_value(re.compile("[0-9]+"))
    stamp = page.locator("main input[name=opened]").input_value()
    assert is_done(stamp, work.input_value(), BITS)
