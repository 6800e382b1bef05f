"""Sums over all rays of a place at once: what a new camera asks most often.

The compiler finds some of these vectors, but adds each up by itself, and takes what was met one by
one with a branch for each. On a processor with narrower vectors the same code takes more steps.
"""

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from pet_app.builder.render.aims import PACKETS, RAYS
from pet_app.builder.render.compiled import LOOSE
from pet_app.builder.render.outlook import TOLD

AS_WELL = 0.06
"""How much a ray that meets the piece says of what is mirrored, besides what it has of the lobe."""

COLUMNS = 4
"""Numbers to a row of the table of all that rays meet."""

SUMS = 2 * TOLD
"""Numbers that `look` finds for a point, in this order. Of the studio's light, over rays that meet
nothing: all without the key lamp, the key lamp's, what a broad lobe has of the first and a narrow
one; over those that meet the floor: all without the key lamp and what either lobe has of it; over
those that meet the piece: their share of the broad lobe, and how many there are; over all: their
share of the broad lobe, and what either has of the light without the key lamp. Then four of nothing
and, of the rays that tell what they met, the sums over the table's rows: those of the floor, each
times the light that comes along; those of the piece, as they are; those of the piece, each times
its share of the broad lobe."""

GLANCED = 2
"""Packets of rays that `glance` asks."""

_FLOAT, _INT, _WORD = ir.FloatType(), ir.IntType(32), ir.IntType(64)
_LANES, _MEMBERS, _ROW = (
    ir.VectorType(_FLOAT, TOLD),
    ir.VectorType(ir.IntType(1), TOLD),
    ir.VectorType(_FLOAT, COLUMNS),
)
_ZERO, _ONE = (ir.Constant(_LANES, [value] * TOLD) for value in (0.0, 1.0))


