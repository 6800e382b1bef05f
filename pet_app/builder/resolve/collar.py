"""A flat collar worked out."""

from pet_app.builder.courses import collar as courses
from pet_app.builder.design import Design
from pet_app.builder.resolve.made import Making, Seam
from pet_app.builder.resolve.strap import fitting, loop, webbing_strap


def work_out(design: Design) -> Making:
    laid = courses.lay(design)
    (strap,) = laid.straps
    side = 0.74 * design.width_mm
    return Making(
        laid=laid,
        loops=(loop(design, "collar", "neck_mm"),),
        straps=(webbing_strap(design, strap, "Collar strap", ("ring_fold", "tail")),),
        fittings=(
            fitting(design, "collar_buckle_right", "side_release_buckle"),
            fitting(design, "collar_slider", "slider"),
            fitting(design, "d_ring", "d_ring"),
        ),
        seams=(
            Seam("collar_fold_start", "box and cross", (4 + 2 * 2**0.5) * side),
            Seam("collar_fold_end", "box", 4 * side),
        ),
    )
