"""Two groups with a co-chair each, somebody who is in both, and the secretariat."""

import datetime
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page

from accounts.actions import open_account
from accounts.models import User
from blog.models import BlogPage
from events.models import EventPage
from pages.models import SitePage
from people.models import Person
from taxonomy.models import Region, Theme
from working_groups.actions import appoint
from working_groups.models import Role, WorkingGroupIndexPage, WorkingGroupPage

SINCE = datetime.date(2026, 1, 1)


@dataclass
class Network:
    """What the tests play with; every account is called after its part."""

    home: SitePage
    africa: WorkingGroupPage
    asia: WorkingGroupPage
    amina: User  # co-chair of Africa
    arif: User  # co-chair of Asia
    aziz: User  # co-chair of both
    sara: User  # secretariat
    region: Region
    theme: Theme

    @property
    def blog(self) -> Page:
        return SitePage.objects.get(kind="blog-index")

    def client(self, user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    def post(self, group: WorkingGroupPage, title: str, *, live: bool = False, **fields):
        page = BlogPage(title=title, live=live, kind="blog", **fields)
        group.add_child(instance=page)
        page.save_revision()
        return page

    def meeting(self, group: WorkingGroupPage, title: str, starts_on: datetime.date, **fields):
        page = EventPage(
            title=title,
            kind="group-meeting",
            starts_on=starts_on,
            start_time=datetime.time(13),
            end_time=datetime.time(14),
            time_zone="UTC",
            **fields,
        )
        group.add_child(instance=page)
        return page


def add_group(title: str, slug: str, **fields) -> WorkingGroupPage:
    index = WorkingGroupIndexPage.objects.get()
    return index.add_child(
        instance=WorkingGroupPage(
            title=title,
            slug=slug,
            short_name=title,
            kind="regional-group",
            status="active",
            **fields,
        )
    )


def add_person(name: str, *groups: WorkingGroupPage, **fields) -> User:
    user = open_account(f"{name.lower()}@example.org", "secret-word", name=name, **fields)
    person = Person.objects.create(name=name, slug=name.lower(), user=user)
    for group in groups:
        appoint(person, group, Role.Title.CO_CHAIR, since=SINCE)
    return user


@pytest.fixture
def network(home) -> Network:
    africa = add_group("Africa", "africa", time_zone="Africa/Nairobi")
    asia = add_group("Asia", "asia", time_zone="Asia/Bangkok")
    sara = open_account("sara@example.org", "secret-word", name="Sara Secretary")
    sara.groups.add(Group.objects.get(name="Secretariat"))
    region, _ = Region.objects.get_or_create(slug="africa", defaults={"name": "Africa"})
    theme, _ = Theme.objects.get_or_create(
        slug="local-democracy", defaults={"name": "Local democracy"}
    )
    return Network(
        home=home,
        africa=africa,
        asia=asia,
        amina=add_person("Amina", africa),
        arif=add_person("Arif", asia, language="fr"),
        aziz=add_person("Aziz", africa, asia),
        sara=sara,
        region=region,
        theme=theme,
    )
