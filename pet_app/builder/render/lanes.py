"""One pixel's eight samples at once: the rasteriser's innermost step, in the processor's lanes.

The compiler does not find these vectors in a loop of eight turns (it unrolls the loop instead), so
they are written down. On a processor with narrower vectors the same code takes two steps or four.
"""

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from pet_app.builder.render.compiled import LOOSE, inlined

TILE, SAMPLES = 8, 8
"""Pixels along each side of a tile, and samples in a pixel."""

# A rotated grid: no two samples share a row or a column.
OFFSETS = (
    np.array([[1, 5], [3, 1], [5, 11], [7, 7], [9, 15], [11, 3], [13, 13], [15, 9]], np.float32)
    / 16
)
"""Where a pixel's samples lie, float32 (SAMPLES, 2), from its upper left corner."""

SLACK = 1e-5
"""How far a face reaches beyond its edges, as a share of itself: rounding opens no cracks."""

SAME_SURFACE = 0.92
"""The cosine between two faces' normals above which they share a fragment."""

SAME_DEPTH = 0.01
"""How far apart in depth they may lie, as a share of the depth."""

STEPS = 127
"""Of a normal's coordinates from 0 to 1."""

_FLOAT, _INT = ir.FloatType(), ir.IntType(32)
_LANES, _WHOLE = ir.VectorType(_FLOAT, SAMPLES), ir.VectorType(_INT, SAMPLES)


def _constant(values: list[float]) -> ir.Constant:
    return ir.Constant(_LANES, values)


def _spread(builder, value, count: int = SAMPLES):
    empty = ir.Constant(ir.VectorType(value.type, count), ir.Undefined)
    lane = builder.insert_element(empty, value, ir.Constant(_INT, 0))
    return builder.shuffle_vector(lane, empty, ir.Constant(ir.VectorType(_INT, count), [0] * count))


def _least(builder, one, other):
    return builder.select(builder.fcmp_ordered("<", one, other), one, other)


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

        b, c, near = (plane(*arguments[first : first + 3]) for first in (2, 5, 8))
        a = builder.fsub(builder.fsub(_constant([1.0] * SAMPLES), b), c)
        inside = builder.fcmp_ordered(
            ">=", _least(builder, _least(builder, a, b), c), _constant([-SLACK] * SAMPLES)
        )
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


@intrinsic
def alike(_, samples, at, facing, name, near):
    """Which of a pixel's samples show the smooth surface of the face `name` at nearness `near`.

    samples, at: as in `cover`. facing: uint32, what `faced` gave for each name. The bits of a
    uint8.
    """
    signature = types.uint8(samples, types.uint64, facing, types.float32, types.float32)

    def generate(context, builder, signature, arguments):
        data, words = (
            context.make_array(signature.args[which])(context, builder, arguments[which]).data
            for which in (0, 2)
        )
        start, own, near = arguments[1], arguments[3], arguments[4]
        nearest = builder.bitcast(builder.gep(data, [start]), _LANES.as_pointer())
        names = builder.load(builder.gep(nearest, [ir.Constant(_INT, 1)]), align=4)
        places, theirs = builder.fptosi(names, _WHOLE), ir.Constant(_WHOLE, ir.Undefined)
        for lane in (ir.Constant(_INT, lane) for lane in range(SAMPLES)):
            word = builder.load(builder.gep(words, [builder.extract_element(places, lane)]))
            theirs = builder.insert_element(theirs, word, lane)
        ours = builder.load(builder.gep(words, [builder.fptosi(own, _INT)]))
        ours = _spread(builder, ours)

        def part(word, byte):
            """One byte of each word as a number with its sign."""
            word = builder.shl(word, ir.Constant(_WHOLE, [24 - 8 * byte] * SAMPLES))
            return builder.ashr(word, ir.Constant(_WHOLE, [24] * SAMPLES))

        cosine = ir.Constant(_WHOLE, [0] * SAMPLES)
        for byte in range(3):
            cosine = builder.add(cosine, builder.mul(part(theirs, byte), part(ours, byte)))
        least = ir.Constant(_WHOLE, [round(SAME_SURFACE * STEPS * STEPS)] * SAMPLES)
        found = builder.icmp_signed(">", cosine, least)
        found = builder.and_(found, builder.icmp_signed("==", part(theirs, 3), part(ours, 3)))
        near = _spread(builder, near)
        apart = builder.fsub(builder.load(nearest, align=4), near, flags=LOOSE)
        reach = builder.fmul(near, _constant([SAME_DEPTH] * SAMPLES), flags=LOOSE)
        close = builder.and_(
            builder.fcmp_ordered("<=", apart, reach),
            builder.fcmp_ordered(">=", apart, builder.fneg(reach)),
        )
        same = builder.fcmp_ordered("==", names, _spread(builder, own))
        return builder.bitcast(builder.or_(same, builder.and_(found, close)), ir.IntType(8))

    return signature, generate


@inlined
def faced(x, y, z, part):
    """A face's unit normal and its part in four bytes: near enough to tell surfaces apart."""
    steps, byte = np.float32(STEPS), np.int32(255)
    return np.uint32(
        (np.int32(np.rint(x * steps)) & byte)
        | (np.int32(np.rint(y * steps)) & byte) << np.int32(8)
        | (np.int32(np.rint(z * steps)) & byte) << np.int32(16)
        | (np.int32(part) & byte) << np.int32(24)
    )


@intrinsic
def touched(_, a, ax, ay, b, bx, by, c, cx, cy):
    """Which pixels of a tile a face may touch, as the bits of a uint64, line by line.

    a, b and c are the most that the face's weights reach in the first pixel, each with its slope
    along x and y.
    """
    signature = types.uint64(*([types.float32] * 9))

    def generate(context, builder, signature, arguments):
        kind, word = ir.VectorType(_FLOAT, 2 * TILE), ir.IntType(64)
        across = ir.Constant(kind, [float(x) for _ in range(2) for x in range(TILE)])
        down = ir.Constant(kind, [float(y) for y in range(2) for _ in range(TILE)])
        edge = ir.Constant(kind, [-2 * SLACK] * 2 * TILE)
        pairs = []
        for first in (0, 3, 6):
            corner, right, below = (
                _spread(builder, value, 2 * TILE) for value in arguments[first : first + 3]
            )
            steps = builder.fmul(right, across, flags=LOOSE)
            steps = builder.fadd(steps, builder.fmul(below, down, flags=LOOSE), flags=LOOSE)
            two = builder.fadd(below, below, flags=LOOSE)
            pairs.append((builder.fadd(corner, steps, flags=LOOSE), two))
        found = ir.Constant(word, 0)
        for row in range(0, TILE, 2):
            least = None
            for place, (value, step) in enumerate(pairs):
                least = value if least is None else _least(builder, least, value)
                pairs[place] = (builder.fadd(value, step, flags=LOOSE), step)
            inside = builder.fcmp_ordered(">=", least, edge)
            bits = builder.zext(builder.bitcast(inside, ir.IntType(2 * TILE)), word)
            found = builder.or_(found, builder.shl(bits, ir.Constant(word, row * TILE)))
        return found

    return signature, generate


@intrinsic
def lowest(_, bits):
    """The place of the lowest bit that is set, of a uint64 that is not 0."""
    signature = types.uint64(types.uint64)

    def generate(context, builder, signature, arguments):
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return signature, generate
