"""No page tells whether an address is known here: the answers are the same, byte by byte."""

import re

import pytest
from django.http import HttpResponse

from tests.factories.members import make_member

KNOWN, UNKNOWN = "amina@example.org", "nobody@example.org"
DOORS = {
    "joining": ("/join/", "email"),
    "joining for an institution": ("/join/institution/", "email"),
    "the link to preferences": ("/preferences/", "email"),
    "a new password": ("/accounts/password/reset/", "email"),
    "a code by mail": ("/accounts/login/code/", "email"),
    "a wrong password": ("/accounts/login/", "login"),
}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def amina(home):
    return make_member(KNOWN, "Amina Mfano")


def same(answer: HttpResponse, address: str) -> str:
    """Return an answer without what differs by request: the token of the form, what was typed."""
    text = re.sub(r'name="(csrfmiddlewaretoken|opened)" value="[^"]*"', "", answer.content.decode())
    return text.replace(address, "ADDRESS")


@pytest.mark.parametrize("door", DOORS)
def test_r20_known_and_unknown_addresses_get_the_same_answer(client, filled_in, door):
    path, field = DOORS[door]
    answers = []
    for address in (KNOWN, UNKNOWN):
        client.cookies.clear()
        filled = filled_in | {field: address, "password": "wrong-password-1"}
        answer = client.post(path, filled, follow=True)
        answers.append((answer.status_code, answer.redirect_chain, same(answer, address)))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("door", ["joining", "the link to preferences", "a new password"])
def test_r20_the_second_page_does_not_repeat_the_address(client, filled_in, door):
    path, field = DOORS[door]
    answer = client.post(path, filled_in | {field: KNOWN}, follow=True)
    assert answer.redirect_chain
    assert KNOWN not in answer.content.decode()
