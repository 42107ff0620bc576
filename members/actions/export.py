"""Handing members what is kept about them."""

import datetime
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from wagtail.users.models import UserProfile

from members.models import DataRequest, Member
from members.own_data.collecting import collected


def export(member: Member, now: datetime.datetime) -> bytes:
    """Return a ZIP with everything that is kept about a member; write down that it was asked."""
    DataRequest.objects.create(
        user=member.user,
        kind=DataRequest.Kind.EXPORT,
        state=DataRequest.State.DONE,
        asked_at=now,
        done_at=now,
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        facts = json.dumps(collected(member), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        archive.writestr("data.json", facts)
        photos = list(_photos(member))
        for name, photo in photos:
            archive.writestr(name, photo)
        words = {"now": now, "photos": [name for name, _photo in photos]}
        archive.writestr("README.txt", render_to_string("members/export_readme.txt", words))
    return packed.getvalue()


def _photos(member: Member) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures of a member with a name for each; one whose file is lost is left out."""
    profile = UserProfile.objects.filter(user=member.user).first()
    files = {
        "photo": member.photo.file if member.photo else None,
        "picture-in-admin": profile.avatar if profile else None,
    }
    for name, file in files.items():
        if file and file.storage.exists(file.name):
            with file.open("rb") as opened:
                yield f"{name}{Path(file.name).suffix}", opened.read()
