"""Editors see whom they are about to tell, and may choose not to."""

import datetime

import pytest

from members.updates.audience import in_words
from members.updates.items import collect
from tests.factories.content import make_post
from tests.members.updates import AFRICA, FINANCE, NOW, follow, published, start

HOUR = datetime.timedelta(hours=1)
pytestmark = pytest.mark.django_db


def test_a_draft_says_how_many_people_hear_of_it_and_how_soon(home):
    follow({FINANCE: "instant"}, name="amina")
    follow({FINANCE: "weekly", AFRICA: "weekly"}, name="baraka")
    draft = make_post("Draft", live=False, themes=["subnational-finance"], regions=["africa"])
    assert in_words(draft) == (
        "By its group and tags, 2 people follow it: 1 at once, 0 daily, 1 weekly."
    )
    assert in_words(make_post("Other", live=False, regions=["asia"])) == (
        "Nobody follows its group and tags yet."
    )


def test_what_was_published_says_what_became_of_it(home):
    start()
    old = published("Old", NOW - 300 * 24 * HOUR)
    told = published("Told", NOW - HOUR)
    silent = published("Silent", NOW - HOUR, tells_followers=False)
    collect(NOW)
    assert in_words(old) == "It was published before; nobody will be told."
    assert in_words(told) == "Its followers are being told."
    assert in_words(silent) == "Nobody was told."


def test_the_choice_stands_with_the_number_where_one_publishes(home, admin_client):
    follow({FINANCE: "daily"})
    draft = make_post("Draft", live=False, themes=["subnational-finance"])
    form = admin_client.get(f"/admin/pages/{draft.pk}/edit/").content.decode()
    assert 'name="tells_followers"' in form
    assert "1 person follows it" in form
    about = admin_client.get(f"/admin/pages/{home.pk}/edit/").content.decode()
    assert 'name="tells_followers"' not in about
