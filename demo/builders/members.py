"""The member of the demo, joined as anybody joins."""

from demo.accounts import MEMBER
from demo.loader import Loader
from mail import contacts
from mail.models import Cadence
from members.actions.joining import Joining, finish


def plant(loader: Loader) -> None:
    """Nothing to plant: only published groups can be joined."""


def write(loader: Loader) -> None:
    """Make the account of the member a membership; again, nothing changes."""
    joining = Joining(
        name=MEMBER.name,
        email=MEMBER.email,
        language="en",
        country="to",
        affiliation="Town council (sample)",
        time_zone="Pacific/Tongatapu",
        groups=("asia",),
        regions=("asia",),
        themes=("subnational-finance",),
        cadence=Cadence.WEEKLY,
    )
    contact = contacts.contact_for(MEMBER.email, now=loader.now, name=MEMBER.name)
    finish(contact, joining, loader.now)
