"""The secretariat’s lists and screens: who sees what, and what leaves the site."""

import csv
import datetime
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from accounts.actions import open_account
from files.models import ExportLog
from mail import contacts
from mail.models import Contact, Delivery, DeliveryState
from members.actions import importing
from members.models import GroupMembership, Member, MemberImport
from taxonomy.models import Country, Region, Theme
from tests.factories.content import make_person
from tests.factories.groups import appoint, make_group
from tests.factories.members import make_member
from tests.members.lists import a_list, imported, tried
from working_groups.actions import ensure_access, sync_rights

NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def africa(home):
    group = make_group("Africa")
    ensure_access(group)
    return group


@pytest.fixture
def asia(home):
    group = make_group("Asia")
    ensure_access(group)
    return group


@pytest.fixture
def chair(africa):
    """The account of somebody who chairs Africa."""
    person = make_person("Baraka Sample", user=open_account("baraka@example.org"))
    appoint(person, africa)

    sync_rights(timezone.localdate())
    return person.user


@pytest.fixture
def people(africa, asia):
    """One member in each group; both show their country and place of work to their groups."""
    kenya = Country.objects.get(slug="ke")
    facts = {"country": kenya, "affiliation": "County of X", "level": "groups"}
    amina = make_member("amina@example.org", "Amina Mfano", **facts)
    ana = make_member("ana@example.org", "Ana Prova", **facts)
    GroupMembership.objects.create(member=amina, group=africa, joined_at=NOW)
    GroupMembership.objects.create(member=ana, group=asia, joined_at=NOW)
    return amina, ana


LISTS = ("members", "group-members", "imports", "exports", "deliveries", "contacts", "offers")
SCREENS = ("members/figures", "members/doubles", "imports/try")
PATHS = [f"/admin/{name}/" for name in (*LISTS, *SCREENS)]
FOR_CO_CHAIRS = {"/admin/group-members/", "/admin/offers/"}


@pytest.mark.parametrize("path", PATHS)
def test_r24_the_secretariat_sees_every_list_and_screen(client, secretary, people, path):
    client.force_login(secretary)
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_r24_co_chairs_see_nothing_but_what_is_theirs(client, chair, people, path):
    client.force_login(chair)
    assert (client.get(path).status_code == 200) == (path in FOR_CO_CHAIRS)


@pytest.mark.parametrize("path", PATHS)
def test_r24_members_and_strangers_see_none(client, people, path):
    assert client.get(path).status_code == 302
    client.force_login(people[0].user)
    assert client.get(path).status_code in {302, 403}


def actions_on(people, secretary) -> dict[str, str]:
    source = tried(a_list("New,new@example.org,KE"), secretary, NOW)
    delivery = Delivery.objects.create(
        key="k", purpose="p", recipient="x@example.org", state=DeliveryState.FAILED
    )
    one, other = people
    return {
        "run": f"/admin/imports/{source.pk}/run/",
        "import": f"/admin/imports/{source.pk}/",
        "report": f"/admin/imports/{source.pk}/report/",
        "merge": f"/admin/members/doubles/{one.pk}/{other.pk}/",
        "ask": f"/admin/members/{one.pk}/ask-again/",
        "inspect": f"/admin/members/inspect/{one.pk}/",
        "delivery": f"/admin/deliveries/inspect/{delivery.pk}/",
        "again": f"/admin/deliveries/{delivery.pk}/again/",
    }


@pytest.mark.parametrize("method", ["get", "post"])
def test_r24_no_action_is_reached_by_its_address(client, secretary, chair, people, method):
    paths = actions_on(people, secretary)
    for who in (chair, people[0].user):
        client.force_login(who)
        for path in paths.values():
            answer = getattr(client, method)(path, {"sure": "yes", "address": "0"})
            assert answer.status_code in {302, 403, 405}, path
            assert (
                answer.status_code != 302
                or "/admin/" in answer.headers["Location"]
                or ("/accounts/" in answer.headers["Location"])
            )
    assert Member.objects.count() == 2
    assert Delivery.objects.get(key="k").state == DeliveryState.FAILED
    assert not ExportLog.objects.exists()


def test_r24_co_chairs_see_names_of_their_group_and_never_an_address(client, chair, people):
    client.force_login(chair)
    page = client.get("/admin/group-members/").content.decode()
    assert "Amina Mfano" in page
    assert "County of X" in page
    assert "Ana Prova" not in page
    assert "amina@example.org" not in page


def test_r24_what_a_member_hides_is_hidden_from_co_chairs(client, chair, people):
    people[0].field_levels = {"affiliation": "hidden"}
    people[0].save()
    client.force_login(chair)
    page = client.get("/admin/group-members/").content.decode()
    assert "Kenya" in page
    assert "County of X" not in page
    Member.objects.update(level="hidden")
    page = client.get("/admin/group-members/").content.decode()
    assert "Amina Mfano" in page
    assert "Kenya" not in page


