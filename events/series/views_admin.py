"""Series of meetings in the admin, for those who may add pages where the meetings stand."""

import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from events.clashes import audience, clashing
from events.models import EventIndexPage, EventPage, Series
from working_groups.access import may_edit_below
from working_groups.models import WorkingGroupPage

from .actions import make_another, make_drafts
from .forms import AnotherForm, SeriesForm
from .planning import Hours, hours, plan
from .rules import same_weekday_later


class Screen(WagtailAdminTemplateMixin, TemplateView):
    """A screen about the meetings below one page; others may not see it."""

    header_icon = "date"
    http_method_names = ["get", "head", "post"]
    below: Page

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.below = self.find_place(**kwargs)

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not may_edit_below(self.below, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def find_place(self, **kwargs) -> Page:
        """Return the page below which the meetings stand."""
        raise NotImplementedError

    def get_page_subtitle(self) -> str:
        return self.below.title

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]


class SeriesList(Screen):
    """The series of a group, or of the calendar, and the form for a new one."""

    template_name = "events/admin/series_list.html"
    page_title = gettext_lazy("Series of meetings")

    def find_place(self, page_id: int) -> Page:
        return place(page_id)

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        form = SeriesForm(request.POST, instance=Series(parent=self.below, made_by=request.user))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        series = form.save()
        return redirect("one_event_series", series.pk)

    def get_context_data(self, **kwargs) -> dict:
        first = {"time_zone": getattr(self.below, "time_zone", "") or "UTC"}
        context = {"form": SeriesForm(initial=first), **kwargs}
        series = Series.objects.filter(parent=self.below).order_by("-first_on", "pk")
        return super().get_context_data(**context) | {"series": series}


class OneSeries(Screen):
    """What a series will make, to look at before anything is made; and the form to change it."""

    template_name = "events/admin/series.html"

    def find_place(self, series_id: int) -> Page:
        self.series = get_object_or_404(Series.objects.select_related("parent"), pk=series_id)
        return place(self.series.parent_id)

    def get_page_title(self) -> str:
        return self.series.title

    def post(self, request: HttpRequest, series_id: int) -> HttpResponse:
        if request.POST.get("action") == "make":
            self._make()
            return redirect("one_event_series", series_id)
        form = SeriesForm(request.POST, instance=self.series)
        if not form.is_valid():
            self.series.refresh_from_db()
            return self.render_to_response(self.get_context_data(form=form))
        form.save()
        messages.success(request, _("The series is saved. Meetings made before stay as they are."))
        return redirect("one_event_series", series_id)

    def get_context_data(self, **kwargs) -> dict:
        planned = plan(self.series)
        context = {"form": SeriesForm(instance=self.series), **kwargs}
        return super().get_context_data(**context) | {
            "series": self.series,
            "planned": planned,
            "number": sum(each.is_new for each in planned),
            "list_url": reverse("event_series", args=[self.below.pk]),
        }

    def _make(self) -> None:
        number = len(make_drafts(self.series, self.request.user))
        if number:
            words = ngettext("%(number)d draft is made.", "%(number)d drafts are made.", number)
            messages.success(self.request, words % {"number": number})
        else:
            messages.info(self.request, _("There was nothing left to make."))


class Another(Screen):
    """“Same as last meeting”: a draft like this one on another day."""

    template_name = "events/admin/another.html"
    page_title = gettext_lazy("Same again on another day")

    def find_place(self, event_id: int) -> Page:
        self.event = get_object_or_404(EventPage, pk=event_id)
        if self.event.starts_on is None or self.event.start_time is None:
            raise Http404("The meeting has no date that could be followed.")
        return self.event.get_parent().specific

    def get_page_subtitle(self) -> str:
        return self.event.title

    def post(self, request: HttpRequest, event_id: int) -> HttpResponse:
        form = AnotherForm(request.POST, time_zone=self.event.time_zone)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        day, when = form.cleaned_data["starts_on"], form.hours
        page = make_another(self.event, day, when, request.user)
        messages.success(request, _("The draft is ready. Check its text before you submit it."))
        warn_of_clashes(request, page)
        return redirect("wagtailadmin_pages:edit", page.pk)

    def get_context_data(self, **kwargs) -> dict:
        form = AnotherForm(time_zone=self.event.time_zone, initial=self._suggestion())
        return super().get_context_data(**{"form": form, **kwargs}) | {"event": self.event}

    def _suggestion(self) -> dict:
        when: Hours = hours(self.event)
        return {
            "starts_on": same_weekday_later(self.event.starts_on),
            "start_time": when.start,
            "end_time": when.end or _later(when.start),
            "fold": when.fold,
        }


def place(page_id: int) -> Page:
    """Return the group’s page or the calendar; 404 for pages below which nobody meets."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, WorkingGroupPage | EventIndexPage):
        raise Http404("No meetings stand below this page.")
    return page


def warn_of_clashes(request: HttpRequest, event: EventPage) -> None:
    """Tell an editor who else meets at that time with the same people."""
    if event.starts_at is None or event.status in {"cancelled", "postponed"}:
        return
    who = audience(event, event.group_id)
    others = clashing(event.starts_at, event.ends_at, who, apart_from=event)
    if others:
        titles = ", ".join(_("“%(title)s”") % {"title": other.title} for other in others)
        words = _("At the same time, for some of the same people: %(titles)s.")
        messages.warning(request, words % {"titles": titles})


def _later(start: datetime.time) -> datetime.time:
    return start.replace(hour=(start.hour + 1) % 24)
