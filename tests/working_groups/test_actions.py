import datetime

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import call_command
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Workflow,
    WorkflowPage,
)

from people.models import Person
from working_groups import actions
from working_groups.models import GroupAccess, Role, WorkingGroupPage

from .conftest import SINCE, add_group

TODAY = datetime.date(2026, 11, 22)


def rights() -> tuple:
    return (
        sorted(GroupPagePermission.objects.values_list("group", "page", "permission")),
        sorted(GroupCollectionPermission.objects.values_list("group", "collection", "permission")),
        sorted(Group.permissions.through.objects.values_list("group", "permission")),
        sorted(WorkflowPage.objects.values_list("page", "workflow")),
        sorted(Group.objects.values_list("name", flat=True)),
        sorted(Collection.objects.values_list("name", flat=True)),
    )


def test_a_new_group_gets_its_rights_and_its_collection(network):
    access = network.africa.access
    assert access.user_group.name == "Co-chairs: Africa"
    assert access.collection.get_parent().name == "Working groups"
    verbs = access.user_group.page_permissions.values_list("page", "permission__codename")
    assert sorted(verbs) == [
        (network.africa.pk, "add_page"),
        (network.africa.pk, "change_page"),
    ]


def test_setting_up_rights_again_changes_nothing(network):
    before = rights()
    call_command("setup_rights")
    call_command("setup_rights")
    assert rights() == before


def test_setting_up_rights_takes_away_what_was_given_by_hand(network):
    group = network.africa.access.user_group
    before = rights()
    GroupPagePermission.objects.create(group=group, page=network.asia, permission_type="publish")
    actions.set_up_rights(TODAY)
    assert rights() == before


def test_two_groups_of_the_same_title_keep_their_own_rights(network):
    twin = add_group("Africa", "africa-two")
    assert twin.access.user_group != network.africa.access.user_group
    assert twin.access.collection != network.africa.access.collection


def test_rights_follow_a_new_title(network):
    network.africa.title = "Sub-Saharan Africa"
    network.africa.save()
    actions.ensure_access(network.africa)
    access = GroupAccess.objects.get(working_group=network.africa)
    assert access.user_group.name == "Co-chairs: Sub-Saharan Africa"
    assert access.collection.name == "Sub-Saharan Africa"


def test_a_translation_belongs_to_the_same_co_chairs(network):
    french = next(
        locale
        for locale in type(network.africa.locale).objects.all()
        if locale.language_code == "fr"
    )
    translation = network.africa.copy_for_translation(french, copy_parents=True)
    assert GroupAccess.objects.count() == 2
    assert translation.permissions_for_user(network.amina).can_edit()
    assert not translation.permissions_for_user(network.arif).can_edit()
    assert WorkflowPage.objects.filter(page=translation).exists()


def test_rights_do_not_outlive_their_group(network):
    name = network.asia.access.user_group.name
    network.asia.delete()
    assert not Group.objects.filter(name=name).exists()


def test_wagtails_own_groups_and_workflow_go(network):
    assert not Group.objects.filter(name__in=("Editors", "Moderators")).exists()
    assert not Workflow.objects.filter(name="Moderators approval", active=True).exists()


def test_groups_and_blog_go_through_the_approval_of_the_secretariat(network):
    for page in (network.africa, network.asia, network.blog):
        assert page.get_workflow().name == actions.WORKFLOW
    assert [str(group) for group in Group.objects.filter(approvaltask__isnull=False)] == [
        "Secretariat"
    ]


def members(group: WorkingGroupPage) -> set[str]:
    return set(group.access.user_group.user_set.values_list("name", flat=True))


def test_people_in_office_have_the_rights_of_their_groups(network):
    assert members(network.africa) == {"Amina", "Aziz"}
    assert members(network.asia) == {"Arif", "Aziz"}


def test_rights_end_the_day_after_the_term(network):
    role = Role.objects.get(person__user=network.amina)
    actions.end_term(role, on=TODAY)
    actions.sync_rights(TODAY)
    assert "Amina" in members(network.africa)
    actions.sync_rights(TODAY + datetime.timedelta(days=1))
    assert "Amina" not in members(network.africa)


def test_rights_begin_with_the_term_and_not_before(network):
    person = Person.objects.get(user=network.arif)
    later = datetime.date(2030, 1, 1)
    actions.appoint(person, network.africa, Role.Title.COORDINATOR, since=later)
    actions.sync_rights(TODAY)
    assert "Arif" not in members(network.africa)
    actions.sync_rights(later)
    assert "Arif" in members(network.africa)


def test_core_members_do_not_edit(network):
    actions.appoint(
        Person.objects.get(user=network.arif), network.africa, "core-member", since=SINCE
    )
    assert "Arif" not in members(network.africa)


def test_a_deleted_role_takes_its_rights_along(network):
    Role.objects.filter(person__user=network.amina).first().delete()
    assert members(network.africa) == {"Aziz"}


def test_somebody_put_into_a_group_by_hand_does_not_stay(network):
    network.africa.access.user_group.user_set.add(network.arif)
    call_command("sync_rights")
    assert "Arif" not in members(network.africa)


def test_rights_go_with_the_account(network):
    person = Person.objects.get(user=network.amina)
    person.user = None
    person.save()
    assert members(network.africa) == {"Aziz"}


def test_appointing_twice_gives_one_role(network):
    person = Person.objects.get(user=network.amina)
    again = actions.appoint(person, network.africa, "co-chair", since=TODAY)
    assert again.since == SINCE
    assert Role.objects.filter(person=person).count() == 1


def test_a_fifth_co_chair_is_refused(network):
    for number in range(3, 5):
        person = Person.objects.create(name=f"Person {number}", slug=f"person-{number}")
        actions.appoint(person, network.africa, "co-chair", since=SINCE)
    fifth = Person.objects.create(name="Fifth", slug="fifth")
    with pytest.raises(ValidationError, match="at most 4"):
        actions.appoint(fifth, network.africa, "co-chair", since=SINCE)
