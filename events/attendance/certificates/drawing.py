"""Drawing a certificate: one page, A4 across, with the letters it needs and no others.

Set in Amiri, which has Latin and Arabic letters; what it lacks (Cyrillic, Greek, Vietnamese) in
Noto Serif. Both come as packages, so the result is the same on every machine.
"""

import datetime
import logging
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import fontpkg_amiri
import fontpkg_noto_serif
import qrcode
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont
from fpdf import FPDF, Align, XPos, YPos

from pages.tessellation import SHARE_COLOURS, divide, tint_number

from .content import Certificate

# It tells of every glyph that it leaves out.
logging.getLogger("fontTools").setLevel(logging.WARNING)

AMIRI, NOTO = "Amiri", "Noto"
AMIRI_FILES = Path(fontpkg_amiri.ROOT) / "files"
FILES = {
    (AMIRI, ""): AMIRI_FILES / "Amiri-Regular.ttf",
    (AMIRI, "B"): AMIRI_FILES / "Amiri-Bold.ttf",
    (NOTO, ""): next((Path(fontpkg_noto_serif.ROOT) / "files").glob("NotoSerif[[]*")),
}
MARK = (
    ((0, 0), (17, 0), (13, 12), (0, 9)),
    ((19.5, 0), (32, 0), (32, 11), (15.5, 14)),
    ((0, 11.5), (12.5, 14.5), (10, 23), (0, 20.5)),
    ((15, 16.5), (32, 13.5), (32, 32), (20.5, 32)),
    ((0, 23), (13, 26), (17.5, 32), (0, 32)),
)
# The colours of tokens.css (light).
INK, INK_SOFT, ACTION, HAIRLINE = (22, 32, 31), (76, 89, 87), (11, 80, 88), (205, 214, 212)
WIDTH, HEIGHT = 297, 210
BAND, MARGIN, TOP, BOTTOM = 58, 24, 22, HEIGHT - 18
CODE, GUTTER = 24, 5
MOST_LINES = 3
LARGEST_STEP = 0.88  # from one size to the next smaller one that is tried


@dataclass(frozen=True)
class Look:
    """How a piece of text is set."""

    size: float
    style: str = ""
    colour: tuple[int, int, int] = INK
    leading: float = 1.3


PUBLISHER = Look(13, "B")
TITLE = Look(34, "B", ACTION, 1.15)
LEAD = Look(13, "", INK_SOFT)
NAME = Look(32, leading=1.25)
EVENT = Look(20, "B", leading=1.2)
LABEL = Look(10, "", INK_SOFT)
FACT = Look(12.5, leading=1.2)
SMALL = Look(9.5, "", INK_SOFT)


def draw(certificate: Certificate) -> bytes:
    """Return the PDF of a certificate."""
    sheet = Sheet(certificate)
    sheet.ornament()
    sheet.heading()
    sheet.who_and_what()
    sheet.facts()
    sheet.proof()
    return bytes(sheet.output())