@pytest.mark.parametrize(
    "lookup",
    [
        "member__contact__email__startswith=zzz",
        "member__user__password__startswith=zzz",
        "member__name__startswith=zzz",
        "q=amina@example.org",
        "group=0",
    ],
)
def test_r24_no_lookup_of_the_address_reaches_what_is_not_shown(client, chair, people, lookup):
    client.force_login(chair)
    shown = "Amina Mfano" in client.get(f"/admin/group-members/?{lookup}").content.decode()
    assert shown == ("member__" in lookup)


def test_r24_co_chairs_take_no_list_out(client, chair, people):
    client.force_login(chair)
    for name in ("group-members", "offers"):
        page = client.get(f"/admin/{name}/").content.decode()
        assert "export=xlsx" not in page
        assert client.get(f"/admin/{name}/?export=csv").status_code in {302, 403}
    assert not ExportLog.objects.exists()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Amina Mfano", "Ana Prova"}),
        ("q=amina@", {"Amina Mfano"}),
        ("q=prova", {"Ana Prova"}),
        ("country=ke", {"Amina Mfano", "Ana Prova"}),
        ("country=fr", set()),
        ("region=africa", {"Amina Mfano", "Ana Prova"}),
        ("region=global", {"Ana Prova"}),
        ("theme=subnational-finance", {"Ana Prova"}),
        ("group=AFRICA", {"Amina Mfano"}),
        ("state__exact=leaving", set()),
        ("address=suppressed", {"Ana Prova"}),
        ("joined=2026-01", {"Amina Mfano", "Ana Prova"}),
        ("joined=2025-01", set()),
        ("joined=nonsense", set()),
        ("group=nonsense", set()),
    ],
)
def test_the_list_of_members_is_narrowed(client, secretary, people, africa, query, found):
    ana = people[1]
    ana.regions.set(Region.objects.filter(slug="global"))
    ana.themes.set(Theme.objects.filter(slug="subnational-finance"))
    contacts.suppress("ana@example.org", "bounced", NOW)
    client.force_login(secretary)
    page = client.get(f"/admin/members/?{query.replace('AFRICA', str(africa.pk))}")
    names = {member.name for member in page.context["object_list"]}
    assert names == found


def test_the_export_is_what_the_list_shows_whole_and_logged(client, secretary, people):
    client.force_login(secretary)
    Member.objects.filter(pk=people[0].pk).update(affiliation="=1+1")
    answer = client.get("/admin/members/?q=amina&export=csv")
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [row["Full name"] for row in rows] == ["Amina Mfano"]
    assert "'=1+1" in rows[0].values()
    assert "Africa" in rows[0].values()
    log = ExportLog.objects.get()
    assert (log.what, log.rows, log.by, log.file_format) == ("members", 1, secretary, "csv")
    assert "Amina" in client.get("/admin/members/?export=csv").getvalue().decode()


@pytest.mark.parametrize("name", LISTS)
def test_r22_every_list_is_taken_out_safely(client, secretary, people, name):
    contact = people[0].contact
    Delivery.objects.create(key="k", purpose="p", recipient="x@example.org", subject="=1+1")
    Contact.objects.filter(pk=contact.pk).update(name="＝1+1")
    Member.objects.filter(pk=people[0].pk).update(affiliation=" @SUM(A1)", name="|cmd")
    client.force_login(secretary)
    answer = client.get(f"/admin/{name}/?export=csv")
    if name == "imports":
        assert answer.status_code in {302, 403}
        return
    for row in csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))):
        assert not any(cell.strip().startswith(("=", "＝", "@", "|")) for cell in row)
    book = load_workbook(io.BytesIO(client.get(f"/admin/{name}/?export=xlsx").getvalue()))
    assert {cell.data_type for row in book.active.rows for cell in row} <= {"s", "n", "d", "b"}


