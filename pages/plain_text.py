"""What editors wrote, as plain text for the search, and the files to which it leads.

Streams are read as they are stored: nothing that a block chooses is looked up, so that reading
many pages costs no queries.
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from wagtail.blocks import Block, ChooserBlock, ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.blocks.stream_block import StreamValue
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField

END_OF_LINE = re.compile(r"</(?:p|h\d|li|ul|ol|blockquote|tr)>|<(?:br|hr)\b[^>]*>", re.IGNORECASE)
LINKED_DOCUMENT = re.compile(
    r'<a\b(?=[^>]*\blinktype="document")[^>]*?\bid="(\d+)"', re.IGNORECASE
)  # as Wagtail stores it: <a linktype="document" id="3">

Leaf = tuple[Block, Any]


def of_rich_text(source: str) -> str:
    """Return rich text without its marks, each paragraph, heading and point on its own line."""
    in_one_line = " ".join(source.split())
    lines = unescape(strip_tags(END_OF_LINE.sub("\n", in_one_line))).splitlines()
    return "\n".join(line for line in (" ".join(words.split()) for words in lines) if line)


def of_stream(value: StreamValue) -> str:
    """Return the text of all blocks, each on lines of its own; addresses are not text."""
    texts = (text for leaf in _leaves(value) for text in _of_leaf(*leaf))
    return "\n".join(text for text in texts if text)


def of_field(instance: Any, name: str) -> str:
    """Return the text of a model’s field, whatever kind of text it holds."""
    value = getattr(instance, name)
    field = instance._meta.get_field(name)
    if isinstance(field, StreamField):
        return of_stream(value)
    return of_rich_text(value) if isinstance(field, RichTextField) else str(value or "")


def documents_in(instance: Any, name: str) -> list[int]:
    """Return the ids of the documents that a field offers or links to, in their order."""
    value = getattr(instance, name)
    field = instance._meta.get_field(name)
    if isinstance(field, StreamField):
        return [pk for leaf in _leaves(value) for pk in _documents_of_leaf(*leaf)]
    return _linked(value) if isinstance(field, RichTextField) else []


def _of_leaf(block: Block, raw: Any) -> list[str]:
    if isinstance(block, ChooserBlock):
        return []
    if isinstance(block, RichTextBlock):
        return [of_rich_text(raw)]
    return [str(text).strip() for text in block.get_searchable_content(block.to_python(raw))]


def _documents_of_leaf(block: Block, raw: Any) -> list[int]:
    if isinstance(block, DocumentChooserBlock):
        return [int(raw)]
    return _linked(raw) if isinstance(block, RichTextBlock) else []


def _linked(source: str) -> list[int]:
    return [int(pk) for pk in LINKED_DOCUMENT.findall(source)]


def _leaves(value: StreamValue) -> Iterator[Leaf]:
    """Yield each block that holds no other blocks, with its value as stored; no empty ones."""
    yield from _below(value.stream_block, list(value.raw_data))


def _below(block: Block, raw: Any) -> Iterator[Leaf]:
    if isinstance(block, StreamBlock):
        parts = [(block.child_blocks.get(item["type"]), item["value"]) for item in raw or ()]
    elif isinstance(block, StructBlock):
        stored = raw if isinstance(raw, Mapping) else {}
        parts = [(child, stored.get(name)) for name, child in block.child_blocks.items()]
    elif isinstance(block, ListBlock):
        parts = [(block.child_block, _item(item)) for item in raw or ()]
    else:
        parts = []
        if raw:
            yield block, raw
    for child, stored in parts:
        if child is not None:
            yield from _below(child, stored)


def _item(item: Any) -> Any:
    """Return the value of a list’s item: since Wagtail 2.16 each is stored with an id."""
    return item["value"] if isinstance(item, Mapping) and item.get("type") == "item" else item
