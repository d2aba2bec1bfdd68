"""The logo with the product's name, for a light and for a dark page: ``python -m scripts.logos``."""

from __future__ import annotations

import tomllib

from PIL import Image, ImageDraw, ImageFont

from bench.clicks import ROOT
from reports.paper.fonts import FOLDER
from views.frame import ASSETS

NAME, SCHEMES = "Sixstep", ("light", "dark")
_HEIGHT, _GAP, _LETTERS = 96, 24, 62
"""Pixels; the page shows a third of them, so that a fine screen has enough."""


def main() -> None:
    """Write one file a scheme: the mark, and the name in the colour of that scheme's text."""
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    for scheme in SCHEMES:
        drawn(theme[scheme]["textColor"]).save(ASSETS / f"logo-{scheme}.png", optimize=True)


def drawn(ink: str) -> Image.Image:
    """Return the mark with the name beside it."""
    with Image.open(ASSETS / "logo.png") as opened:
        mark = opened.convert("RGBA").resize((_HEIGHT, _HEIGHT), Image.Resampling.LANCZOS)
    font = ImageFont.truetype(str(FOLDER / "NotoSans-Bold.ttf"), _LETTERS)
    width = round(font.getlength(NAME))
    found = Image.new("RGBA", (_HEIGHT + _GAP + width, _HEIGHT))
    found.paste(mark, (0, 0))
    ImageDraw.Draw(found).text((_HEIGHT + _GAP, _HEIGHT // 2), NAME, font=font, fill=ink, anchor="lm")
    return found


if __name__ == "__main__":
    main()
