"""What travels compressed."""

import gzip

import pytest

pytestmark = pytest.mark.django_db
ASKS = {"HTTP_ACCEPT_ENCODING": "gzip, br"}


@pytest.mark.parametrize("address", ["/join/", "/accounts/login/", "/preferences/"])
def test_a_page_with_a_form_travels_compressed(client, home, address):
    plain = client.get(address)
    answer = client.get(address, **ASKS)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert b"<main" in gzip.decompress(answer.content)
    assert len(answer.content) < len(plain.content) / 2


def test_who_cannot_unpack_gets_it_plain(client, home):
    assert "Content-Encoding" not in client.get("/join/").headers


def test_a_page_of_the_cache_is_compressed_once(client, home, settings):
    settings.PAGE_CACHE_SECONDS = 60
    for _ in range(2):
        answer = client.get("/", **ASKS)
        assert b"<main" in gzip.decompress(answer.content)
