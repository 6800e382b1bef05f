"""Vectors out of tables: all channels of a texel, or of light, are fetched and mixed at once.

The compiler does not find these vectors (it fetches each channel by itself), so they are written
down. On a processor with narrower vectors the same code takes two steps.
"""

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from pet_app.builder.render.compiled import LOOSE
from pet_app.builder.render.material import CHANNELS, WIDE

BLOCK = 128
"""Fragments that go through together; each row of what is known of them is as long."""

TAPS = 3
"""Places at which a tile is looked up for one fragment."""

COLOURS = 4
"""Channels of a map of light, or of what a surface returns."""

_FLOAT, _INT, _WORD = ir.FloatType(), ir.IntType(32), ir.IntType(64)


@intrinsic
def weave_at(_, texels, first, spots, parts, stride, at, into, to):
    """A weave's channels averaged over `TAPS` places, into rows of `into` from element `to`.

    texels: float32, WIDE to each, the weave's begin with texel `first`. spots: int32 rows, at `at`
    the texel that the first place lies behind; stride: texels to the next line. parts: float32
    rows, two for each place: how far it is to the next texel, and to the next line.
    """
    word = types.uint64
    signature = types.void(texels, word, spots, parts, word, word, into, word)

    def generate(context, builder, signature, arguments):
        data, places, shares, rows = (
            context.make_array(signature.args[which])(context, builder, arguments[which]).data
            for which in (0, 2, 3, 6)
        )
        first, stride, at = arguments[1], arguments[4], arguments[5]
        total = None
        for tap in range(TAPS):
            spot = builder.zext(builder.load(_beyond(builder, places, at, tap)), _WORD)
            a = builder.load(_beyond(builder, shares, at, 2 * tap))
            b = builder.load(_beyond(builder, shares, at, 2 * tap + 1))
            found = _between(builder, data, builder.add(first, spot), stride, a, b, WIDE)
            total = found if total is None else builder.fadd(total, found, flags=LOOSE)
        share = _even(builder, ir.Constant(_FLOAT, float(np.float32(1 / TAPS))), WIDE)
        _lay(builder, builder.fmul(total, share, flags=LOOSE), rows, arguments[7], CHANNELS)
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
        near = _between(builder, data, at, down, a, b, COLOURS)
        far = _between(builder, data, builder.add(at, on), down, a, b, COLOURS)
        found = _mixed(builder, near, far, _even(builder, c, COLOURS))
        _lay(builder, found, rows, arguments[8], COLOURS)
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
        found = _between(builder, data, at, down, a, b, COLOURS)
        _lay(builder, found, rows, arguments[6], COLOURS)
        return context.get_dummy_value()

    return signature, generate


def _between(builder, data, at, down, a, b, lanes: int):
    """What lies between four neighbours, vectors of `lanes`; `at` and `down` count vectors."""
    kind = ir.VectorType(_FLOAT, lanes).as_pointer()

    def fetched(place):
        start = builder.gep(data, [builder.mul(place, ir.Constant(_WORD, lanes))])
        return builder.load(builder.bitcast(start, kind), align=4)

    one, below = ir.Constant(_WORD, 1), builder.add(at, down)
    aside = _even(builder, a, lanes)
    near = _mixed(builder, fetched(at), fetched(builder.add(at, one)), aside)
    far = _mixed(builder, fetched(below), fetched(builder.add(below, one)), aside)
    return _mixed(builder, near, far, _even(builder, b, lanes))


def _mixed(builder, first, second, share):
    apart = builder.fsub(second, first, flags=LOOSE)
    return builder.fadd(first, builder.fmul(share, apart, flags=LOOSE), flags=LOOSE)


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
