"""What the shop sells on one page, each picture big and small: `build/shop.png`.

python tools/shop_sheet.py [handle …] [--kind bowl] [--bare] [--out build/shop.png] [--px 400]
[--across 6]
"""

import argparse
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from pet_app import stockroom
from pet_app.builder.reading import parse
from pet_app.builder.render.picture import photograph
from pet_app.builder.things import picture as things
from pet_app.builder.things.thing import read
from pet_app.catalog.rules import NewProduct

SMALL_PX = 64
LABEL_PX = 52
PAPER = "#f7f4ee"


def main() -> None:
    """Render the sheet and say where it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("handles", nargs="*")
    parser.add_argument("--kind", default="")
    parser.add_argument("--out", type=Path, default=Path("build") / "shop.png")
    parser.add_argument("--px", type=int, default=400)
    parser.add_argument("--across", type=int, default=6)
    parser.add_argument("--bare", action="store_true", help="pictures alone, as in a window")
    chosen = parser.parse_args()
    shown = [
        product
        for product in stockroom.products()
        if (not chosen.handles or product.handle in chosen.handles)
        and chosen.kind in ("", product.kind.value)
    ]
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    draw = window if chosen.bare else sheet
    draw(shown, chosen.px, chosen.across).save(chosen.out)
    print(chosen.out)


def sheet(shown: list[NewProduct], px: int, across: int) -> Image.Image:
    """One cell for each product: its picture, the same as small as a cart shows it, its name."""
    across = min(across, len(shown))
    down = -(-len(shown) // across)
    page = Image.new("RGB", (across * px, down * (px + LABEL_PX)), PAPER)
    pen = ImageDraw.Draw(page)
    for number, product in enumerate(shown):
        x, y = number % across * px, number // across * (px + LABEL_PX)
        shot = drawn(product.design, px)
        page.paste(shot, (x, y))
        small = shot.resize((SMALL_PX, SMALL_PX), Image.Resampling.LANCZOS)
        page.paste(small, (x + px - SMALL_PX - 4, y + px - SMALL_PX + LABEL_PX))
        label = f"{product.title}  {product.price}"
        pen.text((x + 10, y + px + 4), label, fill="#333", font_size=16)
        pen.text((x + 10, y + px + 22), product.subtitle[:52], fill="#777", font_size=12)
    return page


def window(shown: list[NewProduct], px: int, across: int) -> Image.Image:
    """The pictures alone, side by side."""
    page = Image.new("RGB", (across * px, -(-len(shown) // across) * px), PAPER)
    for number, product in enumerate(shown):
        page.paste(drawn(product.design, px), (number % across * px, number // across * px))
    return page


def drawn(design: dict[str, Any], px: int) -> Image.Image:
    """The picture of a piece of gear or of a thing."""
    if "thing" in design:
        return Image.fromarray(things.photograph(read(design), px))
    return Image.fromarray(photograph(parse(design), px))


if __name__ == "__main__":
    main()
