"""One pixel's eight samples at once: the rasteriser's innermost step, in the processor's lanes.

The compiler does not find these vectors in a loop of eight turns (it unrolls the loop instead), so
they are written down. On a processor with narrower vectors the same code takes two steps or four.
"""

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from pet_app.builder.render.compiled import LOOSE

SAMPLES = 8

# A rotated grid: no two samples share a row or a column.
OFFSETS = (
    np.array([[1, 5], [3, 1], [5, 11], [7, 7], [9, 15], [11, 3], [13, 13], [15, 9]], np.float32)
    / 16
)
"""Where a pixel's samples lie, float32 (SAMPLES, 2), from its upper left corner."""

SLACK = 1e-5
"""How far a face reaches beyond its edges, as a share of itself: rounding opens no cracks."""

_FLOAT, _INT = ir.FloatType(), ir.IntType(32)
_LANES = ir.VectorType(_FLOAT, SAMPLES)


def _constant(values: list[float]) -> ir.Constant:
    return ir.Constant(_LANES, values)


def _spread(builder, value):
    empty, first = ir.Constant(_LANES, ir.Undefined), ir.Constant(_INT, 0)
    lane = builder.insert_element(empty, value, first)
    return builder.shuffle_vector(
        lane, empty, ir.Constant(ir.VectorType(_INT, SAMPLES), [0] * SAMPLES)
    )


@intrinsic
def cover(_, samples, at, b, bx, by, c, cx, cy, near, nx, ny, name):
    """Draw a face into a pixel: `name` is written where it is nearest.

    samples: float32, of which eight values of nearness begin at element `at` and eight names follow
    them. b, c and near are the face's weights and nearness at the pixel's upper left corner, each
    with its slope along x and y.
    """
    signature = types.void(samples, types.uint64, *([types.float32] * 10))

    def generate(context, builder, signature, arguments):
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        nearest = builder.bitcast(builder.gep(data, [arguments[1]]), _LANES.as_pointer())
        names = builder.gep(nearest, [ir.Constant(_INT, 1)])
        across, down = _constant(OFFSETS[:, 0].tolist()), _constant(OFFSETS[:, 1].tolist())

        def plane(corner, along_x, along_y):
            x = builder.fmul(_spread(builder, along_x), across, flags=LOOSE)
            y = builder.fmul(_spread(builder, along_y), down, flags=LOOSE)
            return builder.fadd(
                builder.fadd(x, y, flags=LOOSE), _spread(builder, corner), flags=LOOSE
            )

        def least(one, other):
            return builder.select(builder.fcmp_ordered("<", one, other), one, other)

        b, c, near = (plane(*arguments[first : first + 3]) for first in (2, 5, 8))
        a = builder.fsub(builder.fsub(_constant([1.0] * SAMPLES), b), c)
        inside = builder.fcmp_ordered(">=", least(least(a, b), c), _constant([-SLACK] * SAMPLES))
        before, owners = builder.load(nearest, align=4), builder.load(names, align=4)
        shows = builder.and_(inside, builder.fcmp_ordered(">", near, before))
        builder.store(builder.select(shows, near, before), nearest, align=4)
        builder.store(
            builder.select(shows, _spread(builder, arguments[11]), owners), names, align=4
        )
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def where(_, samples, at, name):
    """Which of the eight values from element `at` on equal `name`, as the bits of a uint8."""
    signature = types.uint8(samples, types.uint64, types.float32)

    def generate(context, builder, signature, arguments):
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        values = builder.bitcast(builder.gep(data, [arguments[1]]), _LANES.as_pointer())
        same = builder.fcmp_ordered(
            "==", builder.load(values, align=4), _spread(builder, arguments[2])
        )
        return builder.bitcast(same, ir.IntType(8))

    return signature, generate
