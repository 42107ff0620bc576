"""The demo is complete, consistent, marked as sample content, and loaded once."""

import hashlib
import io
import re

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import EmailField, URLField
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader
from wagtail.models import Page

from accounts.models import User
from blog.models import BlogPage
from demo.accounts import LOGINS, PASSWORD
from demo.builders.events import STATUSES
from demo.loader import SAMPLE_NOTICE, outline, says_so_itself
from demo.reader import read_folder
from events.models import EventPage
from files.models import SiteDocument, SiteImage
from home.models import HomePage
from knowledge.models import ResourcePage
from members.models import Member
from pages.models import SitePage, StandardPage
from people.models import Organisation, Person, Seat
from projects.models import ProjectPage
from working_groups.models import Role, WorkingGroupPage, WorkplanPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

ENGLISH_TREE = {"locale__language_code": "en"}


def ids(kind: str) -> list[str]:
    return [item["id"] for item in outline()[kind]]


def slugs(folder: str) -> dict[str, str]:
    return {identity: text.front["slug"] for identity, text in read_folder(folder).items()}


def fingerprint() -> dict[str, str]:
    """Return a digest of every table but those of the task queue."""
    digests = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith(("django_tasks", "wagtailsearch", "modelsearch")):
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            rows = sorted(repr(row) for row in cursor.fetchall())
            digests[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return digests


def test_loading_twice_changes_nothing():
    before = fingerprint()
    call_command("load_demo", stdout=io.StringIO())
    after = fingerprint()
    assert [table for table in before if before[table] != after[table]] == []


def test_what_editors_changed_stays():
    group = WorkingGroupPage.objects.get(slug="africa")
    group.summary = "Changed by an editor."
    group.save_revision().publish()
    call_command("load_demo", stdout=io.StringIO())
    group.refresh_from_db()
    assert group.summary == "Changed by an editor."


def test_once_means_once(demo):
    BlogPage.objects.get(slug="federal-on-paper-how-to-read-shared-powers").delete()
    output = io.StringIO()
    call_command("load_demo", "--once", stdout=output)
    assert "loaded already" in output.getvalue()
    assert not BlogPage.objects.filter(slug__startswith="federal-on-paper").exists()


@pytest.mark.parametrize("command", ["load_demo", "populate", "demo_logins"])
def test_no_demo_in_production(settings, command):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO"):
        call_command(command)


# Everything is there ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "folder", "model"),
    [
        ("working_groups", "groups", WorkingGroupPage),
        ("projects", "projects", ProjectPage),
        ("posts", "posts", BlogPage),
        ("events", "events", EventPage),
        ("products", "products", ResourcePage),
    ],
)
def test_every_page_of_the_outline_exists(kind, folder, model):
    there = set(model.objects.filter(**ENGLISH_TREE).values_list("slug", flat=True))
    assert {slugs(folder)[identity] for identity in ids(kind)} == there


def test_every_plain_page_exists():
    expected = {text.front["slug"] for text in read_folder("pages").values() if text.body}
    there = StandardPage.objects.filter(live=True, **ENGLISH_TREE)
    assert expected == set(there.values_list("slug", flat=True))


def test_every_person_and_organisation_exists():
    assert Person.objects.count() == len(ids("people"))
    assert Organisation.objects.count() == len(ids("organisations"))
    assert Person.objects.get(slug="layla-mithal").biographies.count() == 3


def test_the_tree_is_sound():
    assert not any(Page.find_problems())


def test_the_main_menu_is_in_order():
    home = HomePage.objects.get(**ENGLISH_TREE)
    menu = [page.slug for page in home.get_children().live().in_menu()]
    assert menu == ["about", "groups", "library", "blog", "events", "projects", "membership"]


def test_every_page_has_what_the_checks_ask_for():
    pages = SitePage.objects.filter(live=True)
    assert not pages.filter(summary="").exists()
    assert not SiteImage.objects.filter(description="").exists()
    for model in (BlogPage, EventPage, ResourcePage):
        for page in model.objects.filter(live=True, **ENGLISH_TREE).exclude(kind="announcement"):
            assert page.themes.exists(), page
            page.full_clean()


