"""Links in mails show; forms that are sent act. They end, and they tell nobody where they lead."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from mail import contacts, links, subscriptions
from mail.models import Contact
from members.actions import invitations
from members.actions.joining import Joining, _packed
from members.models import Member
from tests.factories.members import make_member

DAY = datetime.timedelta(days=1)
AGENT = {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; SafeLinks scanner)"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def paths(home) -> dict[str, str]:
    """Return the address of each kind of link, by its purpose."""
    now = timezone.now()
    newcomer = contacts.contact_for("new@example.org", now=now)
    joining = Joining(name="New Person", email="new@example.org", language="en")
    amina = make_member("amina@example.org", "Amina Mfano").contact
    wishes = {("region", "africa"): "weekly"}
    subscriptions.set_wishes(amina, wishes, source="test", now=now)
    listed = make_member("listed@example.org", "Listed Person").contact
    return {
        links.CONFIRM: f"/join/confirm/{links.make(links.CONFIRM, newcomer, **_packed(joining))}/",
        links.PREFERENCES: f"/preferences/{links.make(links.PREFERENCES, amina)}/",
        links.UNSUBSCRIBE: f"/unsubscribe/{links.make(links.UNSUBSCRIBE, amina)}/",
        links.INVITATION: f"/join/invited/{links.make(links.INVITATION, listed)}/",
    }


def everything() -> list:
    return [
        *Contact.objects.order_by("pk").values_list("state", "token_version"),
        *Member.objects.order_by("pk").values_list("state"),
        *subscriptions.Subscription.objects.values_list("cadence", "changed_at"),
        *(invitations.is_unconfirmed(member) for member in Member.objects.order_by("pk")),
    ]


def test_r19_opening_a_link_shows_and_changes_nothing(client, paths):
    before = everything()
    for path in paths.values():
        for ask in (client.get, client.head):
            assert ask(path, **AGENT).status_code == 200
    assert everything() == before
    assert "_auth_user_id" not in client.session


def test_r19_no_page_behind_a_link_is_found_or_passed_on(client, paths):
    for path in paths.values():
        answer = client.get(path)
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("purpose", "days"),
    [
        (links.CONFIRM, 2),
        (links.PREFERENCES, 365),
        (links.UNSUBSCRIBE, 365),
        (links.INVITATION, 90),
    ],
)
def test_r19_each_link_has_its_age(client, paths, purpose, days):
    now = timezone.now()
    with time_machine.travel(now + days * DAY - DAY / 24, tick=False):
        assert client.get(paths[purpose]).status_code == 200
    with time_machine.travel(now + days * DAY + DAY / 24, tick=False):
        for ask in (client.get, client.post):
            assert ask(paths[purpose]).status_code == 410


def test_r19_no_link_opens_the_page_of_another(client, paths):
    for purpose, path in paths.items():
        token = path.rstrip("/").rpartition("/")[2]
        for other, place in paths.items():
            if other != purpose:
                foreign = place.replace(place.rstrip("/").rpartition("/")[2], token)
                assert client.post(foreign).status_code == 410


def test_r19_a_changed_sign_breaks_every_link(client, paths):
    for path in paths.values():
        changed = f"{path[:-4]}{'A' if path[-4] != 'A' else 'B'}{path[-3:]}"
        assert client.post(changed).status_code == 410


def test_r19_links_that_were_taken_back_open_nothing(client, paths):
    for contact in Contact.objects.all():
        contacts.revoke_links(contact)
    for path in paths.values():
        assert client.post(path).status_code == 410
