"""The institutions of the demo that are members: who speaks for one, and what waits for an answer.

One has a representative, whom a member asks to be confirmed; the other has lost its own. A third
applies and waits for the secretariat.
"""

from demo.accounts import MEMBER, SPEAKER, DemoLogin
from demo.loader import Loader
from mail import contacts
from members.actions.joining import Joining, finish
from members.institutions import applying, working_there
from members.models import Application, Member
from taxonomy.models import Country

APPLICANT = "Sample Network of River Villages"


def plant(loader: Loader) -> None:
    """Nothing to plant: the institutions are there with the people."""


def write(loader: Loader) -> None:
    """Let members speak for an institution, work there and apply; again, nothing changes."""
    speaker = _joined(loader, SPEAKER)
    lake_towns = loader.organisations["lake-towns"]
    if lake_towns.affiliations.exists():
        return
    working_there.appoint(speaker, lake_towns, loader.now)
    member = Member.objects.get(user__email=MEMBER.email)
    working_there.ask(member, lake_towns, loader.now)
    applying.apply(_application(member), loader.now)


def _joined(loader: Loader, login: DemoLogin) -> Member:
    contact = contacts.contact_for(login.email, now=loader.now, name=login.name)
    joining = Joining(name=login.name, email=login.email, language="en", country="ke")
    return finish(contact, joining, loader.now)


def _application(member: Member) -> Application:
    return Application(
        applicant=member,
        name=APPLICANT,
        acronym="SNRV",
        country=Country.objects.filter(code="TO").first(),
        about=(
            "Villages along a river that meet four times a year and share one engineer and one "
            "accountant. Sample content: the network is invented."
        ),
        position="Treasurer",
    )
