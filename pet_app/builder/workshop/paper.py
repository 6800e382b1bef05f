"""Pages of the workshop: ours, with drawings to scale and every letter that can be sewn."""

from pathlib import Path as File
from typing import ClassVar

from pet_app.builder import library
from pet_app.builder.workshop.drawing import Drawing, Label, Path
from pet_app.core import paper
from pet_app.core.paper import DISPLAY, FOOT_MM, MARGIN_MM, STRONG, TEXT, Format

__all__ = ["DISPLAY", "FOOT_MM", "MARGIN_MM", "STRONG", "TEXT", "Format", "Paper"]


class Paper(paper.Paper):
    """Pages that hold drawings."""

    further: ClassVar[tuple[File, ...]] = library.fonts()

    def draw(self, drawing: Drawing, x: float, y: float) -> None:
        """A drawing at its true size, its upper left corner at `x`, `y`."""
        for shape in drawing.shapes:
            if isinstance(shape, Label):
                self._label(shape, x, y)
            else:
                self._path(shape, x, y)
        self.set_dash_pattern()

    def _label(self, label: Label, x: float, y: float) -> None:
        at = label.at[0] + x, label.at[1] + y
        family = STRONG if label.bold else TEXT
        with self.rotation(label.turn, *at):
            self.say(*at, label.text, label.size, family, label.colour, label.anchor)

    def _path(self, shape: Path, x: float, y: float) -> None:
        """Straight into the page's own language: a drawing has thousands of these."""
        ways = []
        for ring in shape.rings:
            points = [
                f"{(px + x) * self.k:.2f} {(self.h - py - y) * self.k:.2f}" for px, py in ring
            ]
            ways.append(f"{points[0]} m {' '.join(f'{point} l' for point in points[1:])}")
        state = [f"{shape.width * self.k:.3f} w 1 J 1 j"]
        if shape.stroke:
            state.append(f"{_rgb(shape.stroke)} RG")
        if shape.fill:
            state.append(f"{_rgb(shape.fill)} rg")
        if shape.dash:
            state.append(f"[{' '.join(f'{part * self.k:.2f}' for part in shape.dash)}] 0 d")
        close = " h" if shape.closed else ""
        paint = {(True, True): "B*", (True, False): "S", (False, True): "f*"}.get(
            (bool(shape.stroke), bool(shape.fill)), "n"
        )
        self._out(f"q {' '.join(state)} {' '.join(way + close for way in ways)} {paint} Q")


def _rgb(colour: str) -> str:
    """A colour like `#1f4a3d` as shares of one."""
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))
