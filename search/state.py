"""What the secretariat reads of the state of the search, in words."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .engines.choosing import cluster_breaker
from .models import Upkeep
from .projection.health import Health

LONG = datetime.timedelta(minutes=2)  # nothing waits so long while the worker runs


@dataclass(frozen=True)
class Fact:
    """A line about the search; ``details`` stand below it, one per line."""

    label: str
    value: str
    is_bad: bool = False
    details: tuple[str, ...] = ()


def facts(health: Health) -> Iterator[Fact]:
    """Yield what there is to know, what readers notice first."""
    yield _engine(health)
    yield Fact(_("To be found"), _number(health.documents))
    yield _waiting(health)
    yield Fact(
        _("Given up after many attempts"),
        _number(len(health.given_up)),
        is_bad=bool(health.given_up),
        details=health.given_up,
    )
    yield _comparison(health.last_check)
    if settings.ELASTICSEARCH_URL:
        yield _rebuild(health.last_rebuild)
    yield _files(health)


def _engine(health: Health) -> Fact:
    label = _("Who answers")
    if health.engine == "database":
        return Fact(label, _("The database. There is no search cluster."))
    if not health.is_reachable:
        return Fact(label, _("The database: the search cluster is silent."), is_bad=True)
    if not health.index:
        return Fact(label, _("The database: the search cluster has no index yet."), is_bad=True)
    if cluster_breaker.is_open:
        value = _("The database: the search cluster was silent a moment ago.")
        return Fact(label, value, is_bad=True)
    value = _("The search cluster, from the index %(index)s.") % {"index": health.index}
    return Fact(label, value)


def _waiting(health: Health) -> Fact:
    number = health.waiting_changes + health.waiting_documents
    if not number:
        return Fact(_("Waiting"), _("Nothing: readers find everything as it is."))
    seconds = int(health.oldest.total_seconds())
    value = ngettext("%(number)d change", "%(number)d changes", number) % {"number": number}
    if seconds:
        value += ", " + _("the oldest for %(seconds)d seconds") % {"seconds": seconds}
    is_bad = health.oldest > LONG
    details = (_("The worker does not keep up, or does not run."),) if is_bad else ()
    return Fact(_("Waiting"), value, is_bad, details)


def _comparison(last: Upkeep | None) -> Fact:
    label = _("Last comparison with the site")
    if last is None:
        return Fact(label, _("never"))
    if not last.differences:
        return Fact(label, _("%(at)s: no differences") % {"at": _at(last)})
    values = {"at": _at(last), "missing": last.missing, "stale": last.stale, "extra": last.extra}
    value = _("%(at)s: %(missing)d missing, %(stale)d outdated, %(extra)d too many") % values
    details = (_("All of them were mended."),) if last.repaired else ()
    return Fact(label, value, is_bad=not last.repaired, details=details)


def _rebuild(last: Upkeep | None) -> Fact:
    label = _("Last rebuild")
    if last is None:
        return Fact(label, _("never"))
    values = {"at": _at(last), "number": _number(last.documents)}
    return Fact(label, _("%(at)s: %(number)s documents") % values)


def _files(health: Health) -> Fact:
    values = {
        "waiting": _number(health.files_waiting),
        "failed": _number(health.files_failed),
    }
    return Fact(
        _("Texts of files"),
        _("%(waiting)s to be read, %(failed)s that cannot be read") % values,
    )


def _at(upkeep: Upkeep) -> str:
    moment = timezone.localtime(upkeep.ended_at or upkeep.began_at)
    return date_format(moment, "DATETIME_FORMAT")


def _number(number: int) -> str:
    return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
