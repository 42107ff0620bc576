"""The choice of editors whether a page is told to those who follow it, and what follows from it.

Who they are is known above: the app that writes to them registers what to say beside the choice.
"""

from collections.abc import Callable

from wagtail.admin.panels import FieldPanel

Says = Callable[[object], str]
_says: list[Says] = []


def register(says: Says) -> None:
    """Let ``says(page)`` tell editors what publishing the page would cause, or has caused."""
    _says.append(says)


def said_of(page: object) -> str:
    """Return what editors should know before they publish this page, as sentences."""
    return " ".join(words for says in _says if (words := says(page)))


class AnnouncingPanel(FieldPanel):
    """The choice, with the number of people whom it concerns."""

    class BoundPanel(FieldPanel.BoundPanel):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            if self.form is not None:
                self.help_text = f"{self.help_text} {said_of(self.instance)}".strip()
