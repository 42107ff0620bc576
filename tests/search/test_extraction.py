"""The texts of files: read once per version, whatever the file does to its reader."""

import io
import time
import unicodedata

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from files.models import SiteDocument
from search.models import Change, Document, FileText
from search.projection import changes, page_marks
from search.projection.extraction import waiting
from search.projection.extraction.cleaning import clean
from search.projection.extraction.isolation import Reading, read_apart
from search.projection.extraction.limits import Limits, Reason
from search.projection.extraction.waiting import CLAIMED_FOR, extract_waiting
from search.projection.file_texts import ask_for
from tests.factories.content import attach, make_product
from tests.side_by_side import side_by_side

from . import office_files as made


def read(data: bytes, extension: str, **limits: int) -> Reading:
    return read_apart(io.BytesIO(data), extension, Limits(**limits))


# What is read


FORMATS = {
    "pdf": (made.pdf("Own revenue", "", "Third page"), ("Own revenue", "", "Third page")),
    "docx": (made.docx("Own revenue", "of communes"), ("Own revenue of communes",)),
    "pptx": (made.pptx("First slide", "Second slide"), ("First slide", "Second slide")),
    "xlsx": (
        made.xlsx({"Shares": [["Africa", 12], ["Asia", "=A1"]], "Notes": [["Own revenue"]]}),
        ("Shares Africa Asia", "Notes Own revenue"),
    ),
    "odt": (
        made.odt(
            "<text:h>Own<text:s/>revenue</text:h><text:p>of <text:span>com</text:span>munes"
            "<o:annotation><text:p>a remark</text:p></o:annotation></text:p>"
        ),
        ("Own revenue of communes",),
    ),
    "ods": (
        made.ods({"Shares": ["Africa", "Asia"], "Notes": ["Own revenue"]}),
        ("Shares Africa Asia", "Notes Own revenue"),
    ),
    "epub": (
        made.epub("<p>Own&nbsp;revenue</p><script>no()</script>", "<p>of com<i>munes</i></p>"),
        ("Own revenue of communes",),
    ),
    "csv": ("région;recettes propres\n".encode("cp1252"), ("région;recettes propres",)),
    "txt": ("الإيرادات الذاتية".encode("utf-16"), ("الإيرادات الذاتية",)),
}


@pytest.mark.parametrize("extension", FORMATS)
def test_each_format_gives_its_text(extension):
    data, pages = FORMATS[extension]
    assert read(data, extension) == Reading(pages)


def test_every_format_that_may_be_uploaded_is_read(settings):
    assert set(settings.WAGTAILDOCS_EXTENSIONS) == set(FORMATS)


def test_a_page_cut_in_the_middle_of_a_letter_is_read_whole():
    text = "é" * 70_000
    assert read(b"x" + text.encode(), "txt").pages == ("x" + text,)


def test_words_in_text_boxes_are_read_once_and_notes_at_the_end():
    box = "</w:t></w:r></w:p><w:AlternateContent>{}</w:AlternateContent><w:p><w:r><w:t>"
    twice = "<w:Choice><w:t>boxed</w:t></w:Choice><w:Fallback><w:t>boxed</w:t></w:Fallback>"
    notes = f'<w:footnotes xmlns:w="{made.WORD}"><w:p><w:t>a note</w:t></w:p></w:footnotes>'
    data = made.docx("before" + box.format(twice) + " after", **{"word/footnotes.xml": notes})
    assert read(data, "docx").pages == ("before boxed after a note",)


def test_a_pdf_that_only_its_editing_needs_a_password_for_is_read():
    assert read(made.pdf("Own revenue", password=""), "pdf").pages == ("Own revenue",)


# What is kept


def test_only_so_many_pages_are_kept():
    reading = read(made.pdf("one", "two", "three"), "pdf", pages=2)
    assert reading == Reading(("one", "two"))


def test_only_so_many_letters_are_kept_and_the_rest_is_not_even_read():
    reading = read(made.docx(*["twelve chars"] * 50_000), "docx", characters=30)
    assert reading.pages == ("twelve chars twelve chars twel",)


def test_scanned_pages_have_no_text():
    reading = read(made.pdf("", ""), "pdf")
    assert reading.pages == ("", "")
    assert not reading.has_text


# What cannot be read