# Links -----------------------------------------------------------------------------------------


def stored_texts():
    """Yield ``(page, text)`` of every rich text and every body."""
    for page in SitePage.objects.all().specific():
        for field in page._meta.concrete_fields:
            value = field.value_from_object(page)
            if field.get_internal_type() in {"TextField", "JSONField"} and value:
                yield page, str(field.get_prep_value(value))


def test_every_internal_link_leads_to_a_page_that_readers_can_open():
    live = set(Page.objects.live().values_list("pk", flat=True))
    found = 0
    for page, text in stored_texts():
        for target in re.findall(r'linktype=\\?"page\\?" id=\\?"(\d+)', text):
            found += 1
            assert int(target) in live, f"{page}: page {target}"
    assert found > 100


def test_nothing_leads_outside_but_to_example_org():
    for page, text in stored_texts():
        for address in re.findall(r"https?://([\w.-]+)", text):
            assert address == "example.org", page


@pytest.mark.parametrize("field_type", [EmailField, URLField])
def test_mail_and_web_addresses_are_examples(field_type):
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, field_type):
                for value in model._base_manager.exclude(**{field.name: ""}).values_list(
                    field.name, flat=True
                ):
                    assert value is None or "example.org" in value


# Time ------------------------------------------------------------------------------------------


def test_events_are_over_or_to_come_as_the_outline_says():
    now = timezone.now()
    for item in outline()["events"]:
        event = EventPage.objects.get(slug=slugs("events")[item["id"]])
        assert event.status == STATUSES[item["status"]]
        if item["status"] == "held":
            assert event.ends_at < now
        elif item["status"] != "cancelled":
            assert event.starts_at > now


def test_pages_were_published_on_their_dates():
    for model in (BlogPage, ResourcePage):
        for page in model.objects.filter(live=True, **ENGLISH_TREE):
            assert page.first_published_at.date() == page.date
            assert page.last_published_at == page.first_published_at
            assert page.latest_revision.created_at == page.first_published_at


def test_nothing_was_published_in_the_future():
    assert not Page.objects.filter(last_published_at__gt=timezone.now()).exists()


# States ----------------------------------------------------------------------------------------


def test_one_post_waits_for_its_day():
    post = BlogPage.objects.get(slug=slugs("posts")["b25"])
    assert not post.live
    assert post.scheduled_revision.approved_go_live_at > timezone.now()


def test_one_post_waits_for_approval():
    post = BlogPage.objects.get(slug=slugs("posts")["b26"])
    assert not post.live
    assert post.workflow_in_progress
    assert post.current_workflow_state.requested_by.person.name == "Kossi Exemple"


def test_workplans_show_their_three_states():
    published, submitted, begun = (
        WorkplanPage.objects.get(group__slug=slug)
        for slug in ("africa", "gender-equity", "localization")
    )
    assert published.live
    assert published.over_allocation() == 0
    assert submitted.workflow_in_progress
    assert submitted.over_allocation() == 200
    assert not begun.live
    assert not begun.workflow_in_progress


def test_an_edition_is_superseded_by_the_next():
    old = ResourcePage.objects.get(slug="logica-framework-handbook-2015")
    assert old.superseded_by.slug == "logica-framework-handbook"


def test_offices_have_their_dates():
    assert Role.objects.filter(until__isnull=False).count() == 2
    finance = WorkingGroupPage.objects.get(slug="subnational-finance")
    names = {role.person.name for role in finance.roles.in_office(timezone.now().date())}
    assert names == {"Pieter Voorbeeld", "Aziz Misol"}


def test_seats_are_marked_as_samples_and_never_repeat_a_rule():
    assert all("(sample)" in seat.office for seat in Seat.objects.all())
    co_chairs = Person.objects.filter(roles__title="co-chair", roles__until=None)
    assert not Seat.objects.filter(board="advisory", person__in=co_chairs).exists()


# Files -----------------------------------------------------------------------------------------


