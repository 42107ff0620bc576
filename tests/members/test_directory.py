"""Who is listed for whom, and by what they are found."""

import datetime
import itertools
import uuid

import pytest

from members.actions import privacy
from members.directory import rules
from members.directory.finding import Choice, directory
from members.directory.profiles import visible_fields
from members.directory.rules import LEVELS, PARTS, Standing
from members.directory.viewers import STRANGER, Viewer, viewer_of
from members.models import GroupMembership, Member
from people.models import Organisation
from taxonomy.models import Country, Region, Theme
from tests.factories.groups import appoint, make_group
from tests.factories.members import JOINED, make_member

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 22)


@pytest.fixture
def africa(home):
    return make_group("Africa")


@pytest.fixture
def amina(africa) -> Member:
    """Somebody about whom every part says something."""
    member = make_member(
        "amina@example.org",
        "Amina Mfano",
        level="public",
        country=Country.objects.get(slug="ke"),
        affiliation="County of Example",
        position="Planner",
        about="Budgets.",
    )
    member.themes.set(Theme.objects.filter(slug="subnational-finance"))
    member.regions.set(Region.objects.filter(slug="africa"))
    join(member, africa)
    return member


def join(member: Member, group) -> None:
    GroupMembership.objects.create(member=member, group=group, joined_at=JOINED)


def viewers(group) -> dict[Standing, Viewer]:
    return {
        Standing.STRANGER: STRANGER,
        Standing.MEMBER: Viewer(is_member=True),
        Standing.PEER: Viewer(is_member=True, groups=frozenset({group.pk})),
    }


def show(member: Member, level: str, **parts: str) -> None:
    Member.objects.filter(pk=member.pk).update(level=level, field_levels=parts)
    member.refresh_from_db()


FOUND_BY = {
    "country": Choice(countries=("ke",)),
    "groups": Choice(groups=("africa",)),
    "interests": Choice(themes=("subnational-finance",)),
}


@pytest.mark.parametrize("standing", Standing)
def test_what_is_seen_and_found_follows_the_levels_in_every_combination(standing, amina, africa):
    viewer = viewers(africa)[standing]
    for level, own in itertools.product(LEVELS, (None, *LEVELS)):
        parts = {} if own is None else dict.fromkeys((*FOUND_BY, "about"), own)
        show(amina, level, **parts)
        is_listed = rules.rank(level) >= standing
        is_shown = is_listed and (own is None or rules.rank(own) >= standing)
        fields = visible_fields(viewer, amina)
        case = f"{level} {own}"
        assert bool(fields) is is_listed, case
        assert ("affiliation" in fields) is is_listed, case
        assert directory(viewer).exists() is is_listed, case
        assert ("about" in fields) is is_shown, case
        for part, choice in FOUND_BY.items():
            assert (part in fields) is is_shown, f"{case} {part}"
            assert directory(viewer, choice).exists() is is_shown, f"{case} {part}"


@pytest.mark.parametrize("part", PARTS)
def test_one_hidden_part_hides_nothing_else(part, amina, africa):
    everything = set(visible_fields(STRANGER, amina))
    show(amina, "public", **{part: "hidden"})
    assert everything - set(visible_fields(STRANGER, amina)) == {part} & everything


def test_a_hidden_country_is_not_found_under_its_region_either(amina):
    show(amina, "public", country="members", interests="hidden")
    assert not directory(STRANGER, Choice(regions=("africa",))).exists()
    assert directory(Viewer(is_member=True), Choice(regions=("africa",))).exists()


def test_a_region_finds_those_who_work_on_it_and_those_who_live_there(amina):
    show(amina, "public", country="hidden")
    assert directory(STRANGER, Choice(regions=("africa",))).exists()
    show(amina, "public", interests="hidden")
    assert directory(STRANGER, Choice(regions=("africa",))).exists()
    assert not directory(STRANGER, Choice(regions=("asia",))).exists()


def test_whoever_is_leaving_is_not_there_any_more(amina, africa):
    privacy.ask_to_be_erased(amina, JOINED)
    amina.refresh_from_db()
    for viewer in viewers(africa).values():
        assert not directory(viewer).exists()
        assert visible_fields(viewer, amina) == {}
        assert not directory(viewer, FOUND_BY["country"]).exists()


def test_the_ranks_of_the_database_are_those_of_the_rules(amina):
    for level, own in itertools.product(LEVELS, (None, "nonsense", *LEVELS)):
        show(amina, level, **({} if own is None else {"country": own}))
        assert amina.seen == rules.rank(level)
        assert amina.country_seen == rules.part_rank(level, amina.field_levels, "country")


def test_names_are_found_by_the_beginnings_of_words_whatever_the_accents(amina):
    make_member("jose@example.org", "José María d’Ejemplo", level="public")
    for typed in ("jose", "JOSÉ", "mar jos", "ejem", "María  José"):
        assert [m.name for m in directory(STRANGER, Choice(name=typed))] == ["José María d’Ejemplo"]
    for typed in ("ose", "jose amina", "'; drop", "%", "\\", "(&|!:*)"):
        assert not directory(STRANGER, Choice(name=typed)).exists()


