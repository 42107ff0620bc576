"""Importing a list of members: what every row becomes, whatever is wrong with it."""

import datetime
import io

import pytest
from django.core import mail as outbox
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from files.lists import ListFile, Unreadable
from mail import contacts, mailer
from mail.models import Contact, Delivery, Suppression
from members.actions import importing, invitations, privacy
from members.models import GroupMembership, ImportFile, ImportRow, Member, MemberImport
from tests.factories.groups import make_group
from tests.factories.members import make_member
from tests.members.lists import a_list, fates, imported, tried
from tests.members.tables import tables_that_know

NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
pytestmark = pytest.mark.django_db


def rows_of(file: io.BytesIO) -> list[tuple[str, ...]]:
    return [row.cells for row in ListFile(file).rows()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_is_read(encoding):
    file = a_list(
        "Zoë Ñandú,zoe@example.org,Côte d’Ivoire", "نور,nour@example.org,مصر", encoding=encoding
    )
    assert rows_of(file) == [
        ("Zoë Ñandú", "zoe@example.org", "Côte d’Ivoire"),
        ("نور", "nour@example.org", "مصر"),
    ]


@pytest.mark.parametrize(
    ("encoding", "rows"),
    [
        (
            "cp1252",
            ["Zoë Ñandú,zoe@example.org,Côte d’Ivoire", "José Peña,jose@example.org,España"],
        ),
        (
            "cp1256",
            ["نور الهدى أحمد,nour@example.org,مصر", "ليلى حسن محمود,laila@example.org,المغرب"],
        ),
    ],
)
def test_the_code_pages_of_old_spreadsheets_are_guessed(encoding, rows):
    found = rows_of(a_list(*rows, encoding=encoding))
    assert found == [tuple(row.split(",")) for row in rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_guessed(delimiter):
    heading = delimiter.join(["Name", "E-mail", "Organisation"])
    row = delimiter.join(["Amina", "amina@example.org", '"County of X, Budget"'])
    assert rows_of(a_list(row, heading=heading)) == [
        ("Amina", "amina@example.org", "County of X, Budget")
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_line_end_is_known(newline):
    file = io.BytesIO(newline.join(["Name,E-mail", "A,a@example.org", "B,b@example.org"]).encode())
    assert len(rows_of(file)) == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"PK\x03\x04rest of a spreadsheet", "Excel"),
        (b"\xd0\xcf\x11\xe0rest of an old one", "Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x01\x02\x03\x04\x05", "no text"),
        (b"Name,E-mail\n" + b"x" * 11 * 1024 * 1024, "10 MB"),
        (b"Name,E-mail" + b",x" * 300 + b"\n", "200 columns"),
    ],
)
def test_what_is_no_list_is_refused_in_words(content, words):
    with pytest.raises(Unreadable, match=words):
        list(ListFile(io.BytesIO(content)).rows())


@pytest.mark.parametrize("heading", ["Name,Country", "E-mail,Country", "Vorname,E-mail"])
def test_a_list_without_names_or_addresses_waits_until_somebody_says_what_holds_them(
    secretary, heading
):
    source = tried(a_list("a,b", heading=heading), secretary, NOW)
    assert source.state == MemberImport.State.OPEN
    assert not importing.start(source)
    assert not source.lines.exists()


