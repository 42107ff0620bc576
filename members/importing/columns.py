"""What the columns of a list mean, by what they are called in five languages."""

from collections.abc import Iterable, Sequence

from files.lists import plain

NAME, FIRST_NAME, LAST_NAME = "name", "first_name", "last_name"
EMAIL, COUNTRY, AFFILIATION = "email", "country", "affiliation"
POSITION, LANGUAGE, JOINED = "position", "language", "joined"
REGIONS, THEMES, SECTORS, GROUPS = "regions", "themes", "sectors", "groups"

# English, French, Spanish, Portuguese, Arabic; as they are compared (``plain``).
HEADINGS = {
    NAME: (
        "name; full name; member; member name; contact name; participant; nom complet;"
        "nom et prenom; nom et prenoms; nom prenom; membre; nombre completo; nombre y apellido;"
        "nombre y apellidos; miembro; nome completo; nome; membro; الاسم; الاسم الكامل;"
        "الاسم واللقب; اسم العضو"
    ),
    FIRST_NAME: (
        "first name; firstname; given name; given names; forename; fname; prenom; prenoms;"
        "nombre; nombres; primeiro nome; الاسم الاول; الاسم الشخصي"
    ),
    LAST_NAME: (
        "last name; lastname; surname; family name; lname; nom; nom de famille; apellido;"
        "apellidos; sobrenome; apelido; ultimo nome; اللقب; اسم العائلة; الاسم العائلي; الكنية"
    ),
    EMAIL: (
        "email; e mail; mail; email address; e mail address; work email; primary email;"
        "email 1; courriel; adresse electronique; adresse email; adresse e mail; adresse mail;"
        "correo; correo electronico; direccion de correo; direccion de correo electronico;"
        "correio; correio eletronico; correio electronico; endereco de email;"
        "endereco de e mail; البريد الالكتروني; بريد الكتروني; البريد; الايميل; ايميل"
    ),
    COUNTRY: (
        "country; country code; country name; country of residence; nation; pays;"
        "pays de residence; code pays; pais; pais de residencia; codigo de pais; codigo do pais;"
        "البلد; الدولة; بلد الاقامة"
    ),
    AFFILIATION: (
        "organisation; organization; affiliation; institution; company; employer; organisme;"
        "entreprise; employeur; organizacion; institucion; empresa; entidad; organizacao;"
        "instituicao; entidade; afiliacao; المنظمة; المؤسسة; الجهة; جهة العمل; الشركة"
    ),
    POSITION: (
        "position; job title; title; role; function; fonction; poste; titre; cargo; puesto;"
        "funcion; funcao; posicao; المنصب; الوظيفة; المسمى الوظيفي"
    ),
    REGIONS: (
        "region; regions; regional group; geographic region; regiao; regioes; regiones;"
        "المنطقة; الاقليم; المناطق"
    ),
    THEMES: (
        "theme; themes; topic; topics; interest; interests; areas of interest; themes d interet;"
        "thematique; thematiques; interets; centres d interet; tema; temas; intereses;"
        "areas de interes; interesses; areas de interesse; الموضوع; الموضوعات; المواضيع;"
        "الاهتمامات; مجالات الاهتمام"
    ),
    SECTORS: ("sector; sectors; secteur; secteurs; sectores; setor; setores; القطاع; القطاعات"),
    GROUPS: (
        "group; groups; working group; working groups; wg; wgs; groupe; groupes;"
        "groupe de travail; groupes de travail; grupo; grupos; grupo de trabajo;"
        "grupos de trabajo; grupo de trabalho; grupos de trabalho; المجموعة; المجموعات;"
        "مجموعة العمل; مجموعات العمل; فريق العمل"
    ),
    LANGUAGE: (
        "language; preferred language; lang; locale; langue; langue preferee; idioma;"
        "idioma preferido; lingua; اللغة; اللغة المفضلة"
    ),
    JOINED: (
        "joined; joined on; joined at; join date; date joined; member since; membership date;"
        "registration date; date; created; created at; timestamp; date d adhesion;"
        "date d inscription; membre depuis; fecha; fecha de alta; fecha de ingreso;"
        "fecha de inscripcion; miembro desde; data; data de adesao; data de inscricao;"
        "membro desde; تاريخ الانضمام; تاريخ التسجيل; عضو منذ"
    ),
}

FIELD_OF = {plain(name): field for field, names in HEADINGS.items() for name in names.split(";")}


def fields_of(heading: Sequence[str]) -> list[str]:
    """Return for each column which field it holds, empty for one that says nothing to us.

    The first column of a kind counts. “Nom” and “nombre” are whole names where no other column
    holds the other part.
    """
    found = [FIELD_OF.get(plain(name), "") for name in heading]
    once = [field if field not in found[:place] else "" for place, field in enumerate(found)]
    halves = {FIRST_NAME, LAST_NAME} & set(once)
    if len(halves) == 1 and NAME not in once:
        return [NAME if field in halves else field for field in once]
    return once


def missing(fields: Iterable[str]) -> list[str]:
    """Return which columns a list cannot do without and lacks: a name, an address."""
    present = set(fields)
    has_name = NAME in present or {FIRST_NAME, LAST_NAME} <= present
    return [*([] if has_name else [NAME]), *([] if EMAIL in present else [EMAIL])]


def twice(fields: Iterable[str]) -> list[str]:
    """Return what more than one column is said to hold."""
    read = [field for field in fields if field]
    return sorted({field for field in read if read.count(field) > 1})
