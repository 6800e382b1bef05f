"""Vectors out of tables: all channels of a texel, or of light, are fetched and mixed at once.

The compiler does not find these vectors (it fetches each channel by itself), so they are written
down. On a processor with narrower vectors the same code takes two steps.
"""

from collections.abc import Iterable

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from pet_app.builder.render.compiled import LOOSE, compiled
from pet_app.builder.render.material import CHANNELS, TEXELS, UNITS

BLOCK = 128
"""Fragments that go through together; each row of what is known of them is as long."""

TAPS = 3
"""Places at which a tile is looked up for one fragment."""

COLOURS = 4
"""Channels of a map of light, or of what a surface returns."""

CORNER = 8
"""Numbers to a corner of a face: its place, its normal, and two to spare. As many to a point."""

LANES = 16
"""Numbers in the widest vector there is: two texels, or as many fragments."""

_FLOAT, _INT, _WORD = ir.FloatType(), ir.IntType(32), ir.IntType(64)
_SHORTS = ir.VectorType(ir.IntType(16), LANES)


@intrinsic
def weave_at(_, texels, units, tile, spots, parts, stride, at, into, to):
    """A weave's channels averaged over `TAPS` places, into rows of `into` from element `to`.

    texels: int16, CHANNELS to each, TEXELS to each weave; `tile` says which. units: float32, UNITS
    to each, what 1 stands for in its channels. spots: int32 rows, at `at` the texel that the first
    place lies behind; stride: texels to the next line. parts: float32 rows, two for each place: how
    far it is to the next texel, and to the next line.
    """
    word = types.uint64
    signature = types.void(texels, units, word, spots, parts, word, word, into, word)

    def generate(context, builder, signature, arguments):
        data, unit, places, shares, rows = (
            context.make_array(signature.args[which])(context, builder, arguments[which]).data
            for which in (0, 1, 3, 4, 7)
        )
        tile, stride, at = arguments[2], arguments[5], arguments[6]
        size, total = ir.Constant(_WORD, CHANNELS), None
        first = builder.mul(tile, ir.Constant(_WORD, TEXELS * CHANNELS))
        down = builder.mul(stride, size)

        def fetched(place):
            """A texel and the next one beside it; the numbers after them weigh nothing."""
            start = builder.bitcast(builder.gep(data, [place]), _SHORTS.as_pointer())
            return builder.sitofp(builder.load(start, align=2), _vector(LANES))

        for tap in range(TAPS):
            spot = builder.zext(builder.load(_beyond(builder, places, at, tap)), _WORD)
            spot = builder.add(first, builder.mul(spot, size))
            a = builder.load(_beyond(builder, shares, at, 2 * tap))
            b = builder.load(_beyond(builder, shares, at, 2 * tap + 1))
            lower = fetched(builder.add(spot, down))
            found = _mixed(builder, fetched(spot), lower, _even(builder, b, LANES))
            found = builder.fmul(found, _weights(builder, a, CHANNELS), flags=LOOSE)
            total = found if total is None else builder.fadd(total, found, flags=LOOSE)
        found = builder.fadd(
            _lanes(builder, total, range(UNITS)),
            _lanes(builder, total, range(CHANNELS, CHANNELS + UNITS)),
            flags=LOOSE,
        )
        unit = builder.gep(unit, [builder.mul(tile, ir.Constant(_WORD, UNITS))])
        unit = builder.load(builder.bitcast(unit, _vector(UNITS).as_pointer()), align=4)
        _lay(builder, builder.fmul(found, unit, flags=LOOSE), rows, arguments[8], CHANNELS)
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def light_at(_, maps, at, down, on, a, b, c, into, to):
    """Light between eight entries of maps, COLOURS to each, into rows of `into` from element `to`.

    The first is entry `at`; `down` entries on is the next line, `on` entries on the next map.
    """
    word, part = types.uint64, types.float32
    signature = types.void(maps, word, word, word, part, part, part, into, word)

    def generate(context, builder, signature, arguments):
        data, rows = (
            context.make_array(signature.args[which])(context, builder, arguments[which]).data
            for which in (0, 7)
        )
        at, down, on, a, b, c = arguments[1:7]
        near = _between(builder, data, at, down, b)
        far = _between(builder, data, builder.add(at, on), down, b)
        found = _mixed(builder, near, far, _even(builder, c, 2 * COLOURS))
        _lay(builder, _halves(builder, found, a), rows, arguments[8], COLOURS)
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def entry_at(_, table, at, down, a, b, into, to):
    """What lies between four entries of a table, COLOURS to each; else as `light_at`."""
    word, part = types.uint64, types.float32
    signature = types.void(table, word, word, part, part, into, word)

    def generate(context, builder, signature, arguments):
        data, rows = (
            context.make_array(signature.args[which])(context, builder, arguments[which]).data
            for which in (0, 5)
        )
        at, down, a, b = arguments[1:5]
        found = _between(builder, data, at, down, b)
        _lay(builder, _halves(builder, found, a), rows, arguments[6], COLOURS)
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def corners_at(_, corners, chosen, shares, into, to):
    """The sum of some rows of a table, CORNER numbers to each, into `into` from element `to`.

    corners, into: float32. chosen: tuple of uint64, which rows; shares: of float32, how much of
    each.
    """
    signature = types.void(corners, chosen, shares, into, types.uint64)

    def generate(context, builder, signature, arguments):
        data, found = (
            context.make_array(signature.args[which])(context, builder, arguments[which]).data
            for which in (0, 3)
        )
        kind, total = _vector(CORNER).as_pointer(), None
        rows, parts = (cgutils.unpack_tuple(builder, arguments[which]) for which in (1, 2))
        for row, share in zip(rows, parts, strict=True):
            start = builder.gep(data, [builder.mul(row, ir.Constant(_WORD, CORNER))])
            corner = builder.load(builder.bitcast(start, kind), align=4)
            corner = builder.fmul(corner, _even(builder, share, CORNER), flags=LOOSE)
            total = corner if total is None else builder.fadd(total, corner, flags=LOOSE)
        start = builder.bitcast(builder.gep(found, [arguments[4]]), kind)
        builder.store(total, start, align=4)
        return context.get_dummy_value()

    return signature, generate