def test_a_list_is_tried_anew_with_the_columns_as_somebody_reads_them(secretary):
    heading = "Wer,Kontakt,E-mail,Land"
    file = a_list("Amina Mfano,amina@example.org,old@example.org,KE", heading=heading)
    source = tried(file, secretary, NOW)
    assert source.columns == [["Wer", ""], ["Kontakt", ""], ["E-mail", "email"], ["Land", ""]]
    source = importing.try_columns(source.pk, ["name", "email", "", "country"], NOW)
    assert fates(source) == [(2, "new", "")]
    importing.try_columns(source.pk, ["name", "email", "", ""], NOW)
    assert importing.start(source)
    importing.go_on(source.pk, clock=lambda: NOW)
    member = Member.objects.get()
    assert (member.name, member.contact.email) == ("Amina Mfano", "amina@example.org")
    assert member.country is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (["name", "", ""], "e-mail"),
        (["", "email", ""], "names"),
        (["first_name", "email", ""], "names"),
        (["name", "email", "email"], "same"),
        (["name", "email"], "not kept"),
    ],
)
def test_columns_that_make_no_sense_are_refused_and_change_nothing(secretary, fields, words):
    source = tried(a_list("Amina,amina@example.org,KE"), secretary, NOW)
    with pytest.raises(ValidationError, match=words):
        importing.try_columns(source.pk, fields, NOW)
    assert fates(source) == [(2, "new", "")]


def test_the_file_of_a_list_goes_once_its_columns_are_settled(secretary):
    source = tried(a_list("Amina,amina@example.org,KE"), secretary, NOW)
    assert ImportFile.objects.count() == 1
    importing.start(source)
    assert not ImportFile.objects.exists()
    with pytest.raises(ValidationError, match="not kept"):
        importing.try_columns(source.pk, ["name", "email", ""], NOW)


def test_nothing_is_remembered_of_how_a_list_was_read(secretary):
    first = tried(a_list("Amina,a@example.org,KE", heading="Name,E-mail,Land"), secretary, NOW)
    importing.try_columns(first.pk, ["name", "email", "country"], NOW)
    again = tried(a_list("Amina,a@example.org,KE", heading="Name,E-mail,Land"), secretary, NOW)
    assert again.columns[2] == ["Land", ""]


def test_r25_the_file_of_a_list_goes_with_whoever_is_erased(secretary):
    member = make_member("amina@example.org", "Amina Mfano")
    heading = "Name,E-mail,Other"
    rows = ["Baraka,baraka@example.org,amina@example.org"]
    tried(a_list(*rows, heading=heading), secretary, NOW)
    assert "members_importfile" in tables_that_know("amina@example.org")
    privacy.erase(member, NOW)
    assert tables_that_know("amina@example.org") == []


@pytest.mark.parametrize(
    "heading",
    [
        "First Name,LAST_NAME,Email Address,Country of residence,Organization,Member since",
        "Prénom,Nom,Courriel,Pays,Organisme,Date d’adhésion",
        "Nombre,Apellidos,Correo electrónico,País,Organización,Fecha de alta",
        "Primeiro nome,Sobrenome,E-mail,País,Organização,Data de adesão",
        "الاسم الأول,اسم العائلة,البريد الإلكتروني,البلد,المؤسسة,تاريخ الانضمام",
    ],
)
@pytest.mark.parametrize("country", ["KE", "ke", "Kenya", "Quênia", "كينيا"])
def test_columns_and_countries_are_understood_in_five_languages(secretary, heading, country):
    file = a_list(f"Amina,Mfano,Amina@Example.org,{country},County,31/12/2019", heading=heading)
    assert fates(imported(file, secretary, NOW)) == [(2, "new", "")]
    member = Member.objects.get(contact__address="amina@example.org")
    assert (member.name, member.country.code, member.affiliation) == ("Amina Mfano", "KE", "County")
    assert member.joined_at.date() == datetime.date(2019, 12, 31)


def test_an_imported_person_is_a_member_who_is_not_written_to_but_asked(secretary):
    africa = make_group("Africa")
    heading = "Name,E-mail,Language,Regions,Working groups"
    file = a_list('"Mfano, Amina",amina@example.org,French,Africa; Asia,Africa', heading=heading)
    imported(file, secretary, NOW)
    member = Member.objects.get(name="Amina Mfano")
    assert member.contact.state == Contact.State.UNVERIFIED
    assert member.contact.language == "fr"
    assert not member.user.has_usable_password()
    assert not member.user.emailaddress_set.filter(verified=True).exists()
    assert not member.contact.subscriptions.exists()
    assert not member.contact.consents.exists()
    assert member.level == "hidden"
    assert [place.group for place in member.memberships.all()] == [africa]
    assert Delivery.objects.get().purpose == "invitation"


