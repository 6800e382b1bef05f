"""Where the straps of each kind run over the body."""

from pet_app.builder.courses.course import (
    BucklePlace,
    Course,
    Courses,
    HeldRing,
    Sewn,
    Spot,
    Turn,
)

__all__ = ["BucklePlace", "Course", "Courses", "HeldRing", "Sewn", "Spot", "Turn"]
