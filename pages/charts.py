"""Bars as SVG: drawn on the server, without style or script, readable on paper and in the dark.

The table beside a chart says the same in numbers, so the drawing is hidden from screen readers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language_bidi

ROW, BAR, LABELS, WIDTH, NUMBERS = 28, 16, 200, 640, 60
COLUMN, HEIGHT, FOOT = 26, 200, 24
LONGEST_LABEL = 30


@dataclass(frozen=True)
class Line:
    """One line of a table and one bar of a chart."""

    label: str
    number: int


@dataclass(frozen=True)
class Figures:
    """A chart with the table beside it; ``is_over_time`` draws months from left to right."""

    name: str
    title: str
    column: str
    lines: Sequence[Line]
    note: str = ""
    is_over_time: bool = False

    @property
    def chart(self) -> "Chart":
        """The drawing, for readers of the active language."""
        if self.is_over_time:
            return standing(self.lines)
        return lying(self.lines, mirrored=get_language_bidi())


@dataclass(frozen=True)
class Bar:
    """One bar: where its rectangle is, and where its label and its number stand."""

    label: str
    number: int
    x: float
    y: float
    width: float
    height: float
    label_x: float
    label_y: float
    number_x: float
    number_y: float
    has_label: bool = True


@dataclass(frozen=True)
class Chart:
    """A drawing of this size; the anchors say at which end of its place a text is held."""

    width: float
    height: float
    bars: Sequence[Bar]
    label_anchor: str = "end"
    number_anchor: str = "start"


def lying(lines: Sequence[Line], *, mirrored: bool = False) -> Chart:
    """Return bars from top to bottom, one for each line.

    ``mirrored`` draws them for readers from right to left.
    """
    room = WIDTH - LABELS - NUMBERS
    most = max((line.number for line in lines), default=0) or 1

    def across(x: float, width: float = 0) -> float:
        return WIDTH - x - width if mirrored else x

    bars = []
    for place, line in enumerate(lines):
        width = round(room * line.number / most, 1)
        middle = place * ROW + ROW / 2
        bars.append(
            Bar(
                label=_short(line.label),
                number=line.number,
                x=across(LABELS, width),
                y=middle - BAR / 2,
                width=width,
                height=BAR,
                label_x=across(LABELS - 8),
                label_y=middle + 5,
                number_x=across(LABELS + width + 8),
                number_y=middle + 5,
            )
        )
    ends = ("start", "end") if mirrored else ("end", "start")
    return Chart(WIDTH, ROW * len(lines), bars, *ends)


def standing(lines: Sequence[Line], *, every: int = 3) -> Chart:
    """Return bars from left to right, as time goes; every third one is labelled."""
    most = max((line.number for line in lines), default=0) or 1
    room = HEIGHT - FOOT - 20
    bars = []
    for place, line in enumerate(lines):
        height = round(room * line.number / most, 1)
        left, top = place * COLUMN + 4, HEIGHT - FOOT - height
        middle = left + (COLUMN - 8) / 2
        bars.append(
            Bar(
                label=line.label,
                number=line.number,
                x=left,
                y=top,
                width=COLUMN - 8,
                height=height,
                label_x=middle,
                label_y=HEIGHT - 6,
                number_x=middle,
                number_y=top - 5,
                has_label=place % every == 1,
            )
        )
    return Chart(COLUMN * len(lines), HEIGHT, bars)


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
