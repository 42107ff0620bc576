"""Members take along everything that is kept about them, and no table is forgotten."""

import io
import json
import uuid
import zipfile
from collections.abc import Iterator

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.db.models import ForeignKey, Model
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from accounts.models import User
from events.models import FormVersion, Registration
from mail import subscriptions
from mail.models import Contact
from members.actions import messages, photos
from members.models import Member
from members.own_data import kept
from members.own_data.collecting import collected
from people.models import Person
from tests.factories.content import make_person
from tests.factories.events import make_event
from tests.factories.groups import appoint, make_group
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
SOMEBODY = (User, Member, Contact, Registration, Person)


@pytest.fixture
def amina(home) -> Member:
    return make_member("amina@example.org", "Amina Mfano", level="members")


def places_that_point_at(model: type[Model]) -> Iterator[str]:
    """Yield each foreign key to a model in the whole site, as “app.model.field”."""
    for relation in model._meta.get_fields(include_hidden=True):
        is_ours = not relation.auto_created or relation.concrete
        if not is_ours and isinstance(relation.field, ForeignKey):
            yield f"{relation.related_model._meta.label_lower}.{relation.field.name}"


def test_every_place_that_points_at_a_person_is_exported_or_left_out_for_a_reason():
    there = {place for model in SOMEBODY for place in places_that_point_at(model)}
    named = kept.EXPORTED.keys() | kept.LEFT_OUT.keys()
    assert there - named == set(), "say in members/own_data/kept.py where these stand"
    assert named - there == set(), "these are gone"
    assert not kept.EXPORTED.keys() & kept.LEFT_OUT.keys()
    assert all(reason.endswith(".") for reason in kept.LEFT_OUT.values())


def test_every_heading_that_is_promised_is_in_the_export(amina):
    assert set(kept.EXPORTED.values()) <= collected(amina).keys()


def taken_along(client, member: Member) -> zipfile.ZipFile:
    client.force_login(member.user)
    return zipfile.ZipFile(io.BytesIO(client.post("/my/data/export/").content))


def test_the_zip_holds_the_photo_and_says_what_is_inside(client, amina):
    picture = io.BytesIO()
    Image.new("RGB", (400, 400), "teal").save(picture, "JPEG")
    photos.replace(amina, picture.getvalue())
    archive = taken_along(client, amina)
    assert set(archive.namelist()) == {"data.json", "photo.jpg", "README.txt"}
    assert Image.open(io.BytesIO(archive.read("photo.jpg"))).size == (400, 400)
    assert "photo.jpg: a picture of you." in archive.read("README.txt").decode()


def test_a_photo_whose_file_is_lost_does_not_keep_anybody_from_the_rest(client, amina):
    picture = io.BytesIO()
    Image.new("RGB", (400, 400), "teal").save(picture, "JPEG")
    photos.replace(amina, picture.getvalue())
    amina.photo.file.storage.delete(amina.photo.file.name)
    assert set(taken_along(client, amina).namelist()) == {"data.json", "README.txt"}


def test_messages_to_others_are_in_it_without_their_addresses(client, amina):
    kofi = make_member("kofi@example.org", "Kofi Mfano", level="members")
    messages.write(amina, kofi, "Shall we talk about budgets?", uuid.uuid4())
    facts = taken_along(client, amina).read("data.json").decode()
    (message,) = json.loads(facts)["messages_sent"]
    assert message["to"] == "Kofi Mfano"
    assert "Shall we talk about budgets?" in message["text"]
    assert "kofi@example.org" not in facts


def test_registrations_are_in_it_with_the_answers_in_words(client, amina):
    event = make_event("Budgets", timezone.now())
    asked = [{"id": "q1", "label": "What do you eat?"}]
    form = FormVersion.objects.create(
        event=event, number=1, questions=asked, made_at=timezone.now()
    )
    registration = Registration.objects.create(
        event=event,
        contact=amina.contact,
        user=amina.user,
        name=amina.name,
        state="confirmed",
        registered_at=timezone.now(),
        form_version=form,
        answers={"q1": "Plants"},
    )
    registration.log.create(before="", after="confirmed", at=timezone.now())
    (found,) = json.loads(taken_along(client, amina).read("data.json"))["registrations"]
    assert (found["event"], found["state"]) == ("Budgets", "confirmed")
    assert found["answers"] == {"What do you eat?": "Plants"}
    assert found["history"][0]["after"] == "confirmed"


def test_offices_and_consents_and_wishes_are_in_it(client, amina):
    person = make_person("Amina Mfano", user=amina.user)
    appoint(person, make_group("Africa"))
    decision = subscriptions.Decision("membership", True, "2026-11", "join")
    subscriptions.record_consent(amina.contact, decision, timezone.now())
    wishes = {("general", "news"): "daily"}
    subscriptions.set_wishes(amina.contact, wishes, source="test", now=timezone.now())
    facts = json.loads(taken_along(client, amina).read("data.json"))
    assert facts["on_the_site"]["roles"][0]["group__title"] == "Africa"
    assert facts["consents"][0]["purpose"] == "membership"
    assert facts["follows"][0]["cadence"] == "daily"
    assert facts["addresses"] == [{"email": "amina@example.org", "verified": True, "primary": True}]


def test_nothing_that_opens_something_is_in_it(client, amina):
    facts = collected(amina)
    assert "password" not in facts["account"]
    assert "token_version" not in facts["contact"]
    assert amina.user.password not in json.dumps(facts, default=str)


def test_more_rows_of_a_kind_need_no_more_queries(client, amina):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            collected(Member.objects.get(pk=amina.pk))
        return len(found)

    def write(number: int) -> None:
        other = make_member(f"m{number}@example.org", f"Member {number}", level="members")
        messages.write(amina, other, "Hello", uuid.uuid4())

    write(0)
    few = queries()
    for number in range(1, 5):
        write(number)
    assert queries() == few


def test_the_picture_in_the_admin_is_in_it(client, amina):
    profile = amina.user.wagtail_userprofile
    profile.avatar.save("me.png", ContentFile(b"a picture"))
    assert taken_along(client, amina).read("picture-in-admin.png") == b"a picture"