@pytest.mark.parametrize(
    ("data", "extension", "reason"),
    [
        pytest.param(b"", "pdf", Reason.BROKEN, id="empty PDF"),
        pytest.param(b"", "docx", Reason.BROKEN, id="empty Word file"),
        pytest.param(made.pdf("words" * 99)[:600], "pdf", Reason.BROKEN, id="half a PDF"),
        pytest.param(made.docx("words")[:-30], "docx", Reason.BROKEN, id="half a Word file"),
        pytest.param(made.zipped({"content.xml": "<a><b>"}), "odt", Reason.BROKEN, id="half XML"),
        pytest.param(made.zipped({"other": ""}), "xlsx", Reason.BROKEN, id="no workbook"),
        pytest.param(made.zipped({"other": ""}), "epub", Reason.BROKEN, id="no book"),
        pytest.param(made.pdf("x", password="secret"), "pdf", Reason.ENCRYPTED, id="locked PDF"),
        pytest.param(
            bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 512,
            "docx",
            Reason.ENCRYPTED,
            id="locked Word file",
        ),
        pytest.param(
            made.odt("<text:p>x</text:p>", manifest="<m:algorithm/>"),
            "odt",
            Reason.ENCRYPTED,
            id="locked ODT",
        ),
        pytest.param(
            made.epub(
                "<p>x</p>",
                **{
                    "META-INF/encryption.xml": "<encryption>"
                    '<CipherReference URI="OPS/text/chapter%200.xhtml"/></encryption>'
                },
            ),
            "epub",
            Reason.ENCRYPTED,
            id="locked book",
        ),
        pytest.param(made.docx("&i;", prolog=made.XML_BOMB), "docx", Reason.BROKEN, id="XML bomb"),
        pytest.param(
            made.docx("&a;", prolog=made.FETCHED), "docx", Reason.BROKEN, id="foreign entity"
        ),
        pytest.param(b"MZ", "exe", Reason.UNKNOWN_FORMAT, id="program"),
    ],
)
def test_what_cannot_be_read_says_why(data, extension, reason):
    assert read(data, extension) == Reading(reason=reason)


def test_a_zip_bomb_is_left_before_it_is_unpacked():
    bomb = made.zip_bomb()
    assert len(bomb) < 2_000_000
    started = time.monotonic()
    assert read(bomb, "docx") == Reading(reason=Reason.TOO_LARGE)
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("data", [made.endless_pdf(), made.bushy_pdf()], ids=["endless", "bushy"])
def test_a_tree_of_pages_without_end_ends_its_reader_alone(data):
    started = time.monotonic()
    reading = read(data, "pdf", seconds=5)
    assert reading.reason
    assert not reading.has_text
    assert time.monotonic() - started < 10


def test_a_file_that_is_too_large_is_not_even_opened():
    reading = read(b"x" * 2_000_000, "txt", size=1_000_000)
    assert reading == Reading(reason=Reason.TOO_LARGE)


def test_what_was_read_before_the_time_is_over_stays_read():
    reading = read(made.slow_pdf(), "pdf", seconds=2)
    assert reading == Reading(("Own revenue",), Reason.TOO_SLOW)


def test_a_file_that_needs_too_much_memory_ends_its_reader_alone():
    words = made.docx(*["word " * 1000] * 20_000)
    reading = read(words, "docx", characters=200_000_000, memory=100 * 1024 * 1024)
    assert reading == Reading(reason=Reason.TOO_MUCH_MEMORY)


# Clean text


@pytest.mark.parametrize(
    ("extracted", "text"),
    [
        ("decentra-\nlization", "decentralization"),
        ("decentra-\n  lización fiscal", "decentralización fiscal"),
        ("decentra\u00ad\nlization", "decentralization"),
        ("decentra\u00adlization", "decentralization"),
        ("a long-term view, a long-\nterm plan", "a long-term view, a long-term plan"),
        ("Guinea-\nBissau", "Guinea-Bissau"),
        ("2015-\n2020", "2015- 2020"),
        ("ef\ufb01ciency of o\ufb03ces", "efficiency of offices"),
        ("\ufe8d\ufedf\ufee4\ufeaa\ufef3\ufee8\ufe94", "المدينة"),
        ("المـــدينة", "المدينة"),
        ("e\u0301conomie", "économie"),
        ("Chapter one ........... 12", "Chapter one 12"),
        ("and so on... then", "and so on... then"),
        ("\u202bالقانون\u202c\u200f", "القانون"),
        ("a\x00b\x07c\ud800d\ue000e", "a b c d e"),
        ("  two\t words \n\n here ", "two words here"),
    ],
)
def test_text_is_cleaned(extracted, text):
    assert clean(extracted) == text


@pytest.mark.parametrize("piece", ["a", "-", "\n", "a-", "a-\n", "- \n", ".", ". ", "\u00ad", "ﷺ"])
@pytest.mark.parametrize("start", ["", "word-"])
def test_no_text_takes_long_to_clean(piece, start):
    started = time.monotonic()
    clean(start + piece * 50_000)
    assert time.monotonic() - started < 2


@given(st.text())
def test_clean_text_is_one_composed_line_that_every_database_holds(text):
    cleaned = clean(text)
    assert " ".join(cleaned.split()) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert "\x00" not in cleaned
    cleaned.encode()


@given(st.text(st.characters(categories=["L", "N", "Zs"])))
def test_cleaning_loses_no_word(text):
    text = unicodedata.normalize("NFKC", text).replace("\u0640", "")
    assert clean(text).split() == unicodedata.normalize("NFC", text).split()


# Once per version, in the background


@pytest.fixture
def store(db, settings, tmp_path):
    """Return a function that stores a file and asks for its text, as the building does."""
    settings.MEDIA_ROOT = tmp_path

    def stored(data: bytes, name: str = "file.txt") -> FileText:
        document = SiteDocument(title=name, file=ContentFile(data, name=name))
        document._set_document_file_metadata()
        document.save()
        ask_for([document.pk])
        changes.catch_up()
        return document.file_text

    return stored