@intrinsic
def look(_, kinds, met, point, bright, aim, lobes, share, x, y, z, table, into, to):
    """SUMS numbers that weigh what a point sees, into `into` from element `to`.

    kinds, met: see `Outlook`, flat, and uint64 `point`, which of its rows. bright: `Shining.rays`,
    flat, and which aim. lobes: see `aims.lobes`, flat, and which share; x, y, z: the direction it
    mirrors, by the aim's axes. table: float32 (rows, COLUMNS), flat, what there is to meet.
    """
    word, part = types.uint64, types.float32
    signature = types.void(
        *(kinds, met, word, bright, word, lobes, word, part, part, part, table, into, word)
    )

    def generate(context, builder, signature, arguments):
        seen, hits, lights, ways, rows, found = (
            context.make_array(signature.args[which])(context, builder, arguments[which]).data
            for which in (0, 1, 3, 5, 10, 11)
        )
        point, aim, share = arguments[2], arguments[4], arguments[6]
        toward = [_even(builder, arguments[which]) for which in (7, 8, 9)]
        kind_at, hit_at = _row(builder, seen, point, 2 * PACKETS), _row(builder, hits, point, TOLD)
        light_at = _row(builder, lights, aim, 2 * RAYS)
        way_at = _row(builder, ways, share, 4 * RAYS)
        sums, told = [_ZERO] * 12, []
        for first in range(0, RAYS, TOLD):
            along = (_load(builder, way_at, line * RAYS + first, _LANES) for line in range(4))
            broad, close = _lobes(builder, toward, *along)
            rest = _load(builder, light_at, first, _LANES)
            key = _load(builder, light_at, RAYS + first, _LANES)
            back, finely = _times(builder, broad, rest), _times(builder, close, rest)
            free, floor, piece = (
                builder.bitcast(bits, _MEMBERS) for bits in _kinds(builder, kind_at, first // TOLD)
            )
            if first == 0:
                told = [_only(builder, floor, rest), _only(builder, piece, _ONE)]
                as_well = ir.Constant(_LANES, [AS_WELL] * TOLD)
                told.append(_only(builder, piece, _plus(builder, broad, as_well)))
            for which, (members, value) in enumerate(
                [
                    *((free, value) for value in (rest, key, back, finely)),
                    *((floor, value) for value in (rest, back, finely)),
                    *((piece, broad), (piece, _ONE), (None, broad), (None, back), (None, finely)),
                ]
            ):
                more = _plus(builder, sums[which], value)
                sums[which] = builder.select(members, more, sums[which]) if members else more
        _store(builder, _folded(builder, sums, 1), found, arguments[12], 0)
        met = _met(builder, hit_at, rows, told)
        _store(builder, _folded(builder, met, COLUMNS), found, arguments[12], TOLD)
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def glance(_, kinds, patch, bright, first, second, into):
    """Of a patch's rays over those that meet nothing, then over those that meet the piece: the
    light without the key lamp, and the key lamp's; into the first four elements of `into`.

    kinds: see `Outlook`, flat, and uint64 `patch`, which of its rows. bright: `Shining.rays`, flat,
    and where the light of either packet begins. Returns how many rays meet the floor, of the first
    packet and of both.
    """
    word, count = types.uint64, types.uint16
    signature = types.UniTuple(count, 2)(kinds, word, bright, word, word, into)

    def generate(context, builder, signature, arguments):
        seen, lights, found = (
            context.make_array(signature.args[which])(context, builder, arguments[which]).data
            for which in (0, 2, 5)
        )
        kind_at = _row(builder, seen, arguments[1], 2 * GLANCED)
        sums, told = [_ZERO] * 4, []
        for turn in range(GLANCED):
            free, floor, piece = _kinds(builder, kind_at, turn)
            told.append(builder.ctpop(floor))
            start = _row(builder, lights, arguments[3 + turn], 1)
            light = [_load(builder, start, line * RAYS, _LANES) for line in range(2)]
            for half, bits in enumerate((free, piece)):
                members = builder.bitcast(bits, _MEMBERS)
                for part, value in enumerate(light):
                    which = 2 * half + part
                    sums[which] = _plus(builder, sums[which], _only(builder, members, value))
        _store(builder, _folded(builder, sums, 1), found, ir.Constant(_WORD, 0), 0)
        both = builder.add(*told)
        return context.make_tuple(builder, signature.return_type, [told[0], both])

    return signature, generate


def _kinds(builder, start, turn: int):
    """Which of a packet's rays meet nothing, which the floor, and which the piece, as bits."""
    lower, higher = (
        builder.load(builder.gep(start, [ir.Constant(_INT, 2 * turn + bit)])) for bit in range(2)
    )
    not_lower, not_higher = builder.not_(lower), builder.not_(higher)
    return (
        builder.and_(not_lower, not_higher),
        builder.and_(lower, not_higher),
        builder.and_(not_lower, higher),
    )


def _lobes(builder, toward, x, y, z, over):
    """How much of a broad lobe round a direction each ray has, and of a narrow one: the sixth and
    the twelfth power of the cosine, each over the ray's own cosine."""
    cosine = _ZERO
    for axis, way in zip(toward, (x, y, z), strict=True):
        cosine = _plus(builder, cosine, _times(builder, axis, way))
    cosine = builder.select(builder.fcmp_ordered(">", cosine, _ZERO), cosine, _ZERO)
    square = _times(builder, cosine, cosine)
    fourth = _times(builder, square, square)
    part = _times(builder, fourth, over)
    eighth = _times(builder, fourth, fourth)
    return _times(builder, square, part), _times(builder, eighth, part)


def _met(builder, hits, table, told):
    """Sums of what rays met, each times the numbers `told`: four rays to a vector."""
    sums = [_ZERO] * len(told)
    for first in range(0, TOLD, TOLD // COLUMNS):
        rays, four = range(first, first + TOLD // COLUMNS), []
        for ray in rays:
            row = builder.load(builder.gep(hits, [ir.Constant(_INT, ray)]))
            start = _row(builder, table, builder.zext(row, _WORD), COLUMNS)
            four.append(_load(builder, start, 0, _ROW))
        pairs = [_joined(builder, *four[:2]), _joined(builder, *four[2:])]
        row = _joined(builder, *pairs)
        for which, weights in enumerate(told):
            spread = [ray for ray in rays for _ in range(COLUMNS)]
            weight = _chosen(builder, weights, weights, spread)
            sums[which] = _plus(builder, sums[which], _times(builder, weight, row))
    return sums


def _folded(builder, vectors, least: int):
    """Each vector's lanes added up, a few vectors at a time, until `least` lanes are left of it:
    one vector, in which they follow each other."""
    half = TOLD // 2
    while half >= least:
        if len(vectors) % 2:
            vectors = [*vectors, _ZERO]
        low = [lane for lane in range(2 * TOLD) if lane % (2 * half) < half]
        high = [lane + half for lane in low]
        vectors = [
            _plus(builder, _chosen(builder, one, other, low), _chosen(builder, one, other, high))
            for one, other in zip(vectors[::2], vectors[1::2], strict=True)
        ]
        half //= 2
    (found,) = vectors
    return found


def _row(builder, data, number, size: int):
    return builder.gep(data, [builder.mul(number, ir.Constant(_WORD, size))])


def _load(builder, start, beyond: int, kind, align: int = 4):
    place = builder.gep(start, [ir.Constant(_INT, beyond)])
    return builder.load(builder.bitcast(place, kind.as_pointer()), align=align)


def _store(builder, vector, found, at, beyond: int) -> None:
    place = builder.gep(found, [builder.add(at, ir.Constant(_WORD, beyond))])
    builder.store(vector, builder.bitcast(place, _LANES.as_pointer()), align=4)


def _even(builder, value):
    none = ir.Constant(_LANES, ir.Undefined)
    lane = builder.insert_element(none, value, ir.Constant(_INT, 0))
    return _chosen(builder, lane, none, [0] * TOLD)


def _chosen(builder, one, other, lanes: list[int]):
    order = ir.Constant(ir.VectorType(_INT, len(lanes)), lanes)
    return builder.shuffle_vector(one, other, order)


def _joined(builder, one, other):
    return _chosen(builder, one, other, list(range(2 * one.type.count)))


def _only(builder, members, value):
    return builder.select(members, value, _ZERO)


def _plus(builder, one, other):
    return builder.fadd(one, other, flags=LOOSE)


def _times(builder, one, other):
    return builder.fmul(one, other, flags=LOOSE)
