"""Photos that members send: what is taken, and what is left of it."""

import io

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
LARGEST_MB = 8
MOST_PIXELS = 50_000_000
SMALLEST, SIDE = 96, 800
QUALITY = 85


def portrait(upload: UploadedFile) -> bytes:
    """Return a photo as we keep it: a JPEG of at most 800 units a side that knows nothing else.

    Where and with what it was taken, comments and previews are left behind: only the picture is
    copied. Raises ``ValidationError`` for what is no picture, too large or too small.
    """
    if upload.size > LARGEST_MB * 1024 * 1024:
        raise ValidationError(
            _("This file is too large. Choose one of at most %(number)s MB.")
            % {"number": LARGEST_MB}
        )
    try:
        upload.seek(0)
        with Image.open(upload, formats=FORMATS) as image:
            _check_size(image)
            return _copied(image)
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise ValidationError(_unreadable()) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise ValidationError(_unreadable()) from error


def _check_size(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise ValidationError(_("This photo has too many pixels. Choose a smaller one."))
    if min(width, height) < SMALLEST:
        raise ValidationError(
            _("This photo is too small. Choose one of at least %(number)s pixels a side.")
            % {"number": SMALLEST}
        )


def _copied(image: Image.Image) -> bytes:
    """Return the picture itself, upright, on white, as a new file."""
    image.draft("RGB", (2 * SIDE, 2 * SIDE))
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((SIDE, SIDE))
    seen = upright.convert("RGBA")
    flat = Image.new("RGB", seen.size, "white")
    flat.paste(seen, mask=seen.getchannel("A"))
    written = io.BytesIO()
    flat.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()


def _unreadable() -> str:
    return _("This is no photo that we can read. Choose a JPEG, PNG or WebP file.")