def test_trying_changes_nothing_and_foretells_exactly_what_importing_does(secretary):
    make_member("known@example.org", "Known Person")
    contacts.suppress("gone@example.org", Suppression.Reason.ERASED, NOW)
    file = a_list(
        "New Person,new@example.org,KE",
        "Known Person,known@example.org,",
        "Known Person,KNOWN@example.org,KE",
        "Gone Person,gone@example.org,KE",
        "New Person,NEW@example.org,",
        "Odd Country,odd@example.org,Atlantis",
        ",nobody@example.org,KE",
        "No Address,,KE",
        "Two Addresses,a@example.org; b@example.org,KE",
    )
    foretold = tried(file, secretary, NOW)
    assert fates(foretold) == [
        (2, "new", ""),
        (3, "merged", ""),
        (4, "merged", "twice"),
        (5, "refused", "suppressed"),
        (6, "known", "twice"),
        (7, "new", "partly"),
        (8, "refused", "no-name"),
        (9, "refused", "no-address"),
        (10, "refused", "several"),
    ]
    assert Member.objects.count() == 1
    assert User.objects.count() == 2
    before = fates(foretold)
    importing.start(foretold)
    importing.go_on(foretold.pk, clock=lambda: NOW)
    assert fates(foretold) == before
    assert set(Member.objects.values_list("name", flat=True)) == {
        *("New Person", "Known Person", "Odd Country")
    }


def test_a_later_row_of_the_same_address_completes_the_first(secretary):
    make_group("Africa")
    make_group("Asia")
    heading = "Name,E-mail,Country,Group"
    rows = ["Amina Mfano,amina@example.org,,Africa", "A. Mfano,AMINA@example.org,KE,Asia"]
    assert fates(imported(a_list(*rows, heading=heading), secretary, NOW)) == [
        (2, "new", ""),
        (3, "merged", "twice"),
    ]
    member = Member.objects.get()
    assert (member.name, member.country.code, member.memberships.count()) == (
        "Amina Mfano",
        "KE",
        2,
    )


def test_what_members_wrote_themselves_is_not_overwritten(secretary):
    member = make_member("amina@example.org", "Amina Mfano", affiliation="My own")
    africa, _asia = make_group("Africa"), make_group("Asia")
    GroupMembership.objects.create(member=member, group=africa, joined_at=NOW)
    heading = "Name,E-mail,Organisation,Group,Job title"
    imported(a_list("X Y,amina@example.org,Old,Asia,Mayor", heading=heading), secretary, NOW)
    member.refresh_from_db()
    assert (member.name, member.affiliation, member.position) == ("Amina Mfano", "My own", "Mayor")
    assert [place.group for place in member.memberships.all()] == [africa]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ('Amina,"amina@example.org\r\nBcc: other@example.org",KE', "control"),
        ('"Amina\nBcc: other@example.org",amina@example.org,KE', "control"),
        ("A\x00mina,amina@example.org,KE", "control"),
        ("Amina,ami\x07na@example.org,KE", "control"),
        (f"{'A' * 10_000},amina@example.org,KE", "too-long"),
        (f"Amina,{'a' * 300}@example.org,KE", "no-address"),
        ("Amina,amina@example.org,KE,one,too,many", "too-many"),
        ('Amina,"amina@example.org,KE', "broken"),
        ('"Amina"x,amina@example.org,KE', "broken"),
        ('"=HYPERLINK(""https://example.org"")",amina@example.org,KE', "no-name"),
        ("amina@example.org,amina@example.org,KE", "no-name"),
        ("Amina,not an address,KE", "no-address"),
        ("Amina,amina@localhost,KE", "no-address"),
    ],
)
def test_a_bad_row_is_refused_with_its_reason_and_spoils_no_other(secretary, row, why):
    file = a_list("Before,before@example.org,KE", row, "After,after@example.org,KE")
    found = fates(imported(file, secretary, NOW))
    assert (found[1][1], found[1][2]) == ("refused", why)
    assert {member.name for member in Member.objects.all()} == {"Before", "After"}


