"""From draft to published, with every mail on the way."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import TaskState, WorkflowState, WorkflowTask

from accounts.actions import open_account
from mail.models import Delivery
from working_groups.models import ApprovalTask


@pytest.fixture
def page(network):
    return network.post(network.africa, "What councils decide", owner=network.amina)


def submit(network, page, user=None):
    return page.get_workflow().start(page, user or network.amina)


def decide(network, page, action, comment=None, user=None, ajax=True):
    """Do what the buttons on the dashboard and in the editor do."""
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    headers = {"x-requested-with": "XMLHttpRequest"} if ajax else {}
    data = {} if comment is None else {"comment": comment}
    return network.client(user or network.sara).post(address, data, headers=headers)


def told(purpose=None) -> list[tuple[str, str]]:
    """Return who was written to about what, in order."""
    rows = Delivery.objects.order_by("created_at").values_list("purpose", "recipient")
    return [
        (about, address.partition("@")[0]) for about, address in rows if purpose in (None, about)
    ]


def last_mail() -> Delivery:
    return Delivery.objects.latest("created_at")


def test_submitting_asks_the_secretariat_with_a_link_to_the_right_screen(network, page):
    submit(network, page)
    assert told() == [("page_submitted", "sara")]
    message = last_mail()
    assert message.subject == "Please read: “What councils decide”"
    assert f"http://127.0.0.1:8000/admin/pages/{page.pk}/edit/" in message.body
    assert f"/admin/pages/{page.pk}/edit/" in message.html
    assert network.client(network.sara).get(f"/admin/pages/{page.pk}/edit/").status_code == 200


def test_approving_publishes_and_tells_the_author(network, page):
    submit(network, page)
    decide(network, page, "approve", "")
    page.refresh_from_db()
    assert page.live
    assert told()[1:] == [("page_approved", "amina")]
    assert page.full_url in last_mail().body
    assert "adds:" not in last_mail().body


def test_a_comment_on_approving_reaches_the_author(network, page):
    submit(network, page)
    decide(network, page, "approve", "Lovely; please add a picture next time.")
    assert told("page_approved") == [("page_approved", "amina")]
    assert "Lovely; please add a picture next time." in last_mail().body
    assert "Sara Secretary adds:" in last_mail().body


def test_a_refusal_reaches_the_author_with_its_reason(network, page):
    submit(network, page)
    decide(network, page, "reject", "The second figure is from 2019.")
    page.refresh_from_db()
    assert not page.live
    assert page.current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert told()[1:] == [("page_refused", "amina")]
    assert "The second figure is from 2019." in last_mail().body


@pytest.mark.parametrize("reason", [None, "", "   \n"])
def test_nobody_refuses_without_a_reason(network, page, reason):
    submit(network, page)
    response = decide(network, page, "reject", reason)
    assert "This field is required" in response.content.decode()
    assert page.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    assert told("page_refused") == []


def test_going_round_the_form_does_not_help(network, page):
    submit(network, page)
    state = page.current_workflow_task_state
    with pytest.raises(PermissionDenied):
        state.task.specific.on_action(state, network.sara, "reject", comment=" ")
    assert told("page_refused") == []


def test_the_form_for_refusing_says_what_it_is_for(network, page):
    submit(network, page)
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", state.pk])
    content = network.client(network.sara).get(address).json()["html"]
    assert "What should change, and why?" in content


@pytest.fixture
def second_step(network):
    """A second reader after the secretariat."""
    group = Group.objects.create(name="Board")
    board = open_account("board@example.org", name="Board Member")
    board.groups.add(group, Group.objects.get(name="Secretariat"))
    task = ApprovalTask.objects.create(name="The Board approves")
    task.groups.add(group)
    workflow = network.africa.get_workflow()
    WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr, sort_order=5)
    return board


def test_a_comment_at_the_first_of_two_steps_reaches_the_author(network, page, second_step):
    submit(network, page)
    decide(network, page, "approve", "Fine with me.")
    assert told("step_approved") == [("step_approved", "amina")]
    assert "Fine with me." in Delivery.objects.get(purpose="step_approved").body
    assert ("page_submitted", "board") in told()
    assert told("page_approved") == []


def test_a_refusal_at_the_second_step_tells_author_and_first_reader(network, page, second_step):
    submit(network, page)
    decide(network, page, "approve", "")
    page = type(page).objects.get(pk=page.pk)
    decide(network, page, "reject", "Not yet.", user=second_step)
    assert told("page_refused") == [("page_refused", "amina")]
    assert told("page_refused_after_you") == [("page_refused_after_you", "sara")]
    assert "Not yet." in Delivery.objects.get(purpose="page_refused").body


def test_who_sent_a_page_back_is_not_told_that_it_no_longer_waits(network, page):
    submit(network, page)
    decide(network, page, "reject", "Please name the source.")
    WorkflowState.objects.get().cancel(user=network.amina)
    assert told("page_withdrawn") == []


def test_withdrawing_tells_the_secretariat(network, page):
    state = submit(network, page)
    state.cancel(user=network.amina)
    assert told()[1:] == [("page_withdrawn", "sara")]


def test_a_page_that_somebody_else_takes_back_tells_its_author(network, page):
    state = submit(network, page)
    state.cancel(user=network.sara)
    assert told()[1:] == [("approval_ended", "amina")]


def test_publishing_over_the_queue_tells_the_author(network, page):
    submit(network, page)
    page.get_latest_revision().publish(user=network.sara)
    assert told()[1:] == [("approval_ended", "amina")]


def test_submitting_again_after_a_refusal_asks_again(network, page):
    submit(network, page)
    decide(network, page, "reject", "Shorter, please.")
    page = type(page).objects.get(pk=page.pk)
    page.current_workflow_state.resume(network.amina)
    assert told("page_submitted") == [("page_submitted", "sara")] * 2


def test_authors_are_not_written_to_about_their_own_doing(network):
    page = network.post(network.africa, "By the secretariat", owner=network.sara)
    submit(network, page, network.sara)
    decide(network, page, "approve", "")
    assert told() == []


def test_people_who_switched_a_mail_off_do_not_get_it(network, page):
    profile = network.sara.wagtail_userprofile
    profile.submitted_notifications = False
    profile.save()
    submit(network, page)
    assert told() == []


def test_mails_come_in_the_language_of_their_reader(network):
    page = network.post(network.asia, "Title", owner=network.arif)
    submit(network, page, network.arif)
    decide(network, page, "reject", "Trop long.")
    assert 'lang="fr"' in last_mail().html


def test_wagtail_sends_no_mails_of_its_own(network, page):
    submit(network, page)
    decide(network, page, "reject", "Shorter, please.")
    page = type(page).objects.get(pk=page.pk)
    page.current_workflow_state.resume(network.amina)
    decide(network, page, "approve", "")
    assert {about for about, _ in told()} == {"page_submitted", "page_refused", "page_approved"}


def test_a_week_of_waiting_brings_one_reminder(network, page):
    submit(network, page)
    call_command("remind_reviewers")
    assert told("review_reminder") == []
    week_ago = TaskState.objects.get().started_at - datetime.timedelta(days=8)
    TaskState.objects.update(started_at=week_ago)
    call_command("remind_reviewers")
    call_command("remind_reviewers")
    assert told("review_reminder") == [("review_reminder", "sara")]


def test_decided_pages_bring_no_reminder(network, page):
    submit(network, page)
    decide(network, page, "approve", "")
    TaskState.objects.update(
        started_at=TaskState.objects.get().started_at - datetime.timedelta(days=30)
    )
    call_command("remind_reviewers")
    assert told("review_reminder") == []


def test_co_chairs_do_not_approve_their_own_pages(network, page):
    submit(network, page)
    decide(network, page, "approve", "", user=network.amina)
    page.refresh_from_db()
    assert not page.live
