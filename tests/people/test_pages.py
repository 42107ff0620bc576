"""The list of people and the page of one person."""

import datetime

import pytest

from people.models import Biography, Seat
from tests.conftest import NOW
from tests.factories.content import make_person, make_post, make_product
from tests.factories.events import make_event
from tests.factories.groups import appoint, make_group
from tests.outline import assert_good_outline, titles
from working_groups.advisory import advisory_board
from working_groups.models import Role

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
LAST_YEAR = datetime.date(2025, 12, 31)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def asia(home):
    return make_group("Asia")


def seat(person, board=Seat.Board.ADVISORY, **fields):
    since = datetime.date(2024, 1, 1)
    return Seat.objects.create(person=person, board=board, since=since, **fields)


def names(response) -> list[str]:
    return titles(response, 3)


def test_every_co_chair_in_office_is_on_the_advisory_board(asia):
    arif = make_person("Arif Contoh")
    binita = make_person("Binita Namuna")
    former = make_person("Nina Beispiel")
    coordinator = make_person("Layla Mithal")
    both = make_person("Grace Sample")
    appoint(arif, asia)
    appoint(former, asia, until=LAST_YEAR)
    appoint(coordinator, asia, Role.Title.COORDINATOR)
    appoint(both, asia)
    seat(both)
    seat(binita)
    seat(make_person("Old Member"), until=LAST_YEAR)
    assert list(advisory_board(TODAY)) == [arif, binita, both]
    assert former in advisory_board(LAST_YEAR)


def test_the_list_shows_boards_coordinators_and_authors(client, asia):
    appoint("Arif Contoh", asia)
    appoint("Layla Mithal", asia, Role.Title.COORDINATOR)
    seat(make_person("Binita Namuna"), Seat.Board.DIRECTORS, office="Chair")
    make_post("A post", authors=[make_person("Kossi Exemple")])
    response = client.get("/people/")
    html = response.content.decode()
    assert titles(response) == ["Board of Directors", "Advisory Board", "Coordinators", "Authors"]
    assert names(response) == ["Binita Namuna", "Arif Contoh", "Layla Mithal"]
    assert "Kossi Exemple" in html
    assert "Chair, Board of Directors" in html
    assert_good_outline(response)


def test_roles_widen_and_groups_narrow(client, asia):
    africa = make_group("Africa")
    appoint("Arif Contoh", asia)
    appoint("Layla Mithal", asia, Role.Title.COORDINATOR)
    appoint("Amina Sample", africa)
    both = client.get("/people/?role=co-chair&role=coordinator&group=asia")
    assert names(both) == ["Arif Contoh", "Layla Mithal"]
    assert names(client.get("/people/?role=co-chair")) == ["Amina Sample", "Arif Contoh"]
    assert names(client.get("/people/?group=africa")) == ["Amina Sample"]
    assert_good_outline(both)


def test_a_coordinator_elsewhere_is_no_co_chair_here(client, asia):
    africa = make_group("Africa")
    grace = make_person("Grace Sample")
    appoint(grace, asia)
    appoint(grace, africa, Role.Title.COORDINATOR)
    response = client.get("/people/?role=co-chair&group=africa")
    assert "Nobody holds this role in this group at present" in response.content.decode()


@pytest.mark.parametrize("query", ["?role=nonsense", "?group=nowhere", "?role='", "?role="])
def test_filters_that_mean_nothing_are_ignored(client, asia, query):
    appoint("Arif Contoh", asia)
    assert names(client.get(f"/people/{query}")) == ["Arif Contoh"]


@pytest.mark.parametrize("page", ["0", "2", "x", "999999999", "-1"])
def test_pages_that_are_not_there_are_not_found(client, asia, page):
    appoint("Arif Contoh", asia)
    assert client.get(f"/people/?role=co-chair&page={page}").status_code == 404


def test_people_without_a_public_page_are_not_listed_and_not_found(client, asia):
    appoint(make_person("Shy Sample", is_public=False), asia)
    assert "Shy Sample" not in client.get("/people/").content.decode()
    assert client.get("/people/shy-sample/").status_code == 404
    assert client.get("/people/nobody/").status_code == 404


def test_a_person_has_a_biography_roles_and_work_but_no_mail_address(client, asia):
    arif = make_person("Arif Contoh", email="arif@example.org", affiliation="Example Network")
    Biography.objects.create(person=arif, language="en", text="Plans districts.")
    appoint(arif, asia)
    appoint(arif, make_group("Africa"), until=LAST_YEAR)
    make_post("A post", authors=[arif])
    make_product("A product", authors=[arif])
    event = make_event("A meeting", NOW, parent=asia)
    event.speakers.create(person=arif, part="Moderator")
    event.save()
    response = client.get("/people/arif-contoh/")
    html = response.content.decode()
    expected = (
        "Plans districts.",
        "Example Network",
        "Co-chair, since 2024",
        "As a co-chair",
        "Co-chair, 2024–2025",
        "A post",
        "A product",
        "A meeting",
    )
    for words in expected:
        assert words in html
    assert "arif@example.org" not in html
    assert_good_outline(response)


def test_the_biography_says_in_which_language_it_is(client, home):
    kossi = make_person("Kossi Exemple")
    Biography.objects.create(person=kossi, language="fr", text="Forme les trésoriers.")
    html = client.get("/people/kossi-exemple/").content.decode()
    assert '<div class="prose" lang="fr" dir="ltr">' in html


def test_a_name_in_another_script_is_given_in_latin_letters_too(client, asia):
    layla = make_person("ليلى مثال", name_latin="Layla Mithal")
    layla.slug = "layla-mithal"
    layla.save()
    appoint(layla, asia, Role.Title.COORDINATOR)
    html = client.get("/people/layla-mithal/").content.decode()
    assert "ليلى مثال" in html
    assert "Layla Mithal" in html
    assert "LM" in html
    assert "Layla Mithal" in client.get("/people/").content.decode()


def test_the_list_costs_the_same_with_many_people(client, asia, count_queries):
    url = "/people/?role=author"

    def grow(numbers):
        for number in numbers:
            person = make_person(f"Person {number}")
            make_post(f"Post {number}", authors=[person])
            appoint(person, make_group(f"Group {number}"), Role.Title.COORDINATOR)

    grow(range(3))
    few = count_queries("/people/"), count_queries(url)
    grow(range(3, 12))
    assert (count_queries("/people/"), count_queries(url)) == few
    assert max(few) <= 12
