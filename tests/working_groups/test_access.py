"""What co-chairs may see and do: their own group’s pages and files, and no other group’s."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from files.models import SiteDocument, SiteImage
from working_groups.access import visible_pages
from working_groups.models import Role

DENIED = {302, 403, 404}

# Each action by its address, for a page that belongs to somebody.
PAGE_SCREENS = [
    "wagtailadmin_pages:edit",
    "wagtailadmin_pages:copy",
    "wagtailadmin_pages:move",
    "wagtailadmin_pages:delete",
    "wagtailadmin_pages:history",
    "wagtailadmin_pages:view_draft",
    "wagtailadmin_pages:preview_on_edit",
    "wagtailadmin_pages:usage",
    "wagtailadmin_pages:workflow_history",
    "wagtailadmin_pages:unpublish",
    "wagtailadmin_pages:set_privacy",
]
OWN_DRAFT_SCREENS = [
    "wagtailadmin_pages:edit",
    "wagtailadmin_pages:copy",
    "wagtailadmin_pages:move",
    "wagtailadmin_pages:delete",
    "wagtailadmin_pages:history",
    "wagtailadmin_pages:view_draft",
    "wagtailadmin_pages:workflow_history",
]


def is_denied(response) -> bool:
    """Wagtail answers “no” with 403, or by sending people to the dashboard."""
    if response.status_code == 302:
        return response.url == reverse("wagtailadmin_home")
    return response.status_code in DENIED


def opened(client, page, screens=PAGE_SCREENS) -> list[str]:
    """Return which of the screens of a page open for this person."""
    return [s for s in screens if not is_denied(client.get(reverse(s, args=[page.pk])))]


def test_co_chairs_reach_the_screens_of_their_own_draft(network):
    page = network.post(network.africa, "Our draft")
    assert opened(network.client(network.amina), page, OWN_DRAFT_SCREENS) == OWN_DRAFT_SCREENS


@pytest.mark.parametrize("live", [True, False])
def test_no_screen_of_another_groups_page_opens(network, live):
    page = network.post(network.asia, "Their page", live=live)
    assert opened(network.client(network.amina), page) == []


def test_no_screen_of_another_group_or_of_the_secretariat_opens(network):
    client = network.client(network.amina)
    assert opened(client, network.asia) == []
    assert opened(client, network.blog) == []
    assert opened(client, network.home) == []


def test_the_secretariat_opens_the_screens_of_every_group(network):
    page = network.post(network.asia, "Their page", live=True)
    assert opened(network.client(network.sara), page) == PAGE_SCREENS


def test_posting_to_a_screen_of_another_groups_page_changes_nothing(network):
    page = network.post(network.asia, "Their page")
    client = network.client(network.amina)
    data = {"title": "Ours now", "new_parent_page": network.africa.pk, "new_slug": "ours"}
    for screen in PAGE_SCREENS:
        client.post(reverse(screen, args=[page.pk]), data)
        after = Page.objects.get(pk=page.pk)
        assert (after.title, after.draft_title, after.path) == (page.title, page.title, page.path)
    assert not Page.objects.filter(slug="ours").exists()


def test_pages_are_added_only_below_ones_own_group(network):
    client = network.client(network.amina)
    address = "wagtailadmin_pages:add"
    own = client.get(reverse(address, args=["blog", "blogpage", network.africa.pk]))
    assert own.status_code == 200
    for parent in (network.asia, network.blog, network.home):
        assert is_denied(client.get(reverse(address, args=["blog", "blogpage", parent.pk])))
        assert is_denied(client.get(reverse("wagtailadmin_pages:add_subpage", args=[parent.pk])))


def test_a_published_page_of_ones_own_is_edited_as_a_draft(network):
    page = network.post(network.africa, "Published", live=True)
    rights = page.permissions_for_user(network.amina)
    assert rights.can_edit()
    assert not rights.can_publish()
    assert not rights.can_unpublish()
    assert not rights.can_delete()


def test_co_chairs_edit_their_groups_page_but_never_delete_it(network):
    type(network.africa).objects.filter(pk=network.africa.pk).update(live=False)
    network.africa.refresh_from_db()
    rights = network.africa.permissions_for_user(network.amina)
    assert rights.can_edit()
    assert not rights.can_delete()
    assert not rights.can_move()
    assert network.africa.permissions_for_user(network.sara).can_delete()


def test_a_group_that_is_still_a_draft_is_not_deleted_in_bulk_either(network):
    type(network.africa).objects.filter(pk=network.africa.pk).update(live=False)
    address = f"/admin/bulk/wagtailcore/page/delete/?id={network.africa.pk}"
    network.client(network.amina).post(address, {"confirm": "yes"})
    assert type(network.africa).objects.filter(pk=network.africa.pk).exists()
    own = network.post(network.africa, "A draft of ours")
    address = f"/admin/bulk/wagtailcore/page/delete/?id={own.pk}"
    network.client(network.amina).post(address, {"confirm": "yes"})
    assert not Page.objects.filter(pk=own.pk).exists()


def test_other_groups_revisions_stay_closed(network):
    page = network.post(network.asia, "Their page")
    client, revision = network.client(network.amina), page.get_latest_revision()
    screens = {
        "revisions_view": [revision.pk],
        "revisions_revert": [revision.pk],
        "revisions_compare": ["earliest", revision.pk],
        "workflow_preview": [page.get_workflow().tasks.first().pk],
    }
    for screen, arguments in screens.items():
        address = reverse(f"wagtailadmin_pages:{screen}", args=[page.pk, *arguments])
        assert is_denied(client.get(address)), screen


# Explorer, search, choosers -------------------------------------------------------------------


def test_the_explorer_shows_only_ones_own_groups(network):
    network.post(network.africa, "Ours in the explorer")
    network.post(network.asia, "Theirs in the explorer")
    client = network.client(network.amina)
    start = client.get("/admin/pages/", follow=True).content.decode()
    assert "Ours in the explorer" in start
    assert "Theirs in the explorer" not in start
    theirs = client.get(f"/admin/pages/{network.asia.pk}/", follow=True).content.decode()
    assert "Theirs in the explorer" not in theirs
    both = network.client(network.aziz).get("/admin/pages/", follow=True).content.decode()
    assert "Africa" in both
    assert "Asia" in both


def test_the_search_of_the_admin_finds_only_ones_own(network):
    network.post(network.africa, "Notes about budgets")
    network.post(network.asia, "Figures about budgets")
    answer = network.client(network.amina).get("/admin/pages/search/?q=budgets").content.decode()
    assert "Notes about" in answer
    assert "Figures about" not in answer


def test_reports_show_nothing_of_other_groups(network):
    page = network.post(network.asia, "A secret draft", owner=network.arif)
    page.get_workflow().start(page, network.arif)
    client = network.client(network.amina)
    for report in ("aging-pages", "page-types-usage", "workflow", "workflow_tasks", "site-history"):
        content = client.get(f"/admin/reports/{report}/").content.decode()
        assert "A secret draft" not in content, report


def test_the_api_of_the_admin_shows_only_ones_own(network):
    page = network.post(network.asia, "Their draft")
    client = network.client(network.amina)
    assert client.get(f"/admin/api/main/pages/{page.pk}/").status_code == 404
    for action in ("move", "copy", "delete", "publish"):
        response = client.post(
            f"/admin/api/main/pages/{page.pk}/action/{action}/",
            {"destination_page_id": network.africa.pk, "destination": network.africa.pk},
        )
        assert response.status_code >= 400
    assert Page.objects.filter(pk=page.pk, path=page.path, live=False).exists()


def test_visible_are_ones_own_and_what_is_published_and_nobodys(network):
    own = network.post(network.africa, "Own draft")
    foreign = network.post(network.asia, "Foreign", live=True)
    visible = visible_pages(Page.objects.all(), network.amina)
    assert {own.pk, network.africa.pk, network.blog.pk} <= set(visible.values_list("pk", flat=True))
    assert not visible.filter(pk__in=[foreign.pk, network.asia.pk]).exists()
    assert visible_pages(Page.objects.all(), network.sara).filter(pk=foreign.pk).exists()


@pytest.mark.parametrize("live", [True, False])
def test_choosers_leave_other_groups_out(network, live):
    network.post(network.africa, "Choose me, ours", live=True)
    foreign = network.post(network.asia, "Choose me, theirs", live=live)
    client = network.client(network.amina)
    found = client.get("/admin/choose-page/search/?q=Choose").content.decode()
    assert "ours" in found
    assert "theirs" not in found
    index = network.asia.get_parent()
    branch = client.get(f"/admin/choose-page/{index.pk}/").content.decode()
    assert "Africa" in branch
    assert "Asia" not in branch
    assert is_denied(client.get(f"/admin/choose-page/{network.asia.pk}/"))
    assert is_denied(client.get(f"/admin/choose-page/{foreign.pk}/"))
    chosen = client.get(f"/admin/choose-page/chosen-multiple/?id={foreign.pk}&id=x")
    assert "theirs" not in chosen.content.decode()


def test_the_secretariat_chooses_from_everything(network):
    foreign = network.post(network.asia, "Choose me, theirs")
    client = network.client(network.sara)
    assert "theirs" in client.get("/admin/choose-page/search/?q=Choose").content.decode()
    chosen = client.get(f"/admin/choose-page/chosen-multiple/?id={foreign.pk}")
    assert "theirs" in chosen.content.decode()


# Moving and copying ---------------------------------------------------------------------------


def move(network, user, page, destination):
    address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, destination.pk])
    network.client(user).post(address)
    page.refresh_from_db()
    return page.get_parent().pk == destination.pk


def test_somebody_in_two_groups_cannot_mix_them(network):
    page = network.post(network.africa, "A draft")
    assert not move(network, network.aziz, page, network.asia)
    assert move(network, network.sara, page, network.asia)
    page.refresh_from_db()
    assert page.group == network.asia


def test_moving_in_bulk_does_not_mix_groups_either(network):
    page = network.post(network.africa, "A draft")
    address = f"/admin/bulk/wagtailcore/page/move/?id={page.pk}&childOf={network.africa.pk}"
    network.client(network.aziz).post(address, {"chooser": network.asia.pk})
    page.refresh_from_db()
    assert page.get_parent().pk == network.africa.pk


def test_nothing_is_copied_into_another_group(network):
    page = network.post(network.africa, "A draft")
    data = {
        "new_title": "Copied",
        "new_slug": "copied",
        "new_parent_page": network.asia.pk,
        "copy_subpages": "",
    }
    network.client(network.amina).post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)
    assert not Page.objects.filter(slug="copied").exists()


# Files ----------------------------------------------------------------------------------------


@pytest.fixture
def files(network):
    def add(group, title):
        collection = group.access.collection
        image = SiteImage.objects.create(
            title=f"{title} image", file=get_test_image_file(), collection=collection
        )
        document = SiteDocument.objects.create(
            title=f"{title} paper", file=ContentFile(b"words", "a.txt"), collection=collection
        )
        return image, document

    return {"own": add(network.africa, "Own"), "foreign": add(network.asia, "Foreign")}


@pytest.mark.parametrize(("number", "app"), [(0, "wagtailimages"), (1, "wagtaildocs")])
@pytest.mark.parametrize("screen", ["edit", "delete"])
def test_files_are_edited_only_in_ones_own_collection(network, files, number, app, screen):
    client = network.client(network.amina)
    own, foreign = files["own"][number], files["foreign"][number]
    assert client.get(reverse(f"{app}:{screen}", args=[own.pk])).status_code == 200
    assert is_denied(client.get(reverse(f"{app}:{screen}", args=[foreign.pk])))
    client.post(reverse(f"{app}:{screen}", args=[foreign.pk]), {"title": "Taken"})
    foreign.refresh_from_db()
    assert foreign.title != "Taken"


def test_lists_of_files_leave_other_groups_out(network, files):
    client = network.client(network.amina)
    for address in ("images/", "images/chooser/", "documents/", "documents/chooser/"):
        content = client.get(f"/admin/{address}").content.decode()
        assert "Own " in content, address
        assert "Foreign " not in content, address


def test_a_foreign_file_cannot_be_chosen(network, files):
    image, document = files["foreign"]
    client = network.client(network.amina)
    assert is_denied(client.get(f"/admin/images/chooser/chosen/{image.pk}/"))
    assert is_denied(client.get(f"/admin/documents/chooser/chosen/{document.pk}/"))


# Lists of the secretariat ---------------------------------------------------------------------

SECRETARIAT_SCREENS = [
    "/admin/people-in-office/",
    "/admin/people-in-office/create/",
    "/admin/snippets/taxonomy/region/",
    "/admin/snippets/taxonomy/theme/add/",
    "/admin/snippets/taxonomy/sector/",
    "/admin/snippets/taxonomy/country/",
    "/admin/snippets/people/person/",
    "/admin/snippets/people/person/add/",
    "/admin/snippets/people/organisation/",
    "/admin/settings/pages/sitesettings/",
    "/admin/deliveries/",
    "/admin/users/",
    "/admin/redirects/",
]


def reaches(client, address: str) -> bool:
    """Say whether the address, or the one it leads on to, opens."""
    response = client.get(address)
    if response.status_code == 302 and response.url.startswith(address):
        response = client.get(response.url)
    return not is_denied(response)


def test_the_secretariat_keeps_people_and_vocabularies(network):
    client = network.client(network.sara)
    assert [s for s in SECRETARIAT_SCREENS if not reaches(client, s)] == []


def test_co_chairs_do_not(network):
    client = network.client(network.amina)
    assert [s for s in SECRETARIAT_SCREENS if reaches(client, s)] == []


def test_what_only_administrators_set_is_closed_to_the_secretariat(network):
    client = network.client(network.sara)
    for address in ("groups/", "workflows/list/", "sites/", "locales/"):
        assert is_denied(client.get(f"/admin/{address}")), address


def test_nobody_appoints_themselves(network):
    role = Role.objects.get(person__user=network.amina)
    data = {
        "person": role.person.pk,
        "group": network.asia.pk,
        "title": "co-chair",
        "since": "2026-01-01",
        "until": "",
    }
    network.client(network.amina).post("/admin/people-in-office/create/", data)
    assert not network.asia.roles.filter(person=role.person).exists()
    network.client(network.sara).post("/admin/people-in-office/create/", data)
    assert network.asia.roles.filter(person=role.person).exists()
    assert network.asia.permissions_for_user(network.amina).can_edit()
