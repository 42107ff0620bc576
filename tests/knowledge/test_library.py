"""The library and the pages of products."""

import datetime
import json
from pathlib import Path

import pytest
from django.core.cache import caches
from django.utils import timezone
from wagtail.models import PageViewRestriction

from knowledge.models import ResourcePage
from tests.factories.content import attach, make_document, make_product
from tests.factories.groups import make_group

pytestmark = pytest.mark.django_db
Status = ResourcePage.Status


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def html_of(client, page) -> str:
    response = client.get(page.get_url())
    assert response.status_code == 200
    return response.content.decode()


def test_the_library_lists_current_editions_only(client, home):
    newer = make_product("Handbook 2022")
    make_product("Handbook 2015", superseded_by=newer)
    make_product("Gone", status=Status.WITHDRAWN)
    html = client.get("/library/").content.decode()
    assert "Handbook 2022" in html
    assert "Handbook 2015" not in html
    assert "Gone" not in html


def test_a_product_published_without_a_date_gets_that_day_and_stands_first(home):
    make_product("Older", date=datetime.date(2026, 11, 1))
    product = make_product("Newest", date=None, live=False)
    product.save_revision().publish()
    product.refresh_from_db()
    assert product.date == timezone.localdate(product.first_published_at)
    assert ResourcePage.objects.live().newest().first() == product


def test_the_library_filters_by_country_and_year(client, home):
    make_product("Kenya 2023", countries=["ke"], date=datetime.date(2023, 1, 1))
    make_product("Kenya 2024", countries=["ke"], date=datetime.date(2024, 1, 1))
    make_product("Nepal 2023", countries=["np"], date=datetime.date(2023, 1, 1))
    html = client.get("/library/?country=ke&year=2023").content.decode()
    assert "Kenya 2023" in html
    assert "Kenya 2024" not in html
    assert "Nepal 2023" not in html


def test_a_product_offers_each_file_with_format_size_and_pages(client, home):
    product = make_product()
    attach(product, make_document("English paper", language="en"))
    attach(product, make_document("Document français", language="fr", name="fr.pdf"))
    html = html_of(client, product)
    assert "English paper" in html
    assert 'hreflang="fr"' in html
    assert "1 page" in html
    assert "Download" in html


def test_the_button_offers_the_readers_language(client, home):
    product = make_product(language="fr")
    attach(product, make_document("Français", language="fr", name="fr.pdf"))
    english = make_document("English", language="en", name="en.pdf")
    attach(product, english)
    action = client.get(product.get_url()).context["around"].action
    assert action["url"] == english.url


def test_a_missing_file_is_offered_on_request(client, home):
    product = make_product(group=make_group("Finance", contact_email="finance@example.org"))
    document = make_document("Lost paper")
    attach(product, document)
    Path(document.file.path).unlink()
    html = html_of(client, product)
    assert "On request" in html
    assert "mailto:finance@example.org" in html
    assert document.url not in html


def test_an_older_edition_leads_to_the_newer_one(client, home):
    newer = make_product("Handbook 2022", edition="2.0")
    older = make_product("Handbook 2015", superseded_by=newer, edition="1.0")
    html = html_of(client, older)
    assert "There is a newer edition" in html
    assert newer.get_url() in html
    editions = client.get(newer.get_url()).context["around"].editions
    assert [edition["label"] for edition in editions] == ["Handbook 2022", "Handbook 2015"]


def test_editions_in_a_circle_do_not_hang_the_page(client, home):
    one = make_product("One")
    two = make_product("Two", superseded_by=one)
    ResourcePage.objects.filter(pk=one.pk).update(superseded_by=two)
    assert "There is a newer edition" in html_of(client, one)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.FORTHCOMING, "Forthcoming"),
        (Status.DRAFT_FOR_COMMENT, "This is a draft for comment"),
    ],
)
def test_a_state_is_said_with_its_note(client, home, status, words):
    html = html_of(client, make_product(status=status, status_note="Until 31 March."))
    assert words in html
    assert "Until 31 March." in html


def test_a_withdrawn_product_is_gone_and_says_why(client, home):
    newer = make_product("Better")
    product = make_product(
        "Wrong", status=Status.WITHDRAWN, status_note="Its figures were wrong.", superseded_by=newer
    )
    response = client.get(product.get_url())
    assert response.status_code == 410
    html = response.content.decode()
    assert "Its figures were wrong." in html
    assert newer.get_url() in html


def test_a_product_kept_elsewhere_leads_there(client, home):
    product = make_product(
        kind=ResourcePage.Kind.ONLINE_COURSE, external_url="https://www.example.org/course"
    )
    html = html_of(client, product)
    assert "Open the course" in html
    assert 'href="https://www.example.org/course"' in html


def test_the_licence_leads_to_its_words(client, home):
    html = html_of(client, make_product(licence="CC-BY-4.0"))
    assert "https://creativecommons.org/licenses/by/4.0/" in html


@pytest.mark.parametrize(
    ("form", "content_type", "begins"),
    [
        ("bib", "application/x-bibtex; charset=utf-8", "@techreport{a-brief-2026"),
        ("ris", "application/x-research-info-systems; charset=utf-8", "TY  - RPRT\r\n"),
    ],
)
def test_a_citation_comes_as_a_file(client, home, form, content_type, begins):
    product = make_product("A brief", authors=["Nguyễn Thị Ví Dụ"])
    response = client.get(f"/library/cite/{product.pk}.{form}")
    assert response.headers["Content-Type"] == content_type
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    assert response.content.decode().startswith(begins)
    assert "Nguyễn Thị Ví Dụ" in response.content.decode()


def test_no_citation_of_what_readers_cannot_see(client, home):
    draft = make_product(live=False)
    withdrawn = make_product(status=Status.WITHDRAWN)
    private = make_product()
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    shown = make_product()
    for pk in (draft.pk, withdrawn.pk, private.pk, 10**18):
        assert client.get(f"/library/cite/{pk}.bib").status_code == 404
    assert client.get(f"/library/cite/{shown.pk}.pdf").status_code == 404


def test_a_product_is_described_for_machines(client, home):
    product = make_product("A brief", licence="CC-BY-4.0", edition="1.0", authors=["N. N."])
    attach(product, make_document())
    html = html_of(client, product)
    script = html.split('<script type="application/ld+json">')[1].split("</script>")[0]
    report = json.loads(script)["@graph"][0]
    assert report["@type"] == "Report"
    assert report["version"] == "1.0"
    assert report["encoding"][0]["encodingFormat"] == "application/pdf"


def test_products_cost_the_same_however_many_files_and_editions(client, home, count_queries):
    product = make_product(themes=["local-democracy"], countries=["ke"], authors=["One"])
    attach(product, make_document(name="0.pdf"))
    before = count_queries(product.get_url())
    for number in range(1, 12):
        attach(product, make_document(name=f"{number}.pdf"))
        make_product(superseded_by=product, themes=["local-democracy"])
    caches["default"].clear()
    assert count_queries(product.get_url()) == before
    assert before <= 12