def test_a_mark_that_is_never_closed_costs_one_row_only(secretary):
    rows = [f"Person A,p{number}@example.org,KE" for number in range(30)]
    rows[4] = 'Person,"p4@example.org,KE'
    found = fates(imported(a_list(*rows), secretary, NOW))
    assert [fate for _number, fate, _why in found].count("new") == 29
    assert found[4] == (6, "refused", "broken")


def test_an_import_that_is_killed_goes_on_where_it_was(secretary, monkeypatch):
    monkeypatch.setattr(importing, "ROWS_AT_ONCE", 10)
    file = a_list(*(f"Person A,p{number}@example.org,KE" for number in range(35)))
    source = tried(file, secretary, NOW)
    importing.start(source)
    importing.go_on(source.pk, clock=lambda: NOW, seconds=0)
    writing = importing.Writing.write

    def killed(self, lines):
        writing(self, lines)
        raise KeyboardInterrupt

    monkeypatch.setattr(importing.Writing, "write", killed)
    with pytest.raises(KeyboardInterrupt):
        importing.go_on(source.pk, clock=lambda: NOW)
    assert Member.objects.count() == 10
    monkeypatch.setattr(importing.Writing, "write", writing)
    assert importing.go_on_with_all(clock=lambda: NOW) == 25
    source.refresh_from_db()
    assert (source.state, source.rows, source.done_rows) == ("done", 35, 35)
    assert Member.objects.count() == Delivery.objects.count() == 35
    assert importing.go_on(source.pk, clock=lambda: NOW) == 0


def test_somebody_who_joins_in_the_same_moment_spoils_only_their_own_row(secretary, monkeypatch):
    source = tried(
        a_list("Amina,amina@example.org,KE", "Baraka,baraka@example.org,KE"), secretary, NOW
    )
    importing.start(source)
    real, raced = importing.Writing._contacts, []

    def join_meanwhile(self, *args):
        if not raced:
            raced.append(1)
            Contact.objects.create(email="amina@example.org", address="amina@example.org")
        return real(self, *args)

    monkeypatch.setattr(importing.Writing, "_contacts", join_meanwhile)
    importing.go_on(source.pk, clock=lambda: NOW)
    assert {fate for _number, fate, _why in fates(source)} == {"new"}
    assert Member.objects.count() == 2


def test_a_second_start_does_nothing(secretary):
    source = tried(a_list("Amina,amina@example.org,KE"), secretary, NOW)
    assert importing.start(source)
    assert not importing.start(source)


def test_the_same_list_again_makes_nobody_twice(secretary):
    file = a_list("Amina,amina@example.org,KE")
    imported(file, secretary, NOW)
    assert fates(imported(file, secretary, NOW)) == [(2, "known", "")]
    assert Member.objects.count() == Delivery.objects.count() == 1


def test_an_account_that_is_there_is_kept_with_its_password(secretary):
    user = User.objects.create_user("Amina@Example.org", "long-enough-1", name="Amina M.")
    imported(a_list("Amina,amina@example.org,KE"), secretary, NOW)
    user.refresh_from_db()
    assert user.check_password("long-enough-1")
    assert user.member.name == "Amina"
    assert user.name == "Amina M."


def test_once_done_an_import_knows_nobody(secretary):
    source = imported(a_list("Amina,amina@example.org,KE"), secretary, NOW)
    assert [line.person for line in source.lines.all()] == [{}]