def test_a_longer_list_costs_no_more_queries(client, secretary, people, africa):
    client.force_login(secretary)

    def queries(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as found:
            assert client.get(path).status_code == 200
        return len(found)

    paths = ["/admin/members/", "/admin/group-members/", "/admin/members/figures/"]
    before = [queries(path) for path in paths]
    for number in range(15):
        member = make_member(f"m{number}@example.org", f"Member {number}")
        GroupMembership.objects.create(member=member, group=africa, joined_at=NOW)
    assert [queries(path) for path in paths] == before


def upload(client, content: bytes, name: str = "list.csv"):
    file = SimpleUploadedFile(name, content)
    return client.post("/admin/imports/try/", {"file": file, "language": "en"})


def test_a_list_is_tried_looked_at_and_imported_by_buttons(client, secretary):
    client.force_login(secretary)
    file = a_list("Amina Mfano,amina@example.org,KE", "No address,,KE")
    answer = upload(client, file.getvalue())
    source = MemberImport.objects.get()
    assert answer.headers["Location"] == f"/admin/imports/{source.pk}/"
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Nobody has become a member" in page
    assert "There is no e-mail address" in page
    assert not Member.objects.exists()
    assert client.get(f"/admin/imports/{source.pk}/run/").status_code == 405
    client.post(f"/admin/imports/{source.pk}/run/")
    assert Member.objects.get().name == "Amina Mfano"
    report = client.get(f"/admin/imports/{source.pk}/report/").getvalue().decode("utf-8-sig")
    assert report.splitlines()[1:] == [
        "2,new,",
        '3,refused,"There is no e-mail address, or it is none."',
    ]
    assert "amina" not in report.lower()
    xlsx = client.get(f"/admin/imports/{source.pk}/report/?format=xlsx").getvalue()
    assert xlsx.startswith(b"PK")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04spreadsheet", "Excel"),
        (b"", "empty"),
        (b"Name,Country\n", "no rows"),
        (b"Name,E-mail\n", "no rows"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words_on_the_page(client, secretary, content, words):
    client.force_login(secretary)
    answer = upload(client, content, "list.xlsx")
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not MemberImport.objects.exists()


def test_what_each_column_holds_is_corrected_by_a_form(client, secretary):
    client.force_login(secretary)
    content = a_list("Amina Mfano,amina@example.org,KE", heading="Wer,Kontakt,Country").getvalue()
    url = upload(client, content).headers["Location"]
    page = client.get(url).content.decode()
    assert "Say below which columns hold the names" in page
    assert "amina@example.org" in page
    assert "/run/" not in page
    wrong = client.post(url, {"column-1": "name", "column-2": "name", "column-3": "country"})
    assert wrong.status_code == 422
    assert "Two columns are read as the same" in wrong.content.decode()
    assert "Say which column holds e-mail addresses." in wrong.content.decode()
    assert client.post(url, {"column-1": "nonsense"}).status_code == 422
    right = {"column-1": "name", "column-2": "email", "column-3": "country"}
    assert client.post(url, right).headers["Location"] == url
    assert "This was a trial" in client.get(url).content.decode()
    other_window = client.post(f"{url}run/", {"reading": "0123456789abcdef"}, follow=True)
    assert "read otherwise meanwhile" in other_window.content.decode()
    assert not Member.objects.exists()
    shown = client.get(url).content.decode()
    reading = re.search(r'name="reading" value="(\w+)"', shown)[1]
    client.post(f"{url}run/", {"reading": reading})
    assert Member.objects.get().contact.email == "amina@example.org"
    late = client.post(url, right, follow=True).content.decode()
    assert "The list is not kept any more" in late
    assert "Kontakt" in late


def test_an_import_that_runs_shows_how_far_it_is_and_reloads_by_itself(
    client, secretary, monkeypatch
):
    monkeypatch.setattr(importing, "ROWS_AT_ONCE", 2)
    monkeypatch.setattr("members.secretariat.imports.SECONDS", 0)
    client.force_login(secretary)
    upload(client, a_list(*(f"Person A,p{n}@example.org,KE" for n in range(5))).getvalue())
    source = MemberImport.objects.get()
    client.post(f"/admin/imports/{source.pk}/run/")
    answer = client.get(f"/admin/imports/{source.pk}/")
    assert answer.headers["Refresh"] == "5"
    assert "2 of 5 rows" in answer.content.decode()
    assert Member.objects.count() == 2
    for _time in range(3):
        client.post(f"/admin/imports/{source.pk}/run/")
    assert Member.objects.count() == 5
    assert "Refresh" not in client.get(f"/admin/imports/{source.pk}/").headers


def test_a_member_from_a_list_is_asked_again_by_a_button(client, secretary):
    imported(a_list("Amina Mfano,amina@example.org,KE"), secretary, NOW)
    member = Member.objects.get()
    client.force_login(secretary)
    page = client.get(f"/admin/members/inspect/{member.pk}/").content.decode()
    assert "has not confirmed" in page
    client.post(f"/admin/members/{member.pk}/ask-again/")
    client.post(f"/admin/members/{member.pk}/ask-again/")
    assert Delivery.objects.filter(purpose="invitation").count() == 2


def test_a_mail_that_is_stuck_is_tried_again_by_a_button(client, secretary):
    sent = Delivery.objects.create(
        key="s", purpose="p", recipient="x@example.org", state="sent", sent_at=NOW
    )
    stuck = Delivery.objects.create(
        key="k", purpose="p", recipient="x@example.org", state="failed", attempts=6, error="550"
    )
    client.force_login(secretary)
    assert "Try again" in client.get(f"/admin/deliveries/inspect/{stuck.pk}/").content.decode()
    assert "Try again" not in client.get(f"/admin/deliveries/inspect/{sent.pk}/").content.decode()
    for delivery in (sent, stuck):
        client.post(f"/admin/deliveries/{delivery.pk}/again/")
        delivery.refresh_from_db()
    assert (sent.state, stuck.state, stuck.attempts) == ("sent", "queued", 0)