class Sheet(FPDF):
    """The one page of a certificate; ``start`` and ``end`` are where its lines begin and end."""

    def __init__(self, certificate: Certificate) -> None:
        super().__init__(orientation="landscape", format="A4")
        self.certificate = certificate
        is_rtl = certificate.is_rtl
        self.begin = Align.R if is_rtl else Align.L
        self.left, self.right = (MARGIN, BAND + MARGIN) if is_rtl else (BAND + MARGIN, MARGIN)
        self.set_margins(self.left, TOP, self.right)
        self.c_margin = 0
        self.set_auto_page_break(auto=False)
        self.set_text_shaping(use_shaping_engine=True)
        self._fonts: set[tuple[str, str]] = set()
        self._describe()
        self.add_page()

    def ornament(self) -> None:
        """Draw the tessellation of the group along the edge where reading begins."""
        red, green, blue = bytes.fromhex(
            SHARE_COLOURS[tint_number(self.certificate.slug) - 1].removeprefix("#")
        )
        drawing = divide(self.certificate.slug, BAND, HEIGHT)
        left = WIDTH - BAND if self.certificate.is_rtl else 0
        self.set_fill_color(*(round(255 - (255 - value) * 0.3) for value in (red, green, blue)))
        self.rect(left, 0, BAND, HEIGHT, style="F")
        self.set_fill_color(red, green, blue)
        for cell in drawing.filled:
            self.polygon([(left + x, y) for x, y in cell], style="F")
        self.set_draw_color(255)
        for width, borders in ((0.4, drawing.inner_borders), (1.2, drawing.borders)):
            self.set_line_width(width)
            for (x1, y1), (x2, y2) in borders:
                self.line(left + x1, y1, left + x2, y2)

    def heading(self) -> None:
        """Set the mark and the name of who gives the certificate, and its title."""
        size = 11
        left = WIDTH - self.right - size if self.certificate.is_rtl else self.left
        self.set_fill_color(*INK)
        for cell in MARK:
            points = [(left + x / 32 * size, TOP + y / 32 * size) for x, y in cell]
            self.polygon(points, style="F")
        self._text(self.certificate.publisher, PUBLISHER, at=TOP + 2, indent=size + 4)
        self._text(_("Certificate of attendance"), TITLE, at=TOP + 20)

    def who_and_what(self) -> None:
        """Set the name and the event; a name in letters that we lack is left to be written."""
        self._text(_("This is to confirm that"), LEAD, at=70)
        self.set_draw_color(*HAIRLINE)
        self.set_line_width(0.3)
        if can_set(self.certificate.name):
            self._text(self.certificate.name, self._fitting(self.certificate.name, NAME, 1), at=78)
        self.line(self.left, 95, WIDTH - self.right, 95)
        self._text(_("took part in"), LEAD, at=100)
        title = self.certificate.event
        self._text(title, self._fitting(title, EVENT, MOST_LINES), at=108)

    def facts(self) -> None:
        """Set when it was, how long, where, and who held it, side by side."""
        facts = self.certificate.facts
        width = self.epw / len(facts)
        for place, (label, value) in enumerate(facts):
            column = len(facts) - 1 - place if self.certificate.is_rtl else place
            gap = GUTTER if self.certificate.is_rtl else 0
            box = (self.left + column * width + gap, width - GUTTER)
            self._text(label, LABEL, at=138, box=box)
            self._text(value, self._fitting(value, FACT, 2, box[1]), at=143, box=box)

    def proof(self) -> None:
        """Set the number, the day, and the address at which anybody can check them."""
        certificate = self.certificate
        code_left = self.left if certificate.is_rtl else WIDTH - self.right - CODE
        self._code(code_left, BOTTOM - CODE)
        width = self.epw - CODE - 8
        text_left = self.left + CODE + 8 if certificate.is_rtl else self.left
        box = (text_left, width)
        self._text(_("Number"), LABEL, at=BOTTOM - 25, box=box)
        self._text(certificate.number, FACT, at=BOTTOM - 20.5, box=box)
        self._text(certificate.issued, SMALL, at=BOTTOM - 13.5, box=box)
        self._text(_("Anybody can check it at"), SMALL, at=BOTTOM - 9, box=box)
        self._text(certificate.url.split("://")[-1], SMALL, at=BOTTOM - 4.5, box=box)

    def _describe(self) -> None:
        """Say in the file’s own data what it is; no moment of its making beyond the day."""
        certificate = self.certificate
        self.set_title(f"{_('Certificate of attendance')}: {certificate.event}")
        self.set_author(certificate.publisher)
        self.set_creator(certificate.publisher)
        self.set_lang(certificate.language)
        day = datetime.datetime.combine(certificate.at.date(), datetime.time(), datetime.UTC)
        self.set_creation_date(day)

    def _text(
        self,
        words: str,
        look: Look,
        *,
        at: float,
        box: tuple[float, float] | None = None,
        indent: float = 0,
    ) -> None:
        """Set words from a height on, in a box of left edge and width, or across the page."""
        left, width = box or (self.left, self.epw)
        self._use_font(words, look)
        self.set_text_color(*look.colour)
        self.set_xy(left if self.certificate.is_rtl else left + indent, at)
        self.multi_cell(
            width - indent,
            look.size / self.k * look.leading,
            words,
            align=self.begin,
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )

    def _fitting(self, words: str, look: Look, most: int, width: float | None = None) -> Look:
        """Return a look in which words take so many lines at most, as large as possible."""
        room, size = width or self.epw, look.size
        while size > look.size / 3:
            self._use_font(words, Look(size, look.style))
            lines = self.multi_cell(room, 1, words, dry_run=True, output="LINES")
            widest = max(self.get_string_width(line) for line in lines)
            if len(lines) <= most and widest <= room:
                break
            size *= max(min(most / len(lines), room / widest), LARGEST_STEP)
        return Look(size, look.style, look.colour, look.leading)

    def _use_font(self, words: str, look: Look) -> None:
        """Choose the typeface that has all letters of a text, loaded once it is needed."""
        family, style = (AMIRI, look.style) if lacks(words, AMIRI) == set() else (NOTO, "")
        for key in ((family, style), *([(AMIRI, "")] if family == NOTO else [])):
            if key not in self._fonts:
                self.add_font(*key, FILES[key])
                self._fonts.add(key)
        if family == NOTO:
            self.set_fallback_fonts([AMIRI])
        self.set_font(family, style, look.size)

    def _code(self, left: float, top: float) -> None:
        """Draw the address of the check as a QR code, of rectangles and not as a picture."""
        code = qrcode.QRCode(border=0, error_correction=qrcode.ERROR_CORRECT_M)
        code.add_data(self.certificate.url)
        rows = code.get_matrix()
        size = CODE / len(rows)
        self.set_fill_color(*INK)
        for down, row in enumerate(rows):
            for first, length in _runs(row):
                self.rect(left + first * size, top + down * size, length * size, size, style="F")


def can_set(words: str) -> bool:
    """Say whether we have all letters of a text."""
    return not (lacks(words, AMIRI) & lacks(words, NOTO))


def lacks(words: str, family: str) -> set[str]:
    """Return the letters of a text that a typeface does not have."""
    known = _letters(family)
    return {sign for sign in words if ord(sign) not in known and sign.isprintable()}


@cache
def _letters(family: str) -> frozenset[int]:
    return frozenset(TTFont(FILES[family, ""], lazy=True).getBestCmap())


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Return where dark stretches of a row begin, and how long they are."""
    runs: list[tuple[int, int]] = []
    for place, is_dark in enumerate([*row, False]):
        if is_dark and runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif is_dark:
            runs.append((place, 1))
    return runs