def test_every_promised_file_is_there():
    for item in outline()["products"]:
        product = ResourcePage.objects.get(slug=slugs("products")[item["id"]])
        there = [row.document.file_extension for row in product.resource_files.all()]
        if "pdf" in item["formats"]:
            assert there.count("pdf") == len(item["languages"]), item["id"]
        for extension in {"xlsx", "csv"} & set(item["formats"]):
            assert extension in there


def test_every_pdf_has_several_pages_with_text():
    documents = [each for each in SiteDocument.objects.all() if each.file_extension == "pdf"]
    assert {document.language for document in documents} == {"en", "fr", "es", "pt", "ar"}
    for document in documents:
        with document.open_file() as file:
            reader = PdfReader(file)
            text = "".join(page.extract_text() for page in reader.pages)
            title = reader.metadata.title
        assert document.page_count == len(reader.pages) > 1
        assert len(text) > 1_000, document.title
        assert document.title == title
        if document.language == "ar":
            assert len(re.findall(r"[\u0621-\u064a]", text)) > 1_000


def test_every_workbook_opens():
    for document in SiteDocument.objects.all():
        if document.file_extension == "xlsx":
            with document.open_file() as file:
                assert load_workbook(file).worksheets[0].max_row > 4


# Languages -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fr", "es", "pt", "ar"])
def test_translations_are_tied_to_their_originals(language):
    pages = SitePage.objects.filter(locale__language_code=language)
    assert pages.filter(live=True).count() == pages.count() >= 9
    for page in pages.specific():
        original = page.get_translation(HomePage.objects.get(**ENGLISH_TREE).locale)
        assert original.specific_class is page.specific_class
        assert page.language == language
        if page.depth > 2:
            assert page.title != original.title or page.slug in {"blog", "contact"}


def test_a_link_in_a_translation_stays_in_the_language_where_it_can():
    page = StandardPage.objects.get(locale__language_code="fr", slug="contact")
    groups = SitePage.objects.get(locale__language_code="fr", kind="groups")
    about = StandardPage.objects.get(locale__language_code="fr", slug="a-propos")
    text = str(page.body.raw_data) + str(about.body.raw_data)
    targets = {int(pk) for pk in re.findall(r'linktype="page" id="(\d+)', text)}
    assert targets & {groups.pk, page.pk, about.pk}


# People who log in -----------------------------------------------------------------------------


def test_each_log_in_works(client):
    for login in LOGINS:
        assert client.login(email=login.email, password=PASSWORD), login


def test_co_chairs_may_edit_their_groups_and_no_other():
    aziz = User.objects.get(email="aziz@example.org")
    editable = {
        group.slug
        for group in WorkingGroupPage.objects.filter(**ENGLISH_TREE)
        if group.permissions_for_user(aziz).can_edit()
    }
    assert editable == {"eca", "subnational-finance"}


def test_log_ins_are_printed():
    output = io.StringIO()
    call_command("demo_logins", "http://127.0.0.1:8123", stdout=output)
    lines = output.getvalue()
    assert "http://127.0.0.1:8123" in lines
    assert PASSWORD in lines
    assert all(login.email in lines for login in LOGINS)


# Marks -----------------------------------------------------------------------------------------


def test_every_post_event_and_project_says_that_it_is_a_sample():
    notices = tuple(SAMPLE_NOTICE.values())
    texts = {**read_folder("posts"), **read_folder("events"), **read_folder("projects")}
    for model in (BlogPage, EventPage, ProjectPage):
        for page in model.objects.filter(**ENGLISH_TREE):
            identity = next(key for key, text in texts.items() if text.front["slug"] == page.slug)
            noticed = any(notice in str(page.body.raw_data[-1]["value"]) for notice in notices)
            assert noticed or says_so_itself(texts[identity].body), page


def test_the_member_is_in_a_group_and_follows_topics():
    member = Member.objects.get(user__email="member@example.org")
    assert [place.group.slug for place in member.memberships.all()] == ["asia"]
    assert member.contact.subscriptions.count() == 3
