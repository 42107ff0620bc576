"""Make a PDF of several pages from a Markdown text, in any of the site’s languages.

Set in Amiri, a free typeface with Latin and Arabic letters that is installed as a package, so
that the result is the same on every machine.
"""

import datetime
import logging
from dataclasses import dataclass
from pathlib import Path

import fontpkg_amiri
from fpdf import FPDF, Align, FontFace, XPos, YPos
from fpdf.outline import OutlineSection
from markdown_it.tree import SyntaxTreeNode

from pages.tessellation import SHARE_COLOURS, divide, tint_number

from . import reader

# It tells of every glyph that it leaves out.
logging.getLogger("fontTools").setLevel(logging.WARNING)

FONT = "Amiri"
FONT_FILES = Path(fontpkg_amiri.ROOT) / "files"
STYLES = {"": "Regular", "B": "Bold", "I": "Italic"}
PUBLISHER = "Local Public Sector Alliance"
SITE = "Decentralization.Net"
PAPER = (148, 210)
MARGIN = 18
INDENT = 6
BAND_HEIGHT = 62
INK = (22, 32, 31)
INK_SOFT = (76, 89, 87)

MARKS = {"strong": "**", "em": "__"}

WORDS = {
    "en": ("Contents", "Licence", "Edition", "Sample content made for the demonstration site."),
    "fr": ("Sommaire", "Licence", "Édition", "Contenu d’exemple pour le site de démonstration."),
    "es": ("Índice", "Licencia", "Edición", "Contenido de muestra para el sitio de demostración."),
    "pt": ("Índice", "Licença", "Edição", "Conteúdo de exemplo para o site de demonstração."),
    "ar": ("المحتويات", "الترخيص", "الإصدار", "محتوى تجريبي أُعد للموقع التجريبي."),
}


@dataclass(frozen=True)
class Look:
    """How a piece of text is set."""

    size: float
    style: str = ""
    colour: tuple[int, int, int] = INK
    leading: float = 1.5


TITLE = Look(22, "B", leading=1.25)
CHAPTER = Look(15, "B", leading=1.25)
SECTION = Look(12, "B", leading=1.25)
BODY = Look(11)
QUOTE = Look(12, "I", INK_SOFT)
BYLINE = Look(12)
PUBLISHER_LINE = Look(12, colour=INK_SOFT)
SMALL_PRINT = Look(10, colour=INK_SOFT)


@dataclass(frozen=True)
class Imprint:
    """What the title page and the file’s own metadata say."""

    slug: str
    language: str
    authors: str
    edition: str
    licence: str
    published_on: datetime.date

    @property
    def is_rtl(self) -> bool:
        """Written from right to left."""
        return self.language == "ar"


def make_pdf(markdown: str, imprint: Imprint) -> bytes:
    """Return the file: a title page, the contents, then each ``##`` chapter of the text.

    The text begins with its ``#`` title.
    """
    title, *nodes = reader.parse(markdown).children
    booklet = Booklet(reader.plain(title), imprint)
    booklet.title_page()
    booklet.contents_page()
    for node in nodes:
        booklet.write(node)
    return bytes(booklet.output())