def _columns(width: int):
    @intrinsic
    def columns(_, table, starts, at, into, to):
        word = types.uint64
        signature = types.void(table, starts, word, into, word)

        def generate(context, builder, signature, arguments):
            data, begins, found = (
                context.make_array(signature.args[which])(context, builder, arguments[which]).data
                for which in (0, 1, 3)
            )
            kind, rows = _vector(width).as_pointer(), []
            for lane in range(LANES):
                place = builder.add(arguments[2], ir.Constant(_WORD, lane))
                start = builder.zext(builder.load(builder.gep(begins, [place])), _WORD)
                start = builder.bitcast(builder.gep(data, [start]), kind)
                rows.append(builder.load(start, align=4))
            # A round of riffling moves the highest bit of a number's row to the end of its column.
            while len(rows) > width:
                half, order = len(rows) // 2, _riffled(rows[0].type.count)
                rows = [
                    builder.shuffle_vector(rows[k], rows[k + half], _order(order))
                    for k in range(half)
                ]
            order = _riffled(LANES)
            for _ in range(width.bit_length() - 1):
                half = len(rows) // 2
                rows = [
                    builder.shuffle_vector(rows[k], rows[k + half], _order(part))
                    for k in range(half)
                    for part in (order[:LANES], order[LANES:])
                ]
            for column, row in enumerate(rows):
                start = _beyond(builder, found, arguments[4], column)
                builder.store(row, builder.bitcast(start, _vector(LANES).as_pointer()), align=4)
            return context.get_dummy_value()

        return signature, generate

    columns.__doc__ = f"""LANES rows of {width} numbers, laid down as columns: into rows of `into`.

    starts: int32, from `at` on, the element of `table`, float32, that each row begins with. to: the
    element of `into` that the first number of the first goes to.
    """
    return columns


columns_of_8, columns_of_16 = _columns(8), _columns(16)


def _riffled(count: int) -> list[int]:
    """The lanes of two vectors in turn."""
    return [half + lane for lane in range(count) for half in (0, count)]


