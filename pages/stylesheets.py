"""One stylesheet from many: the parts of ``site/static/css`` joined into ``css/site.css``.

Designers edit one file per component; a reader's browser fetches one. The finder below offers the
joined file to everything that knows Django's static files: the development server builds it when a
part has changed, ``collectstatic`` gives it a hashed name and compresses it. Nothing is installed
and nothing runs beside the server.
"""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

STYLESHEET = "css/site.css"
FIRST = ("tokens.css", "base.css", "layout.css")
LAST = ("print.css",)


def source_directory() -> Path:
    """Return the folder that holds tokens.css and the other parts."""
    return Path(settings.STATICFILES_DIRS[0]) / "css"


def parts(directory: Path) -> list[Path]:
    """Return the parts in the order in which they are joined: components by name."""
    components = sorted((directory / "components").glob("*.css"))
    return [
        *(directory / name for name in FIRST),
        *components,
        *(directory / name for name in LAST),
    ]


def build_css(directory: Path) -> str:
    """Return all parts as one stylesheet, without comments and indentation."""
    joined = "\n".join(part.read_text(encoding="utf-8") for part in parts(directory))
    without_comments = re.sub(r"/\*.*?\*/", "", joined, flags=re.DOTALL)
    lines = (line.strip() for line in without_comments.splitlines())
    return re.sub(r"\n?([{};,])\n", r"\1", "\n".join(filter(None, lines))) + "\n"


class StylesheetFinder(BaseFinder):
    """Offers ``css/site.css`` to the static files of Django, built from its parts when asked."""

    def find(self, path: str, find_all: bool = False) -> str | list[str]:
        if path != STYLESHEET:
            return []
        built = str(self._built())
        return [built] if find_all else built

    def list(self, ignore_patterns: object) -> Iterator[tuple[str, FileSystemStorage]]:
        built = self._built()
        yield STYLESHEET, FileSystemStorage(location=built.parent.parent)

    def _built(self) -> Path:
        """Return the path of an up-to-date file; readers never see it half written."""
        css = build_css(source_directory())
        built = Path(settings.BASE_DIR) / ".cache" / "static" / STYLESHEET
        if not built.exists() or built.read_text(encoding="utf-8") != css:
            built.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=built.parent, delete=False
            ) as unfinished:
                unfinished.write(css)
            Path(unfinished.name).chmod(0o644)
            Path(unfinished.name).replace(built)
        return built
