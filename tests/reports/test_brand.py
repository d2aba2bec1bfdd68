"""A brand is printed as it was given, or refused in a sentence."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import replace
from importlib import resources

import pdfplumber
import pytest
from PIL import Image

from assessment.errors import InputError
from assessment.report_settings import ReportSettings
from models.evaluation import Evaluation
from reports.brand import FIXED_SECTIONS, brand_of
from reports.contrast import TEXT, contrast, nearest_passing
from reports.describe import describe, every_section
from reports.logo import LARGEST_KEPT, logo_from, logo_of, logo_size, logo_text
from reports.paper.style import make_styles
from reports.pdf import PageSize, render_pdf
from reports.web.brand import brand_rules

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20">{}</svg>'
CIRCLE = '<circle cx="20" cy="10" r="9" fill="#0B7A80" opacity="0.5"/>'


def png(width: int = 60, height: int = 30, colour: tuple[int, int, int, int] = (20, 51, 92, 255)) -> bytes:
    """Return a PNG of one colour."""
    target = io.BytesIO()
    Image.new("RGBA", (width, height), colour).save(target, "PNG")
    return target.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#FFFFFF", "#FFFFFF", 1.0),
        ("#767676", "#FFFFFF", 4.54),
        ("#777777", "#FFFFFF", 4.48),
    ],
)
def test_contrast_is_that_of_wcag(first: str, second: str, expected: float) -> None:
    """The figures are those published for these pairs, in either order."""
    assert contrast(first, second) == pytest.approx(expected, abs=0.005)
    assert contrast(second, first) == contrast(first, second)


@pytest.mark.parametrize("code", ["#FFFFFF", "#FFD400", "#7FB2FF", "#ff0000", "#888888"])
def test_the_nearest_passing_colour_passes_and_no_lighter_one_does(code: str) -> None:
    """One step lighter is not enough."""
    found = nearest_passing(code)
    assert contrast(found, "#FFFFFF") >= 4.5
    channels = [int(found[at : at + 2], 16) for at in (1, 3, 5)]
    lighter = "#" + "".join(f"{min(255, value + 3):02X}" for value in channels)
    assert contrast(lighter, "#FFFFFF") < 4.5


def test_a_colour_that_passes_is_its_own_nearest() -> None:
    """Nothing is changed without need."""
    assert nearest_passing("#14335C") == "#14335C"


def test_white_on_white_is_refused_with_the_colour_that_would_do() -> None:
    """The sentence names the field, the figure and the remedy."""
    with pytest.raises(InputError) as caught:
        brand_of(ReportSettings(primary="#ffffff"))
    assert str(caught.value) == (
        "primary: #FFFFFF has a contrast of 1.00 to 1 with white, and text needs 4.5; "
        "the nearest that passes is #767676"
    )


def test_a_ratio_just_below_is_not_rounded_up() -> None:
    """What is refused never reads as 4.50."""
    with pytest.raises(InputError, match=r"contrast of 4\.47 to 1"):
        brand_of(ReportSettings(secondary="#777777"))


@pytest.mark.parametrize("code", ["#E8E1D9", "#FFD400", "#7FB2FF", "#8E9AA4", "#FFFFFF"])
@pytest.mark.parametrize("primary", ["", "#767676", "#7A1F5C", "#000000"])
def test_text_is_read_on_a_light_second_colour_and_never_written_in_it(code: str, primary: str) -> None:
    """It is the ground of heads and of the decision; everything written on it or in its place has 4.5 to 1."""
    brand = brand_of(ReportSettings(primary=primary, secondary=code))
    styles = make_styles(brand)
    assert styles.ground == brand.ground == code
    assert styles.secondary == styles.primary
    heads = [style for (_, head, _), style in styles.cells.items() if head]
    for style in (*heads, styles.callout_title, styles.callout):
        for written in (style.textColor, style.tokenColor):
            assert contrast("#" + written.hexval()[2:], code) >= 4.5
    rules = brand_rules(brand)
    assert f"--fill: {code};" in rules
    assert f"--second-text: {code}" not in rules
    assert "--fill: var(--pale);" in rules.split("@media")[1]


def test_a_dark_second_colour_is_written_in_and_no_ground() -> None:
    """The grounds stay those of the product."""
    brand = brand_of(ReportSettings(secondary="#9A4A00"))
    assert (make_styles(brand).secondary, make_styles(brand).ground) == ("#9A4A00", make_styles().ground)
    assert "--fill" not in brand_rules(brand)


def test_the_text_of_the_page_is_the_text_that_grounds_are_measured_with() -> None:
    """A light colour that passes is read under the text of the web page as well."""
    sheet = (resources.files("reports.web") / "style.css").read_text(encoding="utf-8")
    assert f"--ink: {TEXT.lower()};" in sheet.split("@media")[0]


def test_a_logo_is_kept_as_a_small_png_of_its_own() -> None:
    """Chunks with text are gone, the size is bounded, and what was kept is kept again byte for byte."""
    raw = png(3000, 1000)
    raw = raw[:33] + chunk(b"tEXt", b"Comment\x00secret") + raw[33:]
    kept = logo_from(raw, "logo.png")
    assert b"secret" not in kept
    assert logo_size(kept) == (1200, 400)
    assert len(kept) <= LARGEST_KEPT
    assert logo_of(logo_text(kept)) == kept


def test_a_logo_of_ten_thousand_pixels_a_side_is_refused_unread() -> None:
    """Its head is enough: the pixels are never unpacked."""
    head = struct.pack(">IIBBBBB", 10_000, 10_000, 8, 6, 0, 0, 0)
    raw = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    with pytest.raises(InputError, match="10,000 x 10,000 pixels; at most 4,000 a side"):
        logo_from(raw, "big.png")


def test_a_png_that_unpacks_to_more_than_its_head_says_is_refused() -> None:
    """A small head before a stream of fifty megabytes is damage, not a picture."""
    head = struct.pack(">IIBBBBB", 8, 8, 8, 6, 0, 0, 0)
    body = zlib.compress(b"\x00" + b"\xff" * 50_000_000, 9)
    raw = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    assert len(raw) < 100_000
    with pytest.raises(InputError, match="damaged"):
        logo_from(raw, "bomb.png")


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "neither PNG nor SVG"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (png()[:60], "damaged"),
        (b"GIF89a", "neither PNG nor SVG"),
        (b"x" * 1_000_001, "1,000,001 bytes"),
        (png(colour=(0, 0, 0, 0)), "transparent"),
    ],
)
def test_what_is_no_logo_is_refused_in_a_sentence(raw: bytes, words: str) -> None:
    """One problem, with the name of the file."""
    with pytest.raises(InputError, match=words) as caught:
        logo_from(raw, "logo.png")
    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].file == "logo.png"


def test_an_svg_is_drawn_with_its_opacity() -> None:
    """Half of a colour over nothing stays half."""
    kept = logo_from(SVG.format(CIRCLE).encode(), "logo.svg")
    assert logo_size(kept) == (960, 480)
    with Image.open(io.BytesIO(kept)) as opened:
        pixel = opened.convert("RGBA").getpixel((480, 240))
    assert isinstance(pixel, tuple)
    assert abs(pixel[3] - 128) <= 2
    assert all(abs(found - wanted) <= 2 for found, wanted in zip(pixel[:3], (11, 122, 128), strict=True))


def test_an_editors_own_data_is_left_out() -> None:
    """Titles, metadata and foreign attributes do not keep a logo from being drawn."""
    extra = '<title>Ours</title><metadata><x xmlns="urn:editor"/></metadata><view xmlns="urn:editor" zoom="1"/>'
    assert logo_from(SVG.format(extra + CIRCLE).encode(), "l.svg") == logo_from(SVG.format(CIRCLE).encode(), "l.svg")


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("<script>alert(1)</script>", "'script', which is no shape"),
        ('<rect width="9" height="9" onload="alert(1)"/>', "script"),
        ('<image href="file:///etc/passwd" width="9" height="9"/>', "'image', which is no shape"),
        ('<image xlink:href="https://example.org/a.png"/>', "'image', which is no shape"),
        ('<use href="other.svg#a"/>', "outside itself"),
        ('<use xlink:href="https://example.org/a.svg#a"/>', "outside itself"),
        ('<rect width="9" height="9" fill="url(https://example.org/a)"/>', "outside itself"),
        ('<rect width="9" height="9" style="fill:url(&quot;//example.org/a&quot;)"/>', "outside itself"),
        ("<style>@import url(https://example.org/a.css);</style>", "'style', which is no shape"),
        ('<a href="javascript:alert(1)"><rect width="9" height="9"/></a>', "'a', which is no shape"),
        ("<foreignObject/>", "'foreignObject', which is no shape"),
        ('<animate attributeName="x"/>', "'animate', which is no shape"),
        ("<text>Ours</text>", "turn text into paths"),
        ("<g>" * 60 + "</g>" * 60, "levels"),
        ("<g/>" * 6000, "elements"),
    ],
)
def test_an_svg_with_more_than_shapes_is_refused(inside: str, words: str) -> None:
    """Scripts, references and foreign content are named, and nothing of them is drawn."""
    with pytest.raises(InputError, match=words):
        logo_from(SVG.format(inside).encode(), "logo.svg")


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;"),
        '<?xml version="1.0"?><!DOCTYPE svg SYSTEM "http://example.org/x.dtd">' + SVG.format(CIRCLE),
        '<?xml-stylesheet href="https://example.org/a.css"?>' + SVG.format(CIRCLE),
        "<svg",
        '<?xml version="1.0"?><html/>',
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1e9 1"/>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90000 1"/>',
    ],
)
def test_an_svg_that_is_not_plain_is_refused(text: str) -> None:
    """Entities, document types, style sheets, damage and boundless sizes."""
    with pytest.raises(InputError):
        logo_from(text.encode(), "logo.svg")


@pytest.mark.parametrize("text", ["AAAA", "iVBORw0KGgo=", "!!!!"])
def test_a_kept_text_that_is_no_logo_is_refused(text: str) -> None:
    """A file from outside may hold anything."""
    with pytest.raises(InputError):
        logo_of(text)


def test_the_page_on_what_it_was_made_from_cannot_be_switched_off() -> None:
    """Any other section can."""
    with pytest.raises(InputError, match="always stands in it"):
        brand_of(ReportSettings(left_out=("answers", "identity")))
    brand_of(ReportSettings(left_out=("answers",)))


@pytest.fixture(scope="module")
def branded(evaluation: Evaluation) -> Evaluation:
    """Return the worked example with everything that a brand can be, and long."""
    settings = ReportSettings(
        brand="Ward & Sons <b>Consultants</b> " * 3,
        logo=logo_text(logo_from(png(1200, 480), "logo.png")),
        primary="#7A1F5C",
        secondary="#9A4A00",
        cover_text="=1+1 <img src='/etc/passwd'/>\n" * 7 + "the last line",
        left_out=tuple(item.id for item in every_section(evaluation) if item.id not in FIXED_SECTIONS),
    )
    return replace(evaluation, assessment=evaluation.assessment.model_copy(update={"report": settings}))


@pytest.mark.parametrize("size", ["a4", "letter"])
def test_a_brand_stands_on_the_cover_as_it_was_typed(branded: Evaluation, size: PageSize) -> None:
    """Logo, name and words are on the first page and nothing of them is markup; the cover stays one page."""
    data = render_pdf(describe(branded), page_size=size)
    with pdfplumber.open(io.BytesIO(data)) as opened:
        cover, second = opened.pages[0], opened.pages[1].extract_text()
        text = " ".join(cover.extract_text().split())
        assert "Ward & Sons <b>Consultants</b>" in text
        assert "=1+1 <img src='/etc/passwd'/>" in text
        assert "the last line" in text
        assert [(round(image["srcsize"][0]), round(image["srcsize"][1])) for image in cover.images] == [(1200, 480)]
        assert all(image["x1"] - image["x0"] <= 190 for image in cover.images)
        band = next(box for box in cover.rects if box["width"] > 0.9 * cover.width and box["height"] > 100)
        assert [round(255 * part) for part in band["non_stroking_color"]] == [0x7A, 0x1F, 0x5C]
    assert "Contents" in second
    assert b"/etc/passwd" not in data


def test_a_brand_is_written_the_same_each_time(branded: Evaluation) -> None:
    """The same bytes, logo included."""
    assert render_pdf(describe(branded)) == render_pdf(describe(branded))
