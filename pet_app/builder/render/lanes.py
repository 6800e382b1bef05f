"""Two pixels' samples at once: the rasteriser's innermost step, in the processor's lanes.

The compiler does not find these vectors in a loop of few turns (it unrolls the loop instead), so
they are written down. On a processor with narrower vectors the same code takes two steps or four.
"""

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
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

SAME_SURFACE = 0.8
"""The cosine between two faces' normals above which they share a fragment."""

SAME_DEPTH = 0.01
"""How far apart in depth they may lie, as a share of the depth."""

STEPS = 127
"""Of a normal's coordinates from 0 to 1."""

PAIR = 2 * SAMPLES
"""Samples that are drawn at once: those of a pixel of an even column and of the next."""

TILE_ROOM = TILE * TILE * 3 * SAMPLES
"""Numbers that a tile's samples are: to a pair of pixels PAIR of nearness, as many names of what
shows there, and which way that looks, see `faced`."""

AFTER = np.uint64(PAIR)
"""How far each of them lies behind the one before."""

_FLOAT, _INT, _WORD = ir.FloatType(), ir.IntType(32), ir.IntType(64)
_LANES, _WHOLE = ir.VectorType(_FLOAT, PAIR), ir.VectorType(_INT, PAIR)
_ZERO = ir.Constant(_WORD, 0)


@inlined
def samples_of(pixel):
    """Where the samples of one of a tile's pixels, line by line, begin."""
    one = np.uint64(1)
    return (pixel >> one) * np.uint64(3 * PAIR) + (pixel & one) * np.uint64(SAMPLES)


def _constant(values: list[float]) -> ir.Constant:
    return ir.Constant(ir.VectorType(_FLOAT, len(values)), values)


