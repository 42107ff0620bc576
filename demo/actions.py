"""Load the whole demo."""

import datetime

from django.db import transaction
from django.utils import translation

from home.actions import ensure_site
from people.models import Person
from taxonomy.actions import index_vocabularies, load_vocabularies

from .builders import blog, events, knowledge, pages, people, projects, working_groups
from .loader import Loader

# Each may point only at what the ones before it have planted; texts are written afterwards.
BUILDERS = (people, pages, working_groups, projects, events, blog, knowledge)


@transaction.atomic
def load_demo(now: datetime.datetime) -> Loader:
    """Add what is missing of the demo and return what it consists of.

    All or nothing: a load that breaks leaves no trace. What exists is not touched.
    """
    with translation.override("en"):
        load_vocabularies()
        index_vocabularies()
        loader = Loader(ensure_site(now), now)
        for builder in BUILDERS:
            builder.plant(loader)
        for builder in BUILDERS:
            builder.write(loader)
    return loader


def is_loaded() -> bool:
    """Tell whether the demo was loaded before, even if editors have changed it since."""
    return Person.objects.filter(slug="amina-sample").exists()