def test_a_new_name_is_found_though_only_the_name_was_saved(amina):
    amina.name = "Zahra Mfano"
    amina.save(update_fields=["name"])
    assert directory(STRANGER, Choice(name="zah")).exists()


def test_several_values_of_a_filter_widen_and_several_filters_narrow(amina):
    assert directory(STRANGER, Choice(countries=("ke", "gh"))).exists()
    assert not directory(STRANGER, Choice(countries=("ke",), themes=("gender-equity",))).exists()


class TestViewers:
    def test_members_share_the_groups_they_joined(self, amina, africa):
        assert viewer_of(amina.user, TODAY) == Viewer(is_member=True, groups={africa.pk})

    def test_co_chairs_see_the_members_of_their_group(self, amina, africa):
        chair = make_member("chair@example.org", "Kofi Mfano")
        role = appoint("Kofi Mfano", africa)
        role.person.user = chair.user
        role.person.save()
        show(amina, "groups")
        assert directory(viewer_of(chair.user, TODAY)).get() == amina
        ended = datetime.date(2026, 1, 1)
        type(role).objects.update(until=ended)
        assert not directory(viewer_of(chair.user, TODAY)).exists()

    def test_an_account_that_is_no_member_is_a_stranger(self, home, django_user_model):
        user = django_user_model.objects.create_user("other@example.org")
        assert viewer_of(user, TODAY) == STRANGER

    def test_the_secretariat_sees_what_members_see_and_no_more(self, amina, admin_user):
        show(amina, "groups")
        assert not directory(viewer_of(admin_user, TODAY)).exists()
        show(amina, "members")
        assert directory(viewer_of(admin_user, TODAY)).exists()


class TestPages:
    def test_strangers_see_public_members_and_never_an_address(self, client, amina):
        make_member("kofi@example.org", "Kofi Mfano", level="members")
        page = client.get("/members/").content.decode()
        assert "Amina Mfano" in page
        assert "Kofi Mfano" not in page
        assert "amina@" not in page
        assert "amina@" not in client.get(amina.get_absolute_url()).content.decode()

    def test_who_hides_is_gone_at_the_next_request(self, client, amina, settings):
        settings.PAGE_CACHE_SECONDS = 60
        assert "Amina" in client.get("/members/").content.decode()
        show(amina, "hidden")
        assert "Amina" not in client.get("/members/").content.decode()
        assert client.get(amina.get_absolute_url()).status_code == 404

    def test_only_public_profiles_are_for_search_engines(self, client, amina):
        assert "X-Robots-Tag" not in client.get(amina.get_absolute_url()).headers
        show(amina, "members")
        client.force_login(make_member("kofi@example.org", "Kofi Mfano").user)
        assert client.get(amina.get_absolute_url()).headers["X-Robots-Tag"] == "noindex"

    def test_strangers_are_not_told_what_a_member_was_shown_before(self, client, amina):
        show(amina, "public", about="members", country="members")
        client.force_login(make_member("kofi@example.org", "Kofi Mfano").user)
        assert "Budgets." in client.get(amina.get_absolute_url()).content.decode()
        client.logout()
        page = client.get(amina.get_absolute_url()).content.decode()
        assert "Budgets." not in page
        assert "Amina" in page

    def test_pages_lead_forth_and_back_over_everybody_once(self, client, home):
        names = [f"Member {number:03}" for number in range(60)]
        for number, name in enumerate(names):
            make_member(f"m{number}@example.org", name, level="public")
        seen, url, pages = [], "", []
        while True:
            answer = client.get(f"/members/{url}")
            pages.append([line.name for line in answer.context["listing"].people])
            seen += pages[-1]
            if not (url := answer.context["listing"].pager.next_url):
                break
        assert seen == names
        back = client.get(f"/members/{answer.context['listing'].pager.previous_url}")
        assert [line.name for line in back.context["listing"].people] == pages[-2]

    @pytest.mark.parametrize("place", ["x", "~", "a~b", f"{'x' * 300}~{uuid.uuid4()}", "\x00~1"])
    def test_a_place_that_nobody_wrote_is_not_found(self, client, home, place):
        assert client.get("/members/", {"after": place}).status_code == 404

    def test_filters_that_nothing_is_called_are_left_out(self, client, amina):
        answer = client.get("/members/", {"country": ["xx", "ke"], "theme": "nonsense"})
        assert [chip.label for chip in answer.context["listing"].narrowing.chips] == ["Kenya"]
        assert answer.context["listing"].number == 1

    def test_the_number_of_queries_does_not_grow_with_members(self, client, amina, count_queries):
        client.force_login(amina.user)
        before = count_queries("/members/?region=africa&theme=subnational-finance&q=a")
        for number in range(30):
            member = make_member(f"m{number}@example.org", f"Ali {number}", level="public")
            member.themes.set(amina.themes.all())
            member.regions.set(amina.regions.all())
        assert count_queries("/members/?region=africa&theme=subnational-finance&q=a") == before

    def test_a_tab_leads_to_the_institutions_and_back(self, client, home):
        partner = Organisation.objects.create(name="Example Institute")
        assert 'href="/institutions/"' in client.get("/members/").text
        page = client.get("/institutions/").text
        assert partner.get_absolute_url() in page
        assert 'href="/members/map/"' in page
