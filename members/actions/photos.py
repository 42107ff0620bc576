"""The photos of members: kept apart from the pictures of the site, gone with what they show."""

import uuid

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Collection

from files.models import SiteImage
from members.models import Member

COLLECTION = "Photos of members"


@transaction.atomic
def replace(member: Member, data: bytes) -> None:
    """Take a photo, as ``photos.portrait`` returns it, in place of the one there was.

    Neither the file’s name nor the title say whose it is.
    """
    former = member.photo
    image = SiteImage(
        title="Photo of a member",
        collection=_collection(),
        file=ContentFile(data, name=f"{uuid.uuid4().hex}.jpg"),
    )
    image._set_image_file_metadata()
    image.save()
    member.photo = image
    member.save(update_fields=["photo"])
    _discard(former)


@transaction.atomic
def remove(member: Member) -> None:
    """Delete a member’s photo and everything made of it."""
    former, member.photo = member.photo, None
    member.save(update_fields=["photo"])
    _discard(former)


def without_members(images: QuerySet[SiteImage]) -> QuerySet[SiteImage]:
    """Leave out the photos of members: nobody chooses them for a page."""
    return images.exclude(collection__in=Collection.objects.filter(name=COLLECTION, depth=2))


def _discard(image: SiteImage | None) -> None:
    """Delete a picture that was taken for a member; one of the site stays."""
    if image is not None and image.collection.name == COLLECTION:
        image.delete()


def _collection() -> Collection:
    root = Collection.get_first_root_node()
    found = root.get_children().filter(name=COLLECTION).first()
    return found or root.add_child(name=COLLECTION)