def test_r25_who_is_erased_is_not_brought_back_by_a_list_that_waits(secretary):
    member = make_member("amina@example.org", "Amina Mfano")
    source = tried(a_list("Amina Mfano,amina@example.org,KE"), secretary, NOW)
    privacy.erase(member, NOW)
    line = ImportRow.objects.get()
    assert (line.person, line.fate, line.why) == ({}, "refused", "erased")
    importing.start(source)
    importing.go_on(source.pk, clock=lambda: NOW)
    assert not Member.objects.exists()
    assert fates(imported(a_list("Amina,AMINA@example.org,KE"), secretary, NOW)) == [
        (2, "refused", "suppressed")
    ]


def test_an_invitation_is_sent_once_and_confirmed_by_a_button_only(
    secretary, client, written_to, link_in
):
    imported(a_list("Amina,amina@example.org,KE"), secretary, NOW)
    mailer.empty(clock=lambda: NOW + datetime.timedelta(hours=1))
    (mail,) = outbox.outbox
    delivery = written_to("amina@example.org")[0]
    delivery.body = mail.body
    link = link_in(delivery)
    member = Member.objects.get()
    assert client.get(link).status_code == 200
    member.contact.refresh_from_db()
    assert member.contact.state == Contact.State.UNVERIFIED
    assert client.post(link, {"password": ""}).headers["Location"] == "/my/topics/"
    member.contact.refresh_from_db()
    assert member.contact.state == Contact.State.OK
    assert not invitations.is_unconfirmed(member)
    client.logout()
    assert client.post(link, {"password": ""}).headers["Location"] == "/my/"
    assert "_auth_user_id" not in client.session


def test_who_says_no_is_forgotten_and_never_imported_again(secretary, client):
    imported(a_list("Amina,amina@example.org,KE"), secretary, NOW)
    contact = Contact.objects.get(address="amina@example.org")
    link = f"/join/invited/{invitations.links.make('invitation', contact)}/"
    assert client.post(link, {"no": "1"}).headers["Location"] == "/accounts/deleted/"
    assert not Member.objects.exists()
    assert contacts.is_suppressed("amina@example.org")
    assert client.get(link).status_code == 410


def test_who_has_an_account_of_old_and_says_no_has_a_fortnight_to_think(secretary, client):
    User.objects.create_user("amina@example.org", name="Amina", last_login=NOW)
    imported(a_list("Amina,amina@example.org,KE"), secretary, NOW)
    member = Member.objects.get()
    link = f"/join/invited/{invitations.links.make('invitation', member.contact)}/"
    assert client.post(link, {"no": "1"}).headers["Location"] == "/goodbye/"
    member.refresh_from_db()
    assert member.state == Member.State.LEAVING


def test_who_said_yes_is_not_led_to_believe_that_an_old_link_forgets_them(secretary, client):
    imported(a_list("Amina,amina@example.org,KE"), secretary, NOW)
    member = invitations.accept(Contact.objects.get(address="amina@example.org"), NOW)
    link = f"/join/invited/{invitations.links.make('invitation', member.contact)}/"
    assert client.get(link).headers["Location"] == "/my/"
    assert client.post(link, {"no": "1"}).headers["Location"] == "/my/"
    member.refresh_from_db()
    assert member.state == Member.State.ACTIVE


def test_asking_again_sends_one_more_a_day_and_none_to_who_confirmed(secretary):
    imported(a_list("Amina,amina@example.org,KE"), secretary, NOW)
    member = Member.objects.get()
    assert invitations.plan([member], NOW, again=True) == 1
    assert invitations.plan([member], NOW, again=True) == 0
    invitations.accept(member.contact, NOW)
    delivery = Delivery.objects.first()
    assert invitations.may_send(delivery, NOW) == "confirmed"


def test_more_rows_need_no_more_queries_each(secretary):
    def queries(start: int, number: int) -> int:
        rows = [f"Person A,p{place}@example.org,KE" for place in range(start, start + number)]
        with CaptureQueriesContext(connection) as found:
            imported(a_list(*rows), secretary, NOW)
        return len(found)

    queries(0, 2)
    assert queries(1_000, 150) <= queries(2_000, 20) + 10