def replace(text: FileText, data: bytes) -> None:
    """Give the file another content, as editors do."""
    text.file.file.save("other.txt", ContentFile(data), save=False)
    text.file._set_document_file_metadata()
    text.file.save()


def marks() -> list[str]:
    return list(Change.objects.values_list("what", flat=True))


def test_a_waiting_file_is_read_once_and_what_shows_it_changes(store, now):
    text = store(b"Own revenue")
    assert extract_waiting(now=now) == 1
    text.refresh_from_db()
    assert (text.state, text.pages, text.done_at) == ("done", ["Own revenue"], now)
    uid = f"file:{text.file_id}"
    assert marks() == [uid, f"facet:follows:{uid}"]
    assert extract_waiting(now=now) == 0


def test_a_product_is_found_by_the_words_of_its_file_and_on_which_page(store, home, now):
    text = store(made.pdf("Own revenue", "Shared revenue"), "revenue.pdf")
    product = make_product()
    attach(product, text.file)
    product.save_revision().publish()
    changes.catch_up()
    extract_waiting(now=now)
    changes.catch_up()
    found = Document.objects.get(uid=f"page:{product.pk}").files[0]["text"]
    assert page_marks.without(found).split() == ["Own", "revenue", "Shared", "revenue"]
    assert page_marks.place(found, found.index("Shared")) == (0, 2)


def test_first_asked_first_read_and_no_more_than_wanted(store, now):
    texts = [store(f"file {number}".encode()) for number in range(3)]
    assert extract_waiting(2, now) == 2
    states = [FileText.objects.get(pk=text.pk).state for text in texts]
    assert states == ["done", "done", "waiting"]


def test_a_scan_changes_nothing(store, now):
    text = store(made.pdf("", ""), "scan.pdf")
    extract_waiting(now=now)
    text.refresh_from_db()
    assert (text.state, text.pages, text.error) == ("without-text", [], "")
    assert marks() == []


def test_what_can_never_be_read_is_tried_once(store, now):
    text = store(made.pdf("x", password="secret"), "locked.pdf")
    extract_waiting(now=now)
    text.refresh_from_db()
    assert (text.state, text.error, text.attempts) == ("failed", "encrypted", 1)


def test_a_missing_file_is_tried_three_times_and_not_at_once(store, now):
    text = store(b"words")
    text.file.file.storage.delete(text.file.file.name)
    for attempt in range(1, 4):
        assert extract_waiting(now=now) == 1
        assert extract_waiting(now=now) == 0
        text.refresh_from_db()
        assert text.attempts == attempt
        assert text.error == "missing"
        now += CLAIMED_FOR
    assert text.state == "failed"
    assert extract_waiting(now=now) == 0


def test_a_file_whose_readers_all_died_is_given_up(store, now):
    text = store(b"words")
    FileText.objects.update(attempts=3, retry_at=now - CLAIMED_FOR)
    extract_waiting(now=now)
    text.refresh_from_db()
    assert (text.state, text.error) == ("failed", "too-much-memory")


def test_the_beginning_of_a_slow_file_is_kept_with_the_reason(store, now):
    text = store(made.slow_pdf(), "slow.pdf")
    extract_waiting(now=now, limits=Limits(seconds=2))
    text.refresh_from_db()
    assert (text.state, text.pages, text.error) == ("done", ["Own revenue"], "too-slow")


def test_the_same_content_is_read_once(store, now):
    first = store(b"Own revenue")
    extract_waiting(now=now)
    second = store(b"Own revenue")
    second.file.file.storage.delete(second.file.file.name)
    extract_waiting(now=now)
    second.refresh_from_db()
    assert second.file_hash == first.file_hash
    assert second.pages == ["Own revenue"]


def test_a_replaced_file_is_read_again(store, now):
    text = store(b"Own revenue")
    extract_waiting(now=now)
    replace(text, b"Shared revenue")
    ask_for([text.file_id])
    text.refresh_from_db()
    assert (text.state, text.pages) == ("waiting", [])
    extract_waiting(now=now)
    text.refresh_from_db()
    assert text.pages == ["Shared revenue"]


def test_what_was_read_of_a_version_that_is_gone_by_then_is_not_kept(store, now, monkeypatch):
    text = store(b"Own revenue")

    def read_while_replaced(*arguments):
        reading = read_apart(*arguments)
        replace(text, b"Shared revenue")
        return reading

    monkeypatch.setattr(waiting, "read_apart", read_while_replaced)
    extract_waiting(now=now)
    monkeypatch.undo()
    assert FileText.objects.get().pages == []
    extract_waiting(now=now)
    assert FileText.objects.get().pages == ["Shared revenue"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="only one writes to SQLite at a time")
def test_several_workers_read_each_file_once(store, now):
    for number in range(6):
        store(f"file {number}".encode())

    assert sum(side_by_side(lambda: extract_waiting(6, now), 3)) == 6
    assert set(FileText.objects.values_list("attempts", "state")) == {(1, "done")}
