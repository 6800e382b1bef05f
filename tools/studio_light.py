"""The light of our pictures for the live model: `assets/studio.hdr`.

python tools/studio_light.py
"""

from pathlib import Path

from pet_app.builder.render.environment import equirectangular, hdr
from pet_app.builder.render.light import STUDIO

FILE = Path(__file__).parent.parent / "assets" / "studio.hdr"
ROWS = 64


def light_file() -> bytes:
    """What the file holds: the studio round a camera that has not turned."""
    return hdr(equirectangular(STUDIO, 0.0, ROWS))


if __name__ == "__main__":
    FILE.write_bytes(light_file())
    print(f"{FILE}: {FILE.stat().st_size / 1000:.0f} kB")
