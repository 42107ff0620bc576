"""What members will hear next, as lists and as mails, and holding it back."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from accounts.models import User
from mail.message import Message
from mail.models import Cadence, Topic
from mail.showing import MAY_OPEN_LINKS, framed, html_answer
from members.actions import holding_back
from members.actions.holding_back import News
from members.models import Item
from members.topics import by_value
from members.updates import audience, clock, coming, sample
from members.updates.sample import Reader
from pages.models import SitePage

from .screens import Screen

MAY_SEE, MAY_CHANGE = "members.view_item", "members.change_item"
DIGESTS = [(Cadence.DAILY, _("daily")), (Cadence.WEEKLY, _("weekly"))]
LIST = ("coming_updates", _("Next updates"))
MOST_HELD_BACK = 50


class ComingUpdates(Screen):
    """What is told within minutes and with the next digests, and what was taken back."""

    right = MAY_SEE
    template_name = "members/admin/updates.html"
    page_title = _("Next updates")
    header_icon = "mail"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now, zone = timezone.now(), _zone_of(self.request.user)
        digests = [coming.next_digest(cadence, zone, now) for cadence, _label in DIGESTS]
        held_back = holding_back.held_back(now).select_related("page").order_by("-hidden_at")
        return super().get_context_data(**kwargs) | {
            "settling": coming.settling(now),
            "digests": digests,
            "zone": clock.clock_of(zone),
            "items": {item.pk: item for digest in digests for item in digest.items}.values(),
            "held_back": held_back[:MOST_HELD_BACK],
            "may_change": self.request.user.has_perm(MAY_CHANGE),
        }


class ReaderForm(forms.Form):
    """In which language a mail is shown."""

    language = forms.ChoiceField(label=_("Language of the reader"), choices=settings.LANGUAGES)


class DigestForm(ReaderForm):
    """Which digest, for somebody who follows what."""

    cadence = forms.ChoiceField(label=_("Digest"), choices=DIGESTS)
    topic = forms.ChoiceField(label=_("For somebody who follows"), required=False)

    field_order = ("cadence", "topic", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = [(value, topic.label) for value, topic in by_value().items()]
        self.fields["topic"].choices = [("", _("everything")), *labels]

    def topics(self) -> list[Topic]:
        """Return the topics that the reader of the mail follows."""
        topics = Topic.objects.order_by("kind", "slug")
        if value := self.cleaned_data["topic"]:
            kind, _colon, slug = value.partition(":")
            topics = topics.filter(kind=kind, slug=slug)
        return list(topics)


class DigestMail(Screen):
    """The next digest as a mail."""

    right, above = MAY_SEE, LIST
    template_name = "members/admin/update_mail.html"
    page_title = _("The next digest as a mail")
    header_icon = "mail"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = _digest_form(self.request)
        query = urlencode({name: form[name].value() for name in form.fields})
        return super().get_context_data(**kwargs) | {
            "form": form,
            "mail": _digest(form, self.request.user),
            "html_url": f"{reverse('digest_mail_html')}?{query}",
            "sandbox": MAY_OPEN_LINKS,
        }


@require_safe
@framed
def digest_html(request: HttpRequest) -> HttpResponse:
    """Serve the HTML of the next digest."""
    if not request.user.has_perm(MAY_SEE):
        raise PermissionDenied
    mail = _digest(_digest_form(request), request.user)
    return html_answer(mail.html if mail else "")


class PageMail(Screen):
    """The mail that tells of one page at once, for those who may edit the page."""

    right = "wagtailadmin.access_admin"
    template_name = "members/admin/update_mail.html"
    page_title = _("The mail to followers")
    header_icon = "mail"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = _edited(self.request, self.kwargs["pk"])
        form = _reader_form(self.request, page.language)
        html = reverse("page_mail_html", args=[page.pk])
        return super().get_context_data(**kwargs) | {
            "form": form,
            "about": page,
            "said": audience.in_words(page),
            "mail": _instant(page, form, self.request.user),
            "html_url": f"{html}?{urlencode({'language': form['language'].value()})}",
            "sandbox": MAY_OPEN_LINKS,
        }

    def get_way_up(self) -> dict:
        edit = reverse("wagtailadmin_pages:edit", args=[self.kwargs["pk"]])
        return {"url": edit, "label": gettext("The page")}


@require_safe
@framed
def page_html(request: HttpRequest, pk: int) -> HttpResponse:
    """Serve the HTML of the mail that tells of a page."""
    page = _edited(request, pk)
    mail = _instant(page, _reader_form(request, page.language), request.user)
    return html_answer(mail.html)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell nobody of a page any more."""
    if not request.user.has_perm(MAY_CHANGE):
        raise PermissionDenied
    page = get_object_or_404(SitePage, pk=pk).specific
    what = request.POST.get("what", Item.What.PUBLISHED)
    if what not in Item.What.values:
        raise Http404
    if holding_back.take_back(News(page, what), request.user, timezone.now()):
        messages.success(request, _taken_back(page, what))
    else:
        messages.info(request, gettext("It was taken back before."))
    return redirect("coming_updates")


@require_POST
def tell_after_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Let something stand in digests again."""
    if not request.user.has_perm(MAY_CHANGE):
        raise PermissionDenied
    item = get_object_or_404(Item, pk=pk)
    if holding_back.tell_after_all(item, request.user):
        messages.success(request, gettext("It stands in the next digests again."))
    return redirect("coming_updates")


def _taken_back(page: SitePage, what: str) -> str:
    item = Item.objects.get(family=page.translation_key, what=what)
    words = gettext("Nobody is told of it any more.")
    if number := holding_back.told_already(item):
        before = ngettext(
            "%(number)s person had been written to at once before.",
            "%(number)s people had been written to at once before.",
            number,
        )
        words = f"{words} {before % {'number': number}}"
    return words


def _edited(request: HttpRequest, pk: int) -> SitePage:
    """Return a page as it was saved last, if this person may edit it and it is told to anybody."""
    page = get_object_or_404(Page, pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if not getattr(page.specific_class, "is_told", False):
        raise Http404("Nobody is told of pages of this kind.")
    return page.specific.get_latest_revision_as_object()


def _digest_form(request: HttpRequest) -> DigestForm:
    asked = {"cadence": Cadence.WEEKLY.value, "topic": "", "language": request.user.language}
    form = DigestForm(asked | {name: request.GET[name] for name in asked if name in request.GET})
    if not form.is_valid():
        form = DigestForm(asked)
        form.full_clean()
    return form


def _reader_form(request: HttpRequest, language: str) -> ReaderForm:
    form = ReaderForm({"language": request.GET.get("language", language)})
    if not form.is_valid():
        form = ReaderForm({"language": settings.LANGUAGE_CODE})
        form.full_clean()
    return form


def _digest(form: DigestForm, user: User) -> Message | None:
    reader = Reader(form.cleaned_data["language"], _zone_of(user))
    cadence = Cadence(form.cleaned_data["cadence"])
    return sample.digest_mail(cadence, form.topics(), reader, timezone.now())


def _instant(page: SitePage, form: ReaderForm, user: User) -> Message:
    reader = Reader(form.cleaned_data["language"], _zone_of(user))
    return sample.instant_mail(page, reader, timezone.now())


def _zone_of(user: User) -> str:
    return user.time_zone or "UTC"
