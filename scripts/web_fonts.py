"""The fonts of the pages, cut from those of the report: ``python -m scripts.web_fonts``.

Screen, charts and paper share one face. The files in ``reports/fonts`` hold all its scripts, and a page would have to
wait for them. Those in ``static`` hold the letters and signs of European languages, compressed. Signs that Noto Sans
lacks (arrows, minus, check marks) come from DejaVu Sans, as on paper. A character outside both is the browser's own.
"""

from __future__ import annotations

from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from reports.vectors import FONTS

STATIC = Path(__file__).parents[1] / "static"
LICENCES = ("LICENSE-NotoSans-OFL.txt", "LICENSE-DejaVu.txt")
_LETTERS = (
    (0x0020, 0x024F),  # Latin, with the letters of all European languages
    (0x02B0, 0x02FF),  # raised letters
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x045F),  # Cyrillic
    (0x1D2C, 0x1D6A),  # more raised and lowered letters
    (0x1E00, 0x1EFF),  # more Latin
    (0x2000, 0x20BF),  # dashes, quotation marks, raised and lowered figures, currencies
)
_SIGNS = (
    (0x2100, 0x22FF),  # letter-like signs, arrows, mathematics
    (0x2580, 0x25FF),  # blocks and geometric shapes
    (0x2700, 0x27BF),  # check marks
)
FACES = {
    "NotoSans-Regular": _LETTERS,
    "NotoSans-Bold": _LETTERS,
    "NotoSans-Italic": _LETTERS,
    "DejaVuSans": _SIGNS,
    "DejaVuSans-Bold": _SIGNS,
}


def main() -> None:
    """Write one WOFF file a face, and the licences beside them."""
    STATIC.mkdir(exist_ok=True)
    for face, ranges in FACES.items():
        write(FONTS / f"{face}.ttf", STATIC / f"{face}.woff", ranges)
    for licence in LICENCES:
        (STATIC / licence).write_bytes((FONTS / licence).read_bytes())


def write(whole: Path, part: Path, ranges: tuple[tuple[int, int], ...]) -> None:
    """Write the part of a font that pages need."""
    options = Options()
    options.layout_features, options.hinting = ["kern", "liga", "mark", "mkmk"], False
    options.drop_tables += ["FFTM"]  # when a font tool saved the file: nothing that draws
    with TTFont(whole, recalcTimestamp=False) as font:
        cut = Subsetter(options)
        cut.populate(unicodes=[code for first, last in ranges for code in range(first, last + 1)])
        cut.subset(font)
        font.flavor = "woff"
        font.save(part)


if __name__ == "__main__":
    main()
