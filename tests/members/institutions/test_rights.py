"""Who may do what for an institution: every role, every verb, other ids."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from members.institutions import applying, working_there
from members.institutions.applying import Answer
from members.models import Affiliation
from tests.factories.institutions import apply_for, make_institution, make_staff
from tests.factories.members import make_member
from tests.members.tables import state_of

NOW = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
YES = Answer(accepted=True, reason="Welcome.")
State = Affiliation.State

pytestmark = pytest.mark.django_db


WHO = ("own", "stranger", "speaker", "ended", "of another", "secretary", "co-chair", "superuser")


@pytest.fixture
def somebody(lake, speaker, amina, secretary, chair, django_user_model):
    """Return a function that gives the account of everybody in the matrix of rights."""
    ended = make_member("ended@example.org", "Ended Sample")
    working_there.end(working_there.appoint(ended, lake, NOW), speaker.user, NOW)
    other = make_member("hill@example.org", "Hill Sample")
    working_there.appoint(other, make_institution("Hill Institute"), NOW)
    return {
        "own": amina.user,
        "stranger": make_member("other@example.org", "Other Sample").user,
        "speaker": speaker.user,
        "ended": ended.user,
        "of another": other.user,
        "secretary": secretary,
        "co-chair": chair,
        "superuser": django_user_model.objects.create_superuser("root@example.org"),
    }.get


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(
    ("verb", "allowed"),
    [
        ("confirm", {"speaker", "secretary", "superuser"}),
        ("decline", {"speaker", "secretary", "superuser"}),
        ("end", {"own", "speaker", "secretary", "superuser"}),
        ("promote", {"speaker", "secretary", "superuser"}),
        ("hand-over", {"speaker"}),
    ],
)
def test_r24_who_may_decide_about_people(lake, amina, somebody, who, verb, allowed):
    asked = verb in {"confirm", "decline"}
    term = working_there.ask(amina, lake, NOW) if asked else make_staff(amina, lake)
    before = (state_of(term), term.title)
    act = working_there.VERBS[verb]
    if who in allowed:
        assert act(term, somebody(who), NOW)
    else:
        with pytest.raises(PermissionDenied):
            act(term, somebody(who), NOW)
        assert (state_of(term), term.title) == before


@pytest.mark.parametrize("who", WHO)
def test_r24_only_the_secretariat_answers_applications(amina, somebody, who):
    application = apply_for(amina)
    if who in {"secretary", "superuser"}:
        assert applying.decide(application, YES, by=somebody(who), now=NOW)
    else:
        with pytest.raises(PermissionDenied):
            applying.decide(application, YES, by=somebody(who), now=NOW)
        assert state_of(application) == "new"


@pytest.mark.parametrize("who", WHO)
def test_r24_pages_of_others_do_not_open(client, lake, amina, somebody, who):
    application, term = apply_for(amina), make_staff(amina, lake)
    client.force_login(somebody(who))
    manages = who in {"speaker", "secretary", "superuser"}
    assert client.get(f"/institutions/{lake.slug}/people/").status_code == (200 if manages else 403)
    page = client.get(f"/institutions/{lake.slug}/page/").status_code
    # Whoever is no member is led to joining; being one alone opens nothing.
    assert page == {"speaker": 200, "secretary": 302, "co-chair": 302, "superuser": 302}.get(
        who, 403
    )
    if who != "own":
        withdrawn = client.post(f"/institutions/applications/{application.pk}/withdraw/")
        assert withdrawn.status_code in {302, 404}
        assert state_of(application) == "new"
    if not manages and who != "own":
        assert client.post(f"/institutions/affiliations/{term.pk}/end/").status_code == 403
        assert state_of(term) == State.CONFIRMED
