"""A member’s own pages, and being forgotten."""

import datetime
import io
import json
import zipfile

import pytest
from django.utils import timezone

from mail import contacts, subscriptions
from mail.models import Cadence
from members.actions import privacy
from members.models import DataRequest, Member
from tests.factories.groups import make_group
from tests.factories.members import make_member
from tests.members.tables import tables_that_know

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(home, client) -> Member:
    member = make_member("amina@example.org", "Amina Mfano")
    client.force_login(member.user)
    return member


@pytest.mark.parametrize(
    "path", ["/my/", "/my/profile/", "/my/groups/", "/my/topics/", "/my/data/"]
)
def test_members_see_their_own_pages_and_strangers_log_in_first(client, amina, path):
    assert client.get(path).status_code == 200
    client.logout()
    assert client.get(path).headers["Location"].startswith("/accounts/login/")


def test_an_account_that_is_no_member_is_led_to_joining(client, home, django_user_model):
    client.force_login(django_user_model.objects.create_user("other@example.org"))
    assert client.get("/my/").headers["Location"] == "/join/"


def test_the_profile_says_who_sees_which_part(client, amina):
    filled = {"name": "Amina M.", "about": "Budgets.", "level": "members", "about_level": "groups"}
    client.post("/my/profile/", filled)
    amina.refresh_from_db()
    assert (amina.level, amina.field_levels) == ("members", {"about": "groups"})
    assert amina.user.name == amina.contact.name == "Amina M."


def test_groups_are_joined_and_left(client, amina):
    asia, africa = make_group("Asia"), make_group("Africa")
    client.post("/my/groups/", {"groups": ["asia", "africa"]})
    client.post("/my/groups/", {"groups": ["africa"]})
    client.post("/my/groups/", {"groups": ["africa"]})
    assert [place.group_id for place in amina.memberships.all()] == [africa.pk]
    assert asia.memberships.count() == 0


def test_topics_are_chosen_without_a_link(client, amina):
    client.post("/my/topics/", {"region:africa": "daily"})
    assert list(subscriptions.wishes(amina.contact).values()) == [Cadence.DAILY]


def test_the_export_holds_everything_by_name(client, amina):
    client.post("/my/topics/", {"region:africa": "daily"})
    answer = client.post("/my/data/export/")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        facts = json.loads(archive.read("data.json"))
    assert facts["account"]["email"] == "amina@example.org"
    assert facts["membership"]["name"] == "Amina Mfano"
    assert facts["follows"][0]["topic__slug"] == "africa"
    assert "password" not in facts["account"]
    assert DataRequest.objects.get().kind == "export"


def test_the_export_is_no_link_that_a_scanner_could_follow(client, amina):
    assert client.get("/my/data/export/").status_code == 405


def test_who_leaves_can_come_back_for_a_fortnight(client, amina):
    client.post("/my/data/leave/")
    assert client.get("/my/").status_code == 302
    client.force_login(amina.user)
    client.post("/my/data/stay/")
    assert privacy.erase_due(timezone.now() + datetime.timedelta(days=20)) == 0
    amina.refresh_from_db()
    assert amina.state == Member.State.ACTIVE


def test_asking_twice_does_not_begin_the_fortnight_anew(amina):
    first = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
    privacy.ask_to_be_erased(amina, first)
    privacy.ask_to_be_erased(amina, first + datetime.timedelta(days=10))
    amina.refresh_from_db()
    assert amina.leaves_at == first + datetime.timedelta(days=14)


def test_r25_after_the_fortnight_no_table_knows_the_address_or_the_name(client, amina):
    make_group("Africa")
    client.post("/my/groups/", {"groups": ["africa"]})
    client.post("/my/topics/", {"region:africa": "daily"})
    client.post("/my/profile/", {"name": "Amina Mfano", "level": "public", "about": "Budgets."})
    client.post("/preferences/", {"email": "amina@example.org"})
    client.post("/my/data/export/")
    client.post("/my/data/leave/")
    assert tables_that_know("amina@example.org", "Amina Mfano")
    assert privacy.erase_due(timezone.now() + datetime.timedelta(days=15)) == 1
    assert tables_that_know("amina@example.org", "Amina Mfano") == []
    assert contacts.is_suppressed("amina@example.org")
