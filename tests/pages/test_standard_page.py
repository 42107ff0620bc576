"""The plain page and the blocks of its text."""

import pytest
from django.utils import translation
from wagtail.rich_text import RichText

from files.models import SiteImage
from pages.headings import anchored
from pages.models import StandardPage
from tests.factories.content import make_document, make_post
from tests.outline import assert_good_outline, titles

pytestmark = pytest.mark.django_db


def make_plain(home, *blocks, title="About", **fields) -> StandardPage:
    page = StandardPage(title=title, slug=title.lower(), body=list(blocks), **fields)
    return home.add_child(instance=page)


def paragraph(html: str) -> tuple[str, RichText]:
    return "paragraph", RichText(html)


def html_of(client, page) -> str:
    response = client.get(page.get_url())
    assert response.status_code == 200
    return response.content.decode()


def test_a_long_page_lists_its_headings(client, home):
    parts = "".join(f"<h2>Part {number}</h2><p>Words.</p>" for number in range(1, 5))
    response = client.get(make_plain(home, paragraph(parts)).get_url())
    html = response.content.decode()
    assert titles(response)[0] == "On this page"
    assert '<a class="link-list__link" href="#part-1">Part 1</a>' in html
    assert '<h2 id="part-1">Part 1</h2>' in html
    assert_good_outline(response)


def test_a_short_page_lists_none(client, home):
    assert "On this page" not in html_of(client, make_plain(home, paragraph("<h2>One</h2>")))


def test_every_heading_has_an_address_of_its_own():
    html, found = anchored('<h2 data-x="1">Who &amp; what</h2><h2>Who &amp; what</h2><h2>?</h2>', 2)
    assert [heading.anchor for heading in found] == ["who-what-2", "who-what-2-2", "part-2"]
    assert [heading.label for heading in found] == ["Who & what", "Who & what", "?"]
    assert '<h2 data-x="1" id="who-what-2">' in html


def test_pages_below_are_listed(client, home):
    page = make_plain(home)
    page.add_child(instance=StandardPage(title="Policies", slug="policies"))
    page.add_child(instance=StandardPage(title="A draft", slug="draft", live=False))
    html = html_of(client, page)
    assert "Policies" in html
    assert "A draft" not in html


def test_a_table_tells_its_headers_and_caption(client, home):
    table = {
        "data": [["Section", "Adopted"], ["1", "2022 <b>"]],
        "first_row_is_table_header": True,
        "first_col_is_header": True,
        "table_caption": "Policies",
    }
    html = html_of(client, make_plain(home, ("table", table)))
    assert '<th scope="col"' in html
    assert '<th scope="row"' in html
    assert "Policies</caption>" in html
    assert "2022 &lt;b&gt;" in html


@pytest.mark.parametrize(
    ("language", "words"), [("en", "“Who decides?”"), ("es", "«Who decides?»")]
)
def test_a_quotation_stands_between_the_marks_of_its_language(client, home, language, words):
    quote = {"text": "Who decides?", "source": "Amina Sample"}
    html = html_of(client, make_plain(home, ("quote", quote), language=language))
    assert words in html
    assert "Amina Sample" in html


def test_a_file_is_offered_with_format_and_language(client, home):
    document = make_document("Bylaws")
    html = html_of(client, make_plain(home, ("download", {"document": document, "label": ""})))
    assert "Bylaws" in html
    assert "PDF" in html
    assert "English" in html


def test_a_page_with_a_missing_image_still_serves(client, home):
    image = SiteImage.objects.create(title="Gone", file="gone.png", width=10, height=10)
    figure = {"image": image, "caption": "A map"}
    page = make_plain(home, ("figure", figure), paragraph("<p>Text.</p>"))
    assert "Text." in html_of(client, page)


def test_a_notice_is_set_apart(client, home):
    html = html_of(client, make_plain(home, ("notice", {"text": RichText("<p>Mind the gap.</p>")})))
    assert "Mind the gap." in html
    assert 'role="note"' in html


def test_links_lead_to_pages_that_are_live(client, home):
    live, gone = make_post("Live"), make_post("Gone", live=False)
    links = "".join(
        f'<p><a linktype="page" id="{pk}">{word}</a></p>'
        for pk, word in ((live.pk, "here"), (gone.pk, "nowhere"), (999999, "lost"))
    )
    html = html_of(client, make_plain(home, paragraph(links)))
    assert '<a href="/blog/live/">here</a>' in html
    assert "<a>nowhere</a>" in html
    assert "<a>lost</a>" in html


def test_a_changed_link_target_shows_at_once(client, home, django_capture_on_commit_callbacks):
    post = make_post("Live")
    page = make_plain(home, paragraph(f'<p><a linktype="page" id="{post.pk}">here</a></p>'))
    assert "/blog/live/" in html_of(client, page)
    post.slug = "moved"
    with django_capture_on_commit_callbacks(execute=True):
        post.save_revision().publish()
    assert "/blog/moved/" in html_of(client, page)


def test_a_text_in_another_language_says_so(client, home):
    html = html_of(client, make_plain(home, paragraph("<p>Bonjour.</p>"), language="fr"))
    assert 'lang="fr"' in html
    with translation.override("en"):
        assert "Read on" not in html


def test_a_page_costs_the_same_with_many_links_and_children(client, home, count_queries):
    page = make_plain(home)

    def grow(numbers):
        links = "".join(
            f'<a linktype="page" id="{make_post(f"Post {number}").pk}">x</a>' for number in numbers
        )
        for number in numbers:
            below = StandardPage(title=f"Child {number}", slug=f"child-{number}")
            page.add_child(instance=below)
        page.body = [paragraph(f"<p>{links}</p>")]
        page.save()

    grow(range(3))
    few = count_queries(page.get_url())
    grow(range(3, 12))
    assert count_queries(page.get_url()) == few
    assert few <= 12