def _table(builder, name: str, axis: int):
    """Where the samples of each pair lie in a tile, right or down."""
    rows = []
    for pair in range(TILE * TILE // 2):
        corners = np.array([divmod(2 * pair + k, TILE)[::-1] for k in range(2)], np.float32)
        rows.append(_constant((corners[:, None] + OFFSETS)[..., axis].ravel().tolist()))
    table = cgutils.global_constant(
        builder, name, ir.Constant(ir.ArrayType(_LANES, len(rows)), rows)
    )
    table.align = 64  # pyright: ignore[reportAttributeAccessIssue]
    return table


def _spread(builder, value, count: int = SAMPLES):
    empty = ir.Constant(ir.VectorType(value.type, count), ir.Undefined)
    lane = builder.insert_element(empty, value, ir.Constant(_INT, 0))
    return builder.shuffle_vector(lane, empty, ir.Constant(ir.VectorType(_INT, count), [0] * count))


def _least(builder, one, other):
    return builder.select(builder.fcmp_ordered("<", one, other), one, other)


@intrinsic
def cover(_, samples, pixel, b, bx, by, c, cx, cy, near, nx, ny, name, facing):
    """Draw a face into a pixel and the next one: it is written where it is nearest.

    samples: float32 (TILE_ROOM,). pixel: the first of the two in its tile, line by line. b, c and
    near are the face's weights and nearness at the tile's upper left corner, each with its slope
    along x and y; name and facing (see `faced`) are what is written.
    """
    signature = types.void(samples, types.uint64, *([types.float32] * 10), types.uint32)

    def generate(context, builder, signature, arguments):
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        pair = builder.lshr(arguments[1], ir.Constant(_WORD, 1))
        across, down = (
            builder.load(builder.gep(_table(builder, name, axis), [_ZERO, pair]), align=64)
            for axis, name in enumerate(("samples across", "samples down"))
        )
        start = builder.mul(pair, ir.Constant(_WORD, 3))
        nearest = builder.bitcast(data, _LANES.as_pointer())
        nearest = builder.gep(nearest, [start])
        names = builder.gep(nearest, [ir.Constant(_INT, 1)])
        looks = builder.bitcast(builder.gep(nearest, [ir.Constant(_INT, 2)]), _WHOLE.as_pointer())

        def plane(corner, along_x, along_y):
            x = builder.fmul(_spread(builder, along_x, PAIR), across, flags=LOOSE)
            y = builder.fmul(_spread(builder, along_y, PAIR), down, flags=LOOSE)
            y = builder.fadd(y, _spread(builder, corner, PAIR), flags=LOOSE)
            return builder.fadd(x, y, flags=LOOSE)

        b, c, near = (plane(*arguments[first : first + 3]) for first in (2, 5, 8))
        a = builder.fsub(builder.fsub(_constant([1.0] * PAIR), b), c)
        inside = builder.fcmp_ordered(
            ">=", _least(builder, _least(builder, a, b), c), _constant([-SLACK] * PAIR)
        )
        before = builder.load(nearest, align=4)
        shows = builder.and_(inside, builder.fcmp_ordered(">", near, before))
        for place, new in (
            (nearest, near),
            (names, _spread(builder, arguments[11], PAIR)),
            (looks, _spread(builder, arguments[12], PAIR)),
        ):
            old = before if place is nearest else builder.load(place, align=4)
            builder.store(builder.select(shows, new, old), place, align=4)
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def where(_, samples, at, name):
    """Which of the eight values from element `at` on equal `name`, as the bits of a uint8."""
    signature = types.uint8(samples, types.uint64, types.float32)

    def generate(context, builder, signature, arguments):
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        kind = ir.VectorType(_FLOAT, SAMPLES).as_pointer()
        values = builder.bitcast(builder.gep(data, [arguments[1]]), kind)
        same = builder.fcmp_ordered(
            "==", builder.load(values, align=4), _spread(builder, arguments[2])
        )
        return builder.bitcast(same, ir.IntType(8))

    return signature, generate


@intrinsic
def alike(_, samples, at, first):
    """Which of a pixel's samples show the smooth surface that the one at element `first` shows.

    samples: float32 (TILE_ROOM,). at: what `samples_of` gave. The bits of a uint8.
    """
    signature = types.uint8(samples, types.uint64, types.uint64)

    def generate(context, builder, signature, arguments):
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data

        def fetched(at, which, kind):
            start = builder.gep(data, [builder.add(at, ir.Constant(_WORD, which * PAIR))])
            return builder.load(builder.bitcast(start, kind.as_pointer()), align=4)

        kinds = list(enumerate((_FLOAT, _FLOAT, _INT)))
        depths, names, theirs = (
            fetched(arguments[1], which, ir.VectorType(kind, SAMPLES)) for which, kind in kinds
        )
        near, own, ours = (
            _spread(builder, fetched(arguments[2], which, kind)) for which, kind in kinds
        )

        def part(word, byte):
            """One byte of each word as a number with its sign."""
            word = builder.shl(word, ir.Constant(theirs.type, [24 - 8 * byte] * SAMPLES))
            return builder.ashr(word, ir.Constant(theirs.type, [24] * SAMPLES))

        cosine = ir.Constant(theirs.type, [0] * SAMPLES)
        for byte in range(3):
            cosine = builder.add(cosine, builder.mul(part(theirs, byte), part(ours, byte)))
        least = ir.Constant(theirs.type, [round(SAME_SURFACE * STEPS * STEPS)] * SAMPLES)
        found = builder.icmp_signed(">", cosine, least)
        found = builder.and_(found, builder.icmp_signed("==", part(theirs, 3), part(ours, 3)))
        apart = builder.fsub(depths, near, flags=LOOSE)
        reach = builder.fmul(near, _constant([SAME_DEPTH] * SAMPLES), flags=LOOSE)
        close = builder.and_(
            builder.fcmp_ordered("<=", apart, reach),
            builder.fcmp_ordered(">=", apart, builder.fneg(reach)),
        )
        same = builder.fcmp_ordered("==", names, own)
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
