"""The log-ins of the demo: one for each kind of person the site knows."""

from dataclasses import dataclass

PASSWORD = "demo-decentralization"  # noqa: S105 - printed by a command; exists in demos only


@dataclass(frozen=True)
class DemoLogin:
    """Somebody to log in as."""

    email: str
    name: str
    part: str
    person: str = ""
    is_superuser: bool = False
    is_secretariat: bool = False
    time_zone: str = ""


MEMBER = DemoLogin("member@example.org", "Mele Sample", "member")
SPEAKER = DemoLogin("speaker@example.org", "Sitina Sample", "representative of an institution")
LOGINS = (
    DemoLogin("admin@example.org", "Ada Sample", "administrator", is_superuser=True),
    DemoLogin("editor@example.org", "Edith Sample", "editor, Secretariat", is_secretariat=True),
    DemoLogin(
        *("aziz@example.org", "Aziz Misol", "co-chair of two groups, ECA and Finance", "p06"),
        time_zone="Asia/Tashkent",
    ),
    DemoLogin(
        *("amina@example.org", "Amina Sample", "co-chair of one group, Africa", "p01"),
        time_zone="Africa/Nairobi",
    ),
    MEMBER,
    SPEAKER,
)


def table(address: str) -> str:
    """Return what a terminal shows: the address and the log-ins, one a line."""
    width = max(len(login.email) for login in LOGINS)
    lines = [f"  {login.email:<{width}}  {login.part}" for login in LOGINS]
    return "\n".join(
        [
            f"The site: {address}/   The editors’ side: {address}/admin/",
            f"The mails it sends: {address}/demo/outbox/",
            "",
            f"Log in with the password {PASSWORD} as",
            *lines,
        ]
    )