def _between(builder, data, at, down, b):
    """What lies between two pairs of neighbours one below the other, as a pair."""
    kind, size = _vector(2 * COLOURS).as_pointer(), ir.Constant(_WORD, COLOURS)

    def fetched(place):
        start = builder.gep(data, [builder.mul(place, size)])
        return builder.load(builder.bitcast(start, kind), align=4)

    return _mixed(
        *(builder, fetched(at), fetched(builder.add(at, down))), _even(builder, b, 2 * COLOURS)
    )


def _halves(builder, pair, a):
    """What lies between the two halves of a vector."""
    first = _lanes(builder, pair, range(COLOURS))
    second = _lanes(builder, pair, range(COLOURS, 2 * COLOURS))
    return _mixed(builder, first, second, _even(builder, a, COLOURS))


def _weights(builder, a, count: int):
    """A tap's share times 1 - a in the first `count` lanes, times a in the next, then nothing."""
    share = ir.Constant(_FLOAT, float(np.float32(1 / TAPS)))
    a = builder.fmul(a, share, flags=LOOSE)
    first = builder.fsub(share, a, flags=LOOSE)
    pair = builder.insert_element(ir.Constant(_vector(LANES), None), first, ir.Constant(_INT, 0))
    pair = builder.insert_element(pair, a, ir.Constant(_INT, 1))
    return _lanes(builder, pair, [0] * count + [1] * count + [2] * (LANES - 2 * count))


def _mixed(builder, first, second, share):
    apart = builder.fsub(second, first, flags=LOOSE)
    return builder.fadd(first, builder.fmul(share, apart, flags=LOOSE), flags=LOOSE)


def _vector(lanes: int) -> ir.VectorType:
    return ir.VectorType(_FLOAT, lanes)


def _order(lanes: Iterable[int]) -> ir.Constant:
    chosen = list(lanes)
    return ir.Constant(ir.VectorType(_INT, len(chosen)), chosen)


def _lanes(builder, vector, chosen: Iterable[int]):
    """These lanes of a vector."""
    return builder.shuffle_vector(vector, ir.Constant(vector.type, ir.Undefined), _order(chosen))


def _even(builder, value, lanes: int):
    """One number in every lane."""
    empty = ir.Constant(ir.VectorType(_FLOAT, lanes), ir.Undefined)
    lane = builder.insert_element(empty, value, ir.Constant(_INT, 0))
    return builder.shuffle_vector(lane, empty, ir.Constant(ir.VectorType(_INT, lanes), [0] * lanes))


def _beyond(builder, rows, at, count: int):
    """The element so many rows below the one `at`."""
    return builder.gep(rows, [builder.add(at, ir.Constant(_WORD, count * BLOCK))])


def _lay(builder, vector, rows, at, lanes: int) -> None:
    """Write the first lanes down a column, one to a row."""
    for lane in range(lanes):
        found = builder.extract_element(vector, ir.Constant(_INT, lane))
        builder.store(found, _beyond(builder, rows, at, lane))


def _early(write: int):
    @intrinsic
    def early(_, array, at):
        signature = types.void(array, types.uint64)

        def generate(context, builder, signature, arguments):
            data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
            place = builder.bitcast(builder.gep(data, [arguments[1]]), ir.IntType(8).as_pointer())
            kind = ir.FunctionType(ir.VoidType(), [place.type, _INT, _INT, _INT])
            function = builder.module.declare_intrinsic("llvm.prefetch", (place.type,), kind)
            builder.call(function, [place, *(ir.Constant(_INT, how) for how in (write, 3, 1))])
            return context.get_dummy_value()

        return signature, generate

    early.__doc__ = """Bring the line of memory near that element `at` lies in: other work goes on.

    Beyond the array's end is no harm.
    """
    return early


@compiled
def rows(count):
    """float32 (count * BLOCK,): rows of nothing, each of which begins with a line of memory."""
    raw = np.zeros(count * BLOCK + LINE, np.float32)
    first = -(raw.ctypes.data // 4) % LINE
    return raw[first : first + count * BLOCK]


fetch, claim = _early(0), _early(1)
"""What is to be read soon, and what is to be written."""

LINE = 16
"""Numbers to a line of memory."""
