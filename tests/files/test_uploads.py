"""What may be uploaded, and how documents are sent."""

import io
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from files.models import SiteDocument, SiteImage
from files.validation import check_content
from tests.factories.content import archive, make_document, pdf

DOCX = archive(word__document_dot_xml=b"<w/>")
XLSX = archive(xl__workbook_dot_xml=b"<w/>")
ODT = archive(mimetype=b"application/vnd.oasis.opendocument.text")


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize(
    ("extension", "content"),
    [
        ("pdf", pdf()),
        ("PDF", b"\xef\xbb\xbf%PDF-1.7"),
        ("docx", DOCX),
        ("xlsx", XLSX),
        ("odt", ODT),
        ("csv", "país;año\n".encode()),
        ("csv", "país;año\n".encode("utf-16")),
        ("txt", b""),
    ],
)
def test_a_file_that_is_what_it_says_passes(extension, content):
    file = io.BytesIO(content)
    check_content(file, extension)
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("extension", "content"),
    [
        ("pdf", b"MZ\x90\x00"),
        ("pdf", b"<html><script>alert(1)</script>"),
        ("pdf", b""),
        ("docx", XLSX),
        ("xlsx", DOCX),
        ("xlsx", b"PK\x03\x04 but broken"),
        ("xlsx", pdf()),
        ("odt", DOCX),
        ("epub", ODT),
        ("csv", XLSX),
        ("txt", b"MZ\x90\x00"),
        ("txt", b"a\x00b"),
    ],
)
def test_a_renamed_file_is_refused(extension, content):
    with pytest.raises(ValidationError, match="not a valid"):
        check_content(io.BytesIO(content), extension)


def upload(admin_client, name: str, content: bytes, url: str = "wagtaildocs:add"):
    return admin_client.post(
        reverse(url),
        {
            "title": "A paper",
            "file": SimpleUploadedFile(name, content),
            "collection": Collection.get_first_root_node().pk,
            "language": "en",
            "licence": "",
        },
    )


def stored() -> list[Path]:
    from django.conf import settings  # noqa: PLC0415 - the fixture has set it by now

    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_an_editor_uploads_a_document(admin_client, home):
    response = upload(admin_client, "paper.pdf", pdf())
    assert response.status_code == 302
    assert SiteDocument.objects.get().page_count == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("paper.pdf", b"MZ\x90\x00", "This is not a valid PDF file."),
        ("paper.exe", b"MZ\x90\x00", "exe"),
        ("paper.svg", b"<svg/>", "svg"),
        ("paper.html", b"<html/>", "html"),
    ],
)
def test_a_wrong_document_gets_words_and_is_not_stored(admin_client, home, name, content, words):
    response = upload(admin_client, name, content)
    assert response.status_code == 200
    assert words in response.content.decode()
    # One reason, not also that the name of the refused file is missing.
    assert "“”" not in response.content.decode()
    assert not SiteDocument.objects.exists()
    assert stored() == []


@pytest.mark.django_db
def test_an_oversized_document_gets_words_and_is_not_stored(admin_client, home, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 100
    response = upload(admin_client, "paper.pdf", pdf())
    assert response.status_code == 200
    assert "This file is too big" in response.content.decode()
    assert not SiteDocument.objects.exists()
    assert stored() == []


@pytest.mark.django_db
def test_a_wrong_image_gets_words_and_is_not_stored(admin_client, home):
    response = admin_client.post(
        reverse("wagtailimages:add"),
        {
            "title": "A picture",
            "file": SimpleUploadedFile("picture.png", pdf()),
            "collection": Collection.get_first_root_node().pk,
        },
    )
    assert response.status_code == 200
    assert not SiteImage.objects.exists()
    assert stored() == []


@pytest.mark.django_db
def test_a_document_comes_with_the_right_headers(client, home):
    document = make_document()
    response = client.get(document.url)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("inline")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    again = client.get(document.url, headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.django_db
def test_a_document_keeps_every_address_it_had(client, home):
    document = make_document()
    for address in (f"/documents/{document.pk}/", f"/documents/{document.pk}/an-older-name.pdf"):
        assert client.get(address).headers["Content-Type"] == "application/pdf"


@pytest.mark.django_db
def test_a_document_without_its_file_is_not_found(client, home):
    document = make_document()
    Path(document.file.path).unlink()
    assert client.get(document.url).status_code == 404
    assert client.get("/documents/99999/x.pdf").status_code == 404


@pytest.mark.django_db
def test_a_private_document_is_not_sent(client, home):
    collection = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    document = make_document(collection=collection)
    assert client.get(f"/documents/{document.pk}/").status_code == 302
