"""Pictures of every page at two widths, light and dark, on one sheet: `build/contact-sheet.png`.

python tools/contact_sheet.py [route …] [--site http://localhost:3000] [--out build/…png]
"""

import argparse
import re
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, sync_playwright

ROUTES = (
    "/",
    "/shop",
    "/shop?kind=collar&colour=pine,navy",
    "/product/trail-harness",
    "/product/hearth-bowl",
    "/measuring-guide",
    "/help/shipping",
    "/help/returns",
    "/privacy",
    "/terms",
    "/licensing/fees",
    "/builder",
    "/login",
    "/register",
    "/dashboard",
    "/dashboard/pets",
    "/dashboard/designs",
    "/nowhere",
)
WIDTHS = {390: 844, 1440: 900}
MODES = ("light", "dark")
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
)
SETTLE_MS = 900
LABEL_PX = 28
GAP_PX = 24
TALLEST_PX = 5200


def main() -> None:
    """Take the pictures and write the sheet, and each picture beside it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("routes", nargs="*", default=list(ROUTES))
    parser.add_argument("--site", default="http://localhost:3000")
    parser.add_argument("--out", type=Path, default=Path("build/contact-sheet.png"))
    parser.add_argument("--account", help="sign in as email:password first")
    chosen = parser.parse_args()
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        rows = [
            (route, _row(browser, chosen.site, route, chosen.account)) for route in chosen.routes
        ]
        browser.close()
    for route, shots in rows:
        name = re.sub(r"[^a-z0-9]+", "-", route.strip("/")) or "home"
        for (width, mode), shot in shots.items():
            shot.save(chosen.out.with_name(f"{name}-{width}-{mode}.png"))
    _sheet(rows).save(chosen.out)
    print(chosen.out)


def _row(
    browser: Browser, site: str, route: str, account: str | None
) -> dict[tuple[int, str], Image.Image]:
    shots = {}
    for width, height in WIDTHS.items():
        for mode in MODES:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=mode,  # pyright: ignore[reportArgumentType]
                reduced_motion="reduce",
            )
            if account:
                email, _, password = account.partition(":")
                context.request.post(
                    f"{site}/api/v1/session", data={"email": email, "password": password}
                )
            page = context.new_page()
            page.goto(site + route, wait_until="networkidle")
            # Lazy pictures load only once they have been near the window.
            tall = page.evaluate("document.documentElement.scrollHeight")
            for y in range(0, min(tall, TALLEST_PX), height):
                page.mouse.wheel(0, height)
                page.wait_for_timeout(120 if y else SETTLE_MS)
            page.evaluate("window.scrollTo(0, 0)")
            page.wait_for_timeout(SETTLE_MS)
            shot = Image.open(BytesIO(page.screenshot(full_page=True)))
            shots[width, mode] = shot.crop((0, 0, width, min(shot.height, TALLEST_PX)))
            context.close()
    return shots


def _sheet(rows: list[tuple[str, dict[tuple[int, str], Image.Image]]]) -> Image.Image:
    columns = [(width, mode) for width in WIDTHS for mode in MODES]
    across = sum(width for width, _ in columns) + GAP_PX * (len(columns) + 1)
    heights = [max(shot.height for shot in shots.values()) + LABEL_PX for _, shots in rows]
    sheet = Image.new("RGB", (across, sum(heights) + GAP_PX * (len(rows) + 1)), "#8a8f8c")
    pen = ImageDraw.Draw(sheet)
    y = GAP_PX
    for (route, shots), height in zip(rows, heights, strict=True):
        x = GAP_PX
        for width, mode in columns:
            pen.text((x, y), f"{route}  {width} px  {mode}", fill="white", font_size=18)
            sheet.paste(shots[width, mode], (x, y + LABEL_PX))
            x += width + GAP_PX
        y += height + GAP_PX
    return sheet


if __name__ == "__main__":
    main()
