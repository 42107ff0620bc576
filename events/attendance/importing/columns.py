"""What the columns of a report mean, by the words in their names, in five languages.

Zoom, Microsoft Teams and Google Meet name the same thing differently, in each language and from
year to year: “First Join”, “Heure d’arrivée”, “Hora para unirse”. So it is words that count and not
whole names; the first kind that knows a word of the heading has it.
"""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from files.lists import plain

NAME, FIRST_NAME, LAST_NAME, EMAIL = "name", "first_name", "last_name", "email"
MINUTES, JOINED, LEFT = "minutes", "joined", "left"
ATTENDED, WAITED = "attended", "waited"
LABELS = {
    NAME: _("name"),
    FIRST_NAME: _("first name"),
    LAST_NAME: _("last name"),
    EMAIL: _("e-mail"),
    MINUTES: _("minutes present"),
    JOINED: _("joined the meeting"),
    LEFT: _("left the meeting"),
    ATTENDED: _("attended"),
    WAITED: _("in the waiting room"),
}
NOTHING = ""

# English, French, Spanish, Portuguese, Arabic; as they are compared (``plain``). Several words with
# “+” have to stand in the heading together. The order decides.
WORDS = (
    (
        NOTHING,
        "country pays pais البلد الدولة host organizer organisateur organizador المضيف topic",
    ),
    (WAITED, "waiting attente espera انتظار الانتظار"),
    (EMAIL, "email mail courriel courrier correo correio البريد بريد الايميل upn"),
    (MINUTES, "duration minutes duree duracion minutos duracao المدة مدة دقائق session"),
    (ATTENDED, "attended participe asistio participou compareceu presente حضر الحضور"),
    (
        LEFT,
        "leave left exited exit depart sortie deconnexion salida salir saida المغادرة مغادرة"
        " خروج الخروج",
    ),
    (
        JOINED,
        "join joined arrivee entree connexion union unirse ingreso entrada ingresso الانضمام"
        " انضمام دخول الدخول",
    ),
    (
        FIRST_NAME,
        "first+name firstname given prenom prenoms nombres primeiro+nome الاول الشخصي",
    ),
    (
        LAST_NAME,
        "last+name lastname surname family nom+famille apellido apellidos sobrenome apelido"
        " اللقب العايلة العائلة",
    ),
    (NAME, "name nom nombre nome participant participante الاسم اسم المشارك"),
)
KINDS = [
    (kind, [frozenset(plain(word) for word in group.split("+")) for group in words.split()])
    for kind, words in WORDS
]


def field_of(heading: str) -> str:
    """Return which field a column holds by its heading; empty for one that says nothing to us."""
    words = frozenset(plain(heading).split())
    for kind, groups in KINDS:
        if any(group <= words for group in groups):
            return kind
    return NOTHING


def fields_of(heading: Sequence[str]) -> list[str]:
    """Return for each column which field it holds; the first column of a kind counts.

    “Nom” beside “Prénom” is a last name, “Nombre” beside “Apellidos” a first one.
    """
    found = [field_of(cell) for cell in heading]
    once = [field if field not in found[:place] else "" for place, field in enumerate(found)]
    halves = {FIRST_NAME, LAST_NAME}
    if len(halves & set(once)) != 1:
        return once
    (other,) = halves - set(once)
    if NAME in once:
        return [other if field == NAME else field for field in once]
    return [NAME if field in halves else field for field in once]


def heading_like(cells: Sequence[str]) -> int:
    """Say how much a row looks like the heading of a report: how many of its columns we know.

    Above it stand facts about the meeting, some of which have headings of their own; but only the
    list of people names each.
    """
    fields = {field for field in fields_of(cells) if field}
    has_name = NAME in fields or {FIRST_NAME, LAST_NAME} <= fields
    if not (has_name or EMAIL in fields):
        return 0
    return len(fields) + (10 if has_name else 0)


def ends_the_list(cells: Sequence[str], fields: Sequence[str]) -> bool:
    """Say whether a row is the title of the next part of a report: “3. In-Meeting Activities”."""
    title, *others = cells
    if any(others) or len(cells) < 2:
        return False
    number, dot, rest = title.partition(".")
    is_numbered = bool(dot) and number.strip().isdigit() and bool(rest.strip())
    return is_numbered or (bool(title) and fields[0] not in {NAME, EMAIL, FIRST_NAME, LAST_NAME})
