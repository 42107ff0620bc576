"""Updates in the demo: what was published lately counts as new, and nobody waits for Monday."""

import datetime

from mail import sending
from mail.models import Delivery
from members.models import UpdatesStart
from members.updates.clock import DAY
from members.updates.items import Window, collect
from members.updates.planning import DIGEST, digest_for_all

LATELY = 28 * DAY


def begin(now: datetime.datetime) -> None:
    """Let updates have been switched on four weeks ago, so that the sample content is news."""
    UpdatesStart.objects.update_or_create(pk=1, defaults={"at": now - LATELY})
    collect(now)


def send_digest(now: datetime.datetime) -> int:
    """Send a digest of the last weeks to everybody who follows something; return how many left."""
    begin(now)
    digest_for_all(now, Window(now - LATELY, now + DAY))
    waiting = Delivery.objects.filter(purpose=DIGEST, due_at=now).values_list("pk", flat=True)
    return sending.send_these(list(waiting), now)[sending.Outcome.SENT]
