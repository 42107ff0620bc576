"""The profile of a member: the form, the photo, and how others see it."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.ExifTags import Base

from files.models import SiteImage
from members.actions import photos, privacy
from members.models import Level, Member
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def amina(home, client) -> Member:
    member = make_member("amina@example.org", "Amina Mfano", level="members")
    client.force_login(member.user)
    return member


def picture(width: int = 400, height: int = 300, kind: str = "JPEG", **saved) -> SimpleUploadedFile:
    written = io.BytesIO()
    Image.new("RGB", (width, height), "#336699").save(written, kind, **saved)
    return SimpleUploadedFile(f"Amina Mfano.{kind.lower()}", written.getvalue())


def send(client, **fields):
    return client.post("/my/profile/", {"name": "Amina Mfano", "level": "members"} | fields)


def stored(image: SiteImage) -> Image.Image:
    with image.file.open() as file:
        return Image.open(io.BytesIO(file.read()))


def test_a_photo_is_kept_without_what_it_knows_of_its_owner(client, amina):
    exif = Image.Exif()
    exif[Base.Artist] = "Amina Mfano"
    exif[Base.Orientation] = 6
    sent = picture(1600, 900, exif=exif.tobytes(), comment=b"at home")
    assert send(client, new_photo=sent).status_code == 302
    amina.refresh_from_db()
    kept = stored(amina.photo)
    assert kept.format == "JPEG"
    assert kept.size == (450, 800)
    assert not kept.getexif()
    assert "comment" not in kept.info
    assert "Amina" not in f"{amina.photo.file.name} {amina.photo.title}"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_formats_become_jpegs(client, amina, kind):
    send(client, new_photo=picture(kind=kind))
    amina.refresh_from_db()
    assert stored(amina.photo).format == "JPEG"


@pytest.mark.parametrize(
    "sent",
    [
        SimpleUploadedFile("a.jpg", b"MZ no picture"),
        SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        picture(50, 50),
        picture(kind="GIF"),
        SimpleUploadedFile("cut.jpg", picture().read()[:300]),
    ],
    ids=["program", "svg", "too small", "gif", "cut off"],
)
def test_what_is_no_good_photo_is_refused_and_the_form_says_so(client, amina, sent):
    sent.seek(0)
    answer = send(client, new_photo=sent)
    assert answer.context["form"].errors["new_photo"]
    assert not SiteImage.objects.exists()


def test_a_picture_with_too_many_pixels_is_not_unpacked(client, amina, monkeypatch):
    monkeypatch.setattr("members.directory.photos.MOST_PIXELS", 1_000)
    assert send(client, new_photo=picture()).context["form"].errors["new_photo"]


def test_a_new_photo_and_removing_it_delete_the_file(
    client, amina, django_capture_on_commit_callbacks
):
    send(client, new_photo=picture())
    amina.refresh_from_db()
    first = amina.photo.file.path
    with django_capture_on_commit_callbacks(execute=True):
        send(client, new_photo=picture(200, 200))
    amina.refresh_from_db()
    second = amina.photo.file.path
    with django_capture_on_commit_callbacks(execute=True):
        send(client, without_photo="on")
    assert not SiteImage.objects.exists()
    assert not any(Path(path).exists() for path in (first, second))


def test_photos_of_members_are_not_offered_for_pages(client, amina):
    send(client, new_photo=picture())
    assert SiteImage.objects.exists()
    assert not photos.without_members(SiteImage.objects.all()).exists()


def test_r25_the_photo_is_erased_with_the_member(client, amina, now):
    send(client, new_photo=picture())
    amina.refresh_from_db()
    privacy.erase(amina, now)
    assert not SiteImage.objects.exists()


def test_a_picture_of_the_site_stays_when_a_member_takes_another(client, amina):
    site_image = SiteImage.objects.create(title="Portrait", file=picture())
    Member.objects.filter(pk=amina.pk).update(photo=site_image)
    send(client, new_photo=picture())
    assert SiteImage.objects.filter(pk=site_image.pk).exists()


def test_each_part_has_its_level_and_wider_ones_than_the_profile_are_not_kept(client, amina):
    send(client, about="Budgets.", about_level="groups", groups_level="hidden")
    amina.refresh_from_db()
    assert amina.field_levels == {"about": "groups", "groups": "hidden"}
    send(client, level="groups", about_level="members", interests_level="hidden")
    amina.refresh_from_db()
    assert amina.field_levels == {"interests": "hidden"}


def test_a_name_cannot_break_a_line(client, amina):
    send(client, name="Amina\r\nBcc: all@example.org")
    amina.refresh_from_db()
    assert amina.name == "Amina Bcc: all@example.org"


@pytest.mark.parametrize(
    ("by", "sees_about", "sees_name"),
    [("everybody", False, False), ("members", False, True), ("groups", True, True)],
)
def test_members_see_themselves_as_others_do(client, amina, by, sees_about, sees_name):
    send(client, about="Budgets and people.", about_level=Level.GROUPS)
    answer = client.get("/my/profile/seen/", {"by": by})
    assert ("Budgets and people." in answer.content.decode()) is sees_about
    assert answer.context["is_seen"] is sees_name
