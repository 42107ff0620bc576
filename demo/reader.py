"""Read the demo’s texts: TOML front matter, Markdown, and further parts below ``+++`` lines.

Markdown becomes what Wagtail stores: rich text with ``<a linktype="page">`` for ``page:<id>``
links, and the blocks of a page’s body.
"""

import re
import tomllib
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

CONTENT = Path(__file__).parent / "content"
FENCE = "+++"
PART = re.compile(r"^\+\+\+ ([a-z]+) ([\w-]+)$", re.MULTILINE)
PAGE_LINK = "page:"
NAMESPACE = uuid.UUID("6c1b2a2e-6a43-4d6e-9a2f-0c2f6f0d8f11")

# Returns the primary key of the page with this outline id.
Resolve = Callable[[str], int]


@dataclass(frozen=True)
class Part:
    """A further text in a content file: a file’s text, a table, a biography in a language."""

    kind: str
    name: str
    text: str


@dataclass(frozen=True)
class Text:
    """One content file."""

    front: dict
    body: str
    parts: list[Part] = field(default_factory=list)

    def parts_of(self, kind: str) -> dict[str, str]:
        """Return ``{name: text}`` of the parts of one kind, in order."""
        return {part.name: part.text for part in self.parts if part.kind == kind}


@dataclass(frozen=True)
class Section:
    """A heading and the text below it, up to the next heading of any level."""

    level: int
    heading: str
    text: str


def read(path: Path) -> Text:
    """Return the parsed file; a ``.toml`` file is all front matter."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".toml":
        return Text(tomllib.loads(source), "")
    _, front, rest = source.split(f"{FENCE}\n", 2)
    body, parts = _split(rest)
    return Text(tomllib.loads(front), body, parts)


def read_folder(folder: str) -> dict[str, Text]:
    """Return every file of a folder of the content, by its ``id`` or else by its name."""
    paths = sorted((CONTENT / folder).glob("*.*"))
    texts = {path.stem: read(path) for path in paths if path.suffix in {".md", ".toml"}}
    return {text.front.get("id", name): text for name, text in texts.items()}


def _split(source: str) -> tuple[str, list[Part]]:
    """Return the body and the parts, each of which runs up to the next ``+++`` line."""
    body, *pieces = PART.split(source)
    parts = [
        Part(kind, name, text.strip())
        for kind, name, text in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True)
    ]
    return body.strip(), parts


def parse(markdown: str) -> SyntaxTreeNode:
    """Return the tree of a CommonMark text with tables."""
    parser = MarkdownIt("commonmark").enable("table")
    return SyntaxTreeNode(parser.parse(markdown))


def sections(markdown: str) -> list[Section]:
    """Split a text at its ``##`` and ``###`` headings; what stands before the first is left out."""
    pieces = re.split(r"^(#{2,3}) (.+)$", markdown, flags=re.MULTILINE)[1:]
    return [
        Section(len(marks), heading.strip(), text.strip())
        for marks, heading, text in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True)
    ]


def plain(node: SyntaxTreeNode) -> str:
    """Return the words of a node without any markup."""
    if node.type in {"text", "code_inline"}:
        return node.content
    if node.type in {"softbreak", "hardbreak"}:
        return " "
    return "".join(plain(child) for child in node.children)


def rows(table: SyntaxTreeNode) -> list[list[str]]:
    """Return the cells of a table as plain text, the header first."""
    return [
        [plain(cell) for cell in row.children] for part in table.children for row in part.children
    ]


def tables(markdown: str) -> list[list[list[str]]]:
    """Return every table of a text."""
    return [rows(node) for node in parse(markdown).children if node.type == "table"]


def rich_text(markdown: str, resolve: Resolve) -> str:
    """Return the text as a rich text field stores it."""
    return "".join(_stored(node, resolve) for node in parse(markdown).children)


def blocks(markdown: str, resolve: Resolve) -> list[dict]:
    """Return the text as the raw data of a body: running text, quotations and tables."""
    return [
        {"type": kind, "value": value, "id": str(uuid.uuid5(NAMESPACE, f"{place}:{value}"))}
        for place, (kind, value) in enumerate(_blocks(parse(markdown), resolve))
    ]


def _blocks(tree: SyntaxTreeNode, resolve: Resolve) -> Iterator[tuple[str, object]]:
    running = ""
    for node in tree.children:
        if node.type not in {"blockquote", "table"}:
            running += _stored(node, resolve)
            continue
        if running:
            yield "paragraph", running
            running = ""
        yield ("quote", _quote(node)) if node.type == "blockquote" else ("table", _table(node))
    if running:
        yield "paragraph", running


def _quote(node: SyntaxTreeNode) -> dict[str, str]:
    """The last paragraph names the source when it begins with a dash."""
    paragraphs = [plain(child) for child in node.children]
    source = ""
    if len(paragraphs) > 1 and paragraphs[-1].startswith(("—", "–")):
        source = paragraphs.pop().lstrip("—– ")
    return {"text": "\n".join(paragraphs), "source": source}


def _table(node: SyntaxTreeNode) -> dict:
    return {
        "data": rows(node),
        "table_header_choice": "row",
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "table_caption": "",
        "cell": [],
        "mergeCells": [],
        "hidden": [],
    }


def _stored(node: SyntaxTreeNode, resolve: Resolve) -> str:
    """Return one block of text in the HTML of Wagtail’s rich text fields."""
    if node.type == "heading":
        level = min(max(int(node.tag[1]), 2), 3)
        return f"<h{level}>{_inline(node, resolve)}</h{level}>"
    if node.type in {"bullet_list", "ordered_list"}:
        items = "".join(f"<li>{_item(item, resolve)}</li>" for item in node.children)
        return f"<{node.tag}>{items}</{node.tag}>"
    if node.type == "hr":
        return "<hr/>"
    if node.type == "paragraph":
        return f"<p>{_inline(node, resolve)}</p>"
    raise ValueError(f"The demo’s texts may not hold a {node.type}.")


def _item(item: SyntaxTreeNode, resolve: Resolve) -> str:
    """Return the inside of a list item: its first words without a paragraph, as Wagtail has it."""
    return "".join(
        _inline(child, resolve) if child.type == "paragraph" else _stored(child, resolve)
        for child in item.children
    )


def _inline(node: SyntaxTreeNode, resolve: Resolve) -> str:
    if node.type in {"text", "code_inline"}:
        return escape(node.content, quote=False)
    if node.type == "softbreak":
        return " "
    if node.type == "hardbreak":
        return "<br/>"
    inside = "".join(_inline(child, resolve) for child in node.children)
    if node.type == "link":
        return f"<a {_target(node.attrs['href'], resolve)}>{inside}</a>"
    tag = {"strong": "b", "em": "i"}.get(node.type)
    return f"<{tag}>{inside}</{tag}>" if tag else inside


def _target(href: str, resolve: Resolve) -> str:
    if href.startswith(PAGE_LINK):
        return f'linktype="page" id="{resolve(href.removeprefix(PAGE_LINK))}"'
    return f'href="{escape(href)}"'
