"""The promises of the design: contrast, size, direction, one stylesheet per component."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

from pages import styleguide
from pages.stylesheets import STYLESHEET, build_css, parts
from pages.tessellation import SHARE_COLOURS, TINTS, tessellation_svg, tint_number

STATIC = Path(settings.STATICFILES_DIRS[0])
CSS = STATIC / "css"
COMPONENTS = Path(settings.TEMPLATES[0]["DIRS"][0]) / "components"
STYLESHEETS = sorted(CSS.rglob("*.css"))
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)

# Styles that belong to no single component.
SHARED_STYLES = {"account", "prose", "styleguide_example"}


def palettes() -> dict[str, dict[str, str]]:
    """Return the colours of tokens.css, in light and in dark."""
    source = (CSS / "tokens.css").read_text(encoding="utf-8")
    light, _, dark = source.partition("prefers-color-scheme: dark")
    colours = re.compile(r"(--[\w-]+):\s*(#[0-9a-f]{6});")
    return {
        "light": dict(colours.findall(light)),
        "dark": dict(colours.findall(light)) | dict(colours.findall(dark)),
    }


def promises() -> list[tuple[str, str, float]]:
    """Return the pairs of colours that tokens.css declares, with the contrast they promise."""
    source = (CSS / "tokens.css").read_text(encoding="utf-8")
    found = re.findall(r"@contrast (--[\w-]+) on (--[\w-]+) ([\d.]+)", source)
    return [(front, back, float(ratio)) for front, back, ratio in found]


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "ratio"), promises())
def test_colours_keep_the_contrast_they_promise(mode, front, back, ratio):
    palette = palettes()[mode]
    assert contrast(palette[front], palette[back]) >= ratio


def test_every_text_and_tint_colour_makes_a_promise():
    promised = {front for front, _, _ in promises()}
    surfaces = {"--paper", "--surface", "--surface-strong", "--warm-surface", "--error-surface"}
    decoration = {"--hairline", "--bar", "--bar-line", "--mark"}
    assert set(palettes()["light"]) - surfaces - decoration == promised


def test_both_palettes_name_the_same_colours():
    source = (CSS / "tokens.css").read_text(encoding="utf-8")
    light, _, dark = source.partition("prefers-color-scheme: dark")
    name = re.compile(r"(--[\w-]+):\s*#")
    assert set(name.findall(light)) == set(name.findall(dark))


def test_every_component_has_a_stylesheet_and_no_stylesheet_is_left_over():
    templates = {path.stem for path in COMPONENTS.glob("*.html")} - styleguide.PARTS
    stylesheets = {path.stem for path in (CSS / "components").glob("*.css")} - SHARED_STYLES
    assert stylesheets == templates


def test_every_component_names_its_inputs():
    for template in COMPONENTS.glob("*.html"):
        assert template.read_text(encoding="utf-8").startswith("{#"), template.name


def test_every_component_is_shown_in_the_style_guide():
    for entry in styleguide.entries():
        assert entry.examples, f"templates/styleguide/{entry.name}.toml has no example"
        for example in entry.examples:
            assert example.html.strip(), f"{entry.name}, {example.title}: nothing is drawn"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_style_guide_and_its_sample_pages_render(rf, language):
    request = rf.get("/styleguide/", {"language": language})
    direction = "rtl" if language == "ar" else "ltr"
    answers = [styleguide.index(request)]
    answers += [styleguide.sample_page(request, name) for name in styleguide.SAMPLE_PAGES]
    for answer in answers:
        assert f'<html lang="{language}" dir="{direction}">' in answer.content.decode()


@pytest.mark.parametrize("template", ["404.html", "410.html", "500.html"])
def test_error_pages_render_without_any_context(template):
    with translation.override("en"):
        html = render_to_string(template)
    assert "<h1" in html
    assert "site.css" in html


@pytest.mark.parametrize("stylesheet", STYLESHEETS, ids=lambda path: path.stem)
def test_stylesheets_know_no_left_and_right(stylesheet):
    source = COMMENT.sub("", stylesheet.read_text(encoding="utf-8"))
    physical = re.findall(
        r"(?:margin|padding|border)-(?:left|right|top|bottom)|text-align:\s*(?:left|right)"
        r"|float:\s*(?:left|right)|[\s;{](?:left|right|top|bottom|width|height):",
        source,
    )
    assert physical == []


@pytest.mark.parametrize("stylesheet", STYLESHEETS, ids=lambda path: path.stem)
def test_stylesheets_use_tokens_and_never_force(stylesheet):
    source = COMMENT.sub("", stylesheet.read_text(encoding="utf-8"))
    assert "!important" not in source
    assert "url(" not in source
    if stylesheet.name != "tokens.css":
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*;)|rgba?\(|hsla?\(", source) == []


def test_stylesheets_use_only_tokens_that_exist():
    sources = {path: COMMENT.sub("", path.read_text(encoding="utf-8")) for path in STYLESHEETS}
    declared = {name for source in sources.values() for name in re.findall(r"(--[\w-]+):", source)}
    for path, source in sources.items():
        assert set(re.findall(r"var\((--[\w-]+)", source)) <= declared, path.name


def test_templates_carry_no_inline_style_or_script():
    for template in COMPONENTS.parent.rglob("*.html"):
        if "wagtailadmin" in template.parts or "mail" in template.parts:
            continue
        source = re.sub(r"{[%#].*?[%#]}", "", template.read_text(encoding="utf-8"))
        assert not re.search(r"\sstyle=|\son[a-z]+=\"|<style", source), template


def test_the_stylesheet_is_one_small_file_with_every_part():
    css = build_css(CSS)
    assert len(gzip.compress(css.encode())) < 15_000
    assert len(parts(CSS)) == len(STYLESHEETS)
    assert "/*" not in css
    assert css.count("{") == css.count("}")


def test_static_files_offer_the_joined_stylesheet():
    found = finders.find(STYLESHEET)
    assert found is not None
    assert Path(found).read_text(encoding="utf-8") == build_css(CSS)


def test_collecting_static_files_includes_the_joined_stylesheet():
    listed = [path for finder in finders.get_finders() for path, _ in finder.list([])]
    assert listed.count(STYLESHEET) == 1


def test_the_script_is_small():
    script = (STATIC / "js" / "site.js").read_bytes()
    assert len(script) < 5_000


SLUGS = ["africa", "asia", "eca", "lac", "mena", "global", *(f"topic-{n}" for n in range(200))]


@pytest.mark.parametrize("size", [(1200, 120), (480, 300), (320, 320)])
def test_tessellations_are_small_and_always_the_same(size):
    width, height = size
    for slug in SLUGS:
        drawing = tessellation_svg(slug, width=width, height=height)
        tessellation_svg.cache_clear()
        assert drawing == tessellation_svg(slug, width=width, height=height)
        assert len(drawing.encode()) < 2_000
        assert "style=" not in drawing
        assert "<text" not in drawing


def test_two_slugs_do_not_share_a_tessellation():
    assert len({tessellation_svg(slug) for slug in SLUGS}) == len(SLUGS)


def test_a_tessellation_may_take_the_colour_of_its_region():
    assert f"tint-{tint_number('africa')}" in tessellation_svg("a-post", tint="africa")


def test_share_pictures_use_the_colours_of_the_tokens():
    light = palettes()["light"]
    assert [light[f"--tint-{number}"] for number in range(1, TINTS + 1)] == list(SHARE_COLOURS)


def test_the_guide_for_designers_names_every_component():
    guide = (Path(settings.BASE_DIR) / "docs" / "design.md").read_text(encoding="utf-8")
    assert [name for name in styleguide.component_names() if f"**{name}**" not in guide] == []
