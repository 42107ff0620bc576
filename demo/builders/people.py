"""People, their biographies and seats, and the organisations that projects name."""

from django.utils.text import slugify

from demo.loader import Loader
from people.models import Biography, Organisation, Person, Seat
from taxonomy.models import Country, Theme


def plant(loader: Loader) -> None:
    """Make every person of the outline, with a biography in each language that has one."""
    texts = loader.texts("people")
    for item in loader.outline["people"]:
        person, is_new = _person(item)
        loader.people[item["id"]] = person
        if is_new:
            text = texts[item["id"]]
            biographies = {"en": text.body, **text.parts_of("bio")}
            Biography.objects.bulk_create(
                Biography(person=person, language=language, text=words)
                for language, words in biographies.items()
            )
    _organisations(loader)


def write(loader: Loader) -> None:
    """Give out the seats on the boards; those of co-chairs follow from their roles."""
    for item in loader.outline["seats"]:
        person = loader.people[item["person"]]
        Seat.objects.get_or_create(
            person=person,
            board=item["board"],
            since=item["since"],
            defaults={"until": item.get("until"), "office": item["office"]},
        )


def _person(item: dict) -> tuple[Person, bool]:
    name = item.get("name_latin") or item["name"]
    return Person.objects.get_or_create(
        slug=slugify(name),
        defaults={
            "name": item["name"],
            "name_latin": item.get("name_latin", ""),
            "affiliation": item["affiliation"],
            "country": Country.objects.get(code=item["country"]),
        },
    )


def _organisations(loader: Loader) -> None:
    for item in loader.outline["organisations"]:
        country = Country.objects.filter(code=item.get("country", "")).first()
        organisation, is_new = Organisation.objects.get_or_create(
            name=item["name"],
            defaults={
                "acronym": item.get("acronym", ""),
                "kind": item["kind"],
                "country": country,
                "about": item.get("about", ""),
                "member_since": item.get("member_since"),
            },
        )
        if is_new:
            organisation.themes.set(Theme.objects.filter(slug__in=item.get("themes", ())))
        loader.organisations[item["id"]] = organisation