class Booklet(FPDF):
    """A small booklet that knows how to set each kind of Markdown block."""

    def __init__(self, title: str, imprint: Imprint):
        super().__init__(format=PAPER)
        self.booklet_title = title
        self.imprint = imprint
        self.start_align = Align.R if imprint.is_rtl else Align.L
        self.words = WORDS[imprint.language]
        for style, name in STYLES.items():
            self.add_font(FONT, style, FONT_FILES / f"Amiri-{name}.ttf")
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(auto=True, margin=MARGIN + 6)
        self._set_metadata()
        self._set_direction()

    def _set_metadata(self) -> None:
        self.set_title(self.booklet_title)
        self.set_author(self.imprint.authors or PUBLISHER)
        self.set_subject(f"{self.words[1]}: {self.imprint.licence}")
        self.set_creator(SITE)
        self.set_lang(self.imprint.language)
        moment = datetime.datetime.combine(self.imprint.published_on, datetime.time())
        self.set_creation_date(moment.replace(tzinfo=datetime.UTC))

    def _set_direction(self) -> None:
        """Let the font choose letter forms: joined Arabic ones, and full stops that suit Latin."""
        if self.imprint.is_rtl:
            self.set_text_shaping(True, direction="rtl", script="arab", language="ara")
        else:
            self.set_text_shaping(True, direction="ltr", script="latn")

    def footer(self) -> None:
        """Put the page number below each page but the first."""
        if self.page_no() == 1:
            return
        self.set_y(-MARGIN)
        self.set_font(FONT, "", 9)
        self.set_text_color(*INK_SOFT)
        self.cell(0, 6, str(self.page_no()), align=Align.C)

    def title_page(self) -> None:
        """Draw the ornament, the title and the imprint."""
        self.add_page()
        self._draw_ornament()
        self.set_y(BAND_HEIGHT + 16)
        self._text(self.booklet_title, TITLE)
        self.ln(4)
        if self.imprint.authors:
            self._text(self.imprint.authors, BYLINE)
        self._text(f"{PUBLISHER}, {self.imprint.published_on.year}", PUBLISHER_LINE)
        self.set_y(-MARGIN - 34)
        _, licence, edition, sample = self.words
        if self.imprint.edition:
            self._text(f"{edition}: {self.imprint.edition}", SMALL_PRINT)
        self._text(f"{licence}: {self.imprint.licence}", SMALL_PRINT)
        self._text(sample, SMALL_PRINT)

    def contents_page(self) -> None:
        """Keep a page on which the chapters are listed once their pages are known."""
        self.add_page()
        self.insert_toc_placeholder(_write_contents)

    def write(self, node: SyntaxTreeNode) -> None:
        """Set one block of the text."""
        if node.type == "heading":
            self._heading(node)
        elif node.type in {"bullet_list", "ordered_list"}:
            self._list(node)
        elif node.type == "table":
            self._table(node)
        elif node.type == "blockquote":
            self._text(reader.plain(node), QUOTE)
            self.ln(3)
        else:
            self._text(_marked(node), BODY, markdown=True)
            self.ln(2.5)

    def _heading(self, node: SyntaxTreeNode) -> None:
        words = reader.plain(node)
        is_chapter = node.tag == "h2"
        if self.will_page_break(40 if is_chapter else 25):
            self.add_page()
        self.ln(5)
        self.set_font(FONT, "B", 15)
        if is_chapter:
            self.start_section(words)
        self._text(words, CHAPTER if is_chapter else SECTION)
        self.ln(2)

    def _list(self, node: SyntaxTreeNode) -> None:
        for number, item in enumerate(node.children, start=1):
            mark = "•" if node.type == "bullet_list" else f"{number}."
            words = " ".join(_marked(child) for child in item.children)
            if self.will_page_break(12):
                self.add_page()
            self._mark(mark)
            self._text(words, BODY, markdown=True, indent=INDENT)
            self.ln(1)
        self.ln(2)

    def _mark(self, mark: str) -> None:
        """Set a bullet or a number at the start of the line, without moving down."""
        self.set_font(FONT, "", 11)
        self.set_text_color(*INK)
        self.set_x(self.w - self.r_margin - INDENT if self.imprint.is_rtl else self.l_margin)
        self.cell(INDENT, 5.8, mark, align=self.start_align)

    def _table(self, node: SyntaxTreeNode) -> None:
        self.ln(1)
        self.set_font(FONT, "", 9.5)
        self.set_text_color(*INK)
        with self.table(
            text_align=self.start_align,
            headings_style=FontFace(emphasis="BOLD", color=INK, fill_color=(239, 243, 242)),
            line_height=5,
            padding=1,
        ) as table:
            for cells in reader.rows(node):
                # Columns run from right to left as well.
                table.row(cells[::-1] if self.imprint.is_rtl else cells)
        self.ln(4)

    def _text(self, words: str, look: Look, *, indent: float = 0, markdown: bool = False) -> None:
        self.set_font(FONT, look.style, look.size)
        self.set_text_color(*look.colour)
        self.set_x(self.l_margin if self.imprint.is_rtl else self.l_margin + indent)
        self.multi_cell(
            self.epw - indent,
            look.size / self.k * look.leading,
            words,
            align=self.start_align,
            markdown=markdown,
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )

    def _draw_ornament(self) -> None:
        """Draw the site’s tessellation for this product across the top of the page."""
        red, green, blue = bytes.fromhex(
            SHARE_COLOURS[tint_number(self.imprint.slug) - 1].removeprefix("#")
        )
        drawing = divide(self.imprint.slug, round(self.w), BAND_HEIGHT)
        pale = tuple(round(255 - (255 - value) * 0.3) for value in (red, green, blue))
        self.set_fill_color(*pale)
        self.rect(0, 0, self.w, BAND_HEIGHT, style="F")
        self.set_fill_color(red, green, blue)
        for polygon in drawing.filled:
            self.polygon(polygon, style="F")
        self.set_draw_color(255)
        for width, lines in ((0.4, drawing.inner_borders), (1.1, drawing.borders)):
            self.set_line_width(width)
            for (x1, y1), (x2, y2) in lines:
                self.line(x1, y1, x2, y2)
        self.set_line_width(0.2)
        self.set_draw_color(205, 214, 212)
        self.set_fill_color(255)


def _write_contents(booklet: Booklet, outline: list[OutlineSection]) -> None:
    booklet._text(booklet.words[0], CHAPTER)
    booklet.ln(3)
    for section in outline:
        booklet._text(f"{section.name}  ·  {section.page_number}", BODY)


def _marked(node: SyntaxTreeNode) -> str:
    """Return the text of a node with fpdf2’s marks for bold and italics, none inside another."""
    if node.type in MARKS:
        return f"{MARKS[node.type]}{reader.plain(node)}{MARKS[node.type]}"
    if node.children:
        return "".join(_marked(child) for child in node.children)
    return reader.plain(node)
