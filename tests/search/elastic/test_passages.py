"""What a result shows: title, passage, and the page of the file where the words stand."""

from search.engines.answers import Passage
from search.projection import page_marks

from .library import Thing


def marked(passage: Passage) -> list[str]:
    return [passage.text[start:end] for start, end in passage.hits]


def hit_of(answer, uid):
    return next(hit for hit in answer.hits if hit.uid == uid)


def test_a_result_says_everything_that_a_list_shows(find):
    hit = hit_of(find("property taxes"), "page:revenue")
    assert hit.title == "Own-source revenue in Kenyan counties"
    assert (hit.url, hit.entity, hit.kind) == ("/page/revenue/", "post", "article")
    assert (hit.language, hit.date.isoformat()) == ("en", "2026-03-01")
    assert (hit.groups, hit.in_every_language) == (("infer",), False)
    assert hit.score > 0
    assert hit_of(find("wanjiru"), "person:amina").in_every_language


def test_the_passage_shows_the_words_in_their_forms(find):
    passage = hit_of(find("organize budget"), "page:revenue").passage
    assert marked(passage) == ["organised", "budgets"] or marked(passage) == ["budgets"]
    assert "budgets" in passage.text


def test_the_title_shows_the_words_without_stop_words(find):
    hit = hit_of(find("revenue in county"), "page:revenue")
    assert [hit.title[start:end] for start, end in hit.title_hits] == ["revenue", "counties"]


def test_words_at_the_edges_of_a_passage_are_marked(only, find):
    only(Thing("page:1", "Notes", body="revenue is own revenue"))
    assert marked(find("revenue").hits[0].passage) == ["revenue", "revenue"]


def test_without_words_the_beginning_is_shown(find):
    assert hit_of(find(""), "page:revenue").passage == Passage("What three counties changed.")


def test_a_long_beginning_ends_at_a_word(only, find):
    only(Thing("page:1", "Notes", body="beginning " * 100))
    text = find("").hits[0].passage.text
    assert text.endswith("beginning…")
    assert len(text) <= 301


def test_the_passage_of_a_person_is_in_the_language_of_the_reader(find):
    english = hit_of(find("audit", language="en"), "person:amina").passage
    french = hit_of(find("audit", language="fr"), "person:amina").passage
    assert (marked(english), marked(french)) == (["audits"], ["l’audit"])
    assert french.text.startswith("Conseille")


def test_markup_in_a_text_stays_text(only, find):
    only(Thing("page:1", "<b>Bold</b> revenue", body="<script>alert(1)</script> revenue & tax"))
    hit = find("revenue").hits[0]
    assert hit.title == "<b>Bold</b> revenue"
    assert [hit.title[start:end] for start, end in hit.title_hits] == ["revenue"]
    assert hit.passage.text == "<script>alert(1)</script> revenue & tax"


def test_words_in_a_file_name_it_and_its_page(find):
    hit = hit_of(find("equalization formula"), "page:handbook")
    assert marked(hit.passage)[:2] == ["equalisation", "formula"]
    assert page_marks.without(hit.passage.text) == hit.passage.text
    assert (hit.in_file.title, hit.in_file.page) == ("handbook.pdf", 2)
    assert hit.in_file.url == "/documents/1/handbook.pdf"
    assert hit.in_file.language == "en"


def test_a_file_without_pages_has_none(find):
    hit = hit_of(find("hysteresis"), "page:handbook")
    assert (hit.in_file.title, hit.in_file.page) == ("annex.docx", 0)
    assert hit.in_file.url == "/documents/1/annex.docx"


def test_a_phrase_is_found_across_marks(find):
    found = find('"equalisation formula weighs poverty and size"')
    assert [hit.uid for hit in found.hits] == ["page:handbook"]


def test_the_page_itself_goes_before_its_files(find):
    hit = hit_of(find("ministries"), "page:handbook")
    assert (hit.in_file, marked(hit.passage)) == (None, ["ministries"])
    assert hit_of(find("transfers"), "page:handbook").in_file is None


def test_a_long_file_keeps_its_pages_apart(only, find):
    pages = [f"Filler words on this page. {'More of them here. ' * 30}" for _ in range(60)]
    pages[41] += " The needle stands here."
    only(Thing("page:1", "A report", files={"report.pdf": pages}))
    assert find("needle").hits[0].in_file.page == 42
