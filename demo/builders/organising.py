"""What organisers did: a message to those who come, and somebody who checks people in."""

import uuid

from accounts.models import User
from demo.loader import Loader
from events.messages import actions as messages
from events.messages.actions import Draft
from events.models import AttendeeMessage, EventRole
from events.roles import actions as roles

MEETING = "e10"
CO_CHAIR, HELPER = "thandi@example.org", "kossi@example.org"
WORDS = """Dear {name},

we look forward to seeing you at “{event}”: {time}.

Please have the budget of your own place at hand, if you have one. You find the way in, shortly \
before we begin, here: {link}

Thandi
"""


def write(loader: Loader) -> None:
    """Write to the people of one meeting and let somebody help with it; again, nothing."""
    event = loader.pages[MEETING]
    if AttendeeMessage.objects.filter(event=event.pk).exists():
        return
    by = User.objects.get(email=CO_CHAIR)
    draft = Draft("What to bring to the meeting", WORDS, ("confirmed",), uuid.uuid4())
    messages.send(event, draft, by, loader.now, loader.now)
    roles.give(event, (HELPER, ""), EventRole.Role.CHECK_IN, by, loader.now)
