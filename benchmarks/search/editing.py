"""What editors do all day, as fast as is wanted, while the search has its troubles."""

import random
import time
from collections import Counter
from collections.abc import Callable

from django.db import connection
from django.utils import timezone
from wagtail.models import PageViewRestriction

from blog.models import BlogIndexPage, BlogPage
from people.models import Person
from search.projection import reconciling
from taxonomy.models import Theme

SEED = 8


def edit(seconds: float, rate: float) -> dict:
    """Change something so many times a second; return how often what, and how long it took."""
    editor, times, failed = Editor(), [], []
    began = time.monotonic()
    for number in range(int(seconds * rate)):
        time.sleep(max(0, began + number / rate - time.monotonic()))
        if time.monotonic() > began + seconds:
            break
        pressed = time.monotonic()
        try:
            editor.do_something()
        except Exception as error:  # noqa: BLE001 - whatever it is, an editor would see it
            failed.append(f"{type(error).__name__}: {error}"[:200])
            connection.close()
        times.append(time.monotonic() - pressed)
    return {
        "changes": sum(editor.done.values()),
        "changes_by_kind": dict(sorted(editor.done.items())),
        "failed_saves": failed,
        "longest_save_ms": round(max(times) * 1000),
    }


def differences() -> dict:
    """Compare content, projection and cluster, and mend nothing."""
    from search.engines.elastic.client import indexing_client  # noqa: PLC0415

    found = reconciling.check(indexing_client(), repair=False)
    return {place: different.uids for place, different in found.items()}


class Editor:
    """Somebody who writes, corrects, withdraws, hides, renames and deletes."""

    def __init__(self) -> None:
        self.chance = random.Random(SEED)  # noqa: S311 - nothing here is secret
        self.done: Counter[str] = Counter()
        self._number = time.time_ns()
        self._blog = BlogIndexPage.objects.get(locale__language_code="en")
        self._acts: dict[Callable[[], None], int] = {
            self.write: 8,
            self.correct: 8,
            self.withdraw: 2,
            self.move: 2,
            self.hide: 1,
            self.show: 1,
            self.delete: 2,
            self.rename_theme: 1,
            self.rename_person: 1,
        }

    def do_something(self) -> None:
        """Do one of the things that editors do."""
        (act,) = self.chance.choices(list(self._acts), weights=list(self._acts.values()))
        act()
        self.done[act.__name__] += 1

    def write(self) -> None:
        """Publish a new post."""
        post = BlogPage(title=self._title(), date=timezone.localdate(), live=False)
        self._blog.refresh_from_db()
        self._blog.add_child(instance=post)
        post.themes.add(self._some(Theme))
        post.save_revision().publish()

    def correct(self) -> None:
        """Give a post another title."""
        if post := self._one_of_ours():
            post.title = self._title()
            post.save_revision().publish()

    def withdraw(self) -> None:
        """Unpublish a post."""
        if post := self._one_of_ours():
            post.unpublish()

    def move(self) -> None:
        """Put a post at the beginning of the blog."""
        if post := self._one_of_ours():
            post.move(self._blog, pos="first-child")

    def hide(self) -> None:
        """Show a post to those only who have signed in."""
        if post := self._one_of_ours():
            PageViewRestriction.objects.get_or_create(
                page=post, restriction_type=PageViewRestriction.LOGIN
            )

    def show(self) -> None:
        """Show everybody again what was hidden."""
        hidden = PageViewRestriction.objects.filter(page__title__startswith="Local finance")
        for restriction in hidden[:1]:
            restriction.delete()

    def delete(self) -> None:
        """Delete a post."""
        if post := self._one_of_ours():
            post.delete()

    def rename_theme(self) -> None:
        """Give a theme another name, which all that carries it takes over."""
        theme = self._some(Theme)
        theme.name_pt = self._title()[:60]
        theme.save()

    def rename_person(self) -> None:
        """Give somebody another name."""
        person = self._some(Person)
        person.name = f"{person.name.split(' ')[0]} {self._next()}"
        person.save()

    def _one_of_ours(self) -> BlogPage | None:
        ours = BlogPage.objects.live().filter(title__startswith="Local finance").order_by("pk")
        ids = list(ours.values_list("pk", flat=True))
        return ours.get(pk=self.chance.choice(ids)) if ids else None

    def _some(self, model: type) -> Theme | Person:
        return self.chance.choice(list(model.objects.order_by("pk")[:20]))

    def _title(self) -> str:
        return f"Local finance {self._next()}"

    def _next(self) -> int:
        self._number += 1
        return self._number
