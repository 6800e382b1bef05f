"""A Y-front harness worked out."""

from pet_app.builder.courses import Courses
from pet_app.builder.courses import harness as courses
from pet_app.builder.design import Design
from pet_app.builder.resolve.made import Making, Seam
from pet_app.builder.resolve.strap import fitting, loop, webbing_strap

STRAPS = {
    "neck": ("Neck strap", ("seam", "tail", "tail")),
    "girth": ("Girth strap", ("fold", "tail")),
    "girth_top": ("Girth strap, over the back", ("fold", "fold")),
    "girth_belly": ("Girth strap, under the belly", ("tail", "tail")),
    "chest": ("Chest strap", ("hem", "hem")),
    "back": ("Back strap", ("hem", "hem")),
    "front_tab": ("Front ring tab", ("hem", "hem")),
    "back_tab": ("Back ring tab", ("hem", "hem")),
}
"""What each strap is called, and what is added to it beyond its worn length."""


def work_out(design: Design) -> Making:
    laid = courses.lay(design)
    straps = tuple(webbing_strap(design, course, *STRAPS[course.name]) for course in laid.straps)
    buckles = tuple(
        fitting(design, f"girth_buckle_{place.side}", "side_release_buckle", len(laid.buckles))
        for place in laid.buckles
    )
    sliders = tuple(
        fitting(design, name, "slider")
        for name in (
            *(f"girth_slider_{place.side}" for place in laid.buckles),
            "neck_slider_left",
            "neck_slider_right",
        )
    )
    rings = tuple(fitting(design, place.name, "d_ring") for place in laid.rings)
    return Making(
        laid=laid,
        loops=(loop(design, "neck", "neck_mm"), loop(design, "girth", "girth_mm")),
        straps=straps,
        fittings=(*buckles, *sliders, *rings),
        seams=_seams(design, laid),
    )


def _seams(design: Design, laid: Courses) -> tuple[Seam, ...]:
    side = 0.74 * design.width_mm
    crossings = ("chest_start", "chest_end", "back_start", "back_end")
    folds = tuple(f"girth_fold_{place.side}" for place in laid.buckles)
    tabs = tuple(f"{place.tab}_{end}" for place in laid.rings for end in ("start", "end"))
    return (
        *(Seam(name, "box and cross", (4 + 2 * 2**0.5) * side) for name in (*crossings, *folds)),
        *(Seam(name, "box", 4 * side) for name in tabs),
    )
