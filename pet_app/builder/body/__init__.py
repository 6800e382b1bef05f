"""The animal that gear is fitted to: as its owner measured it, shaped by its build.

    animal = body(measured, build)          # cached; Body is read only
    animal.collar, .neck_base, .girth       # Plane: point, normal, up
    animal.along(share)                     # Plane between collar (0) and neck base (1)
    animal.neck_plane(tape_mm)              # the plane of that family whose tape is so long
    animal.section(plane.point, plane.normal) -> Curve; animal.tape(plane) -> mm
    animal.depth(points), .normals(points), .project(points)     # torso and neck: what straps touch
    animal.depth_whole(points)              # with head, legs and tail
    animal.topline(x), .underline(x)        # (n, 3) on the middle line of back, chest and belly
    animal.landmarks["withers"]             # see LANDMARKS

Frame: +x nose, +y up, +z right, mm; the origin lies in the middle of the chest where the girth
strap sits. Legs and head keep clear of collar, neck base, girth and the strip on the middle line of
the chest, so what is laid on torso and neck lies on the whole animal too.
"""

from pet_app.builder.body.animal import LANDMARKS, Body, body
from pet_app.builder.body.plane import Plane

__all__ = ["LANDMARKS", "Body", "Plane", "body"]
