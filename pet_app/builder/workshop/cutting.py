"""Cutting many pieces from few rolls: the shapes of a plan, and how it is done without one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pet_app.builder import library
from pet_app.builder.palette import colour
from pet_app.builder.resolve import Resolved, Strap
from pet_app.builder.rules import Pattern, Role


@dataclass(frozen=True)
class Cut:
    """One strap of one order; `roll` names what it is cut from, its colour included."""

    order: str
    strap: str
    title: str
    roll: str
    length_mm: int


@dataclass(frozen=True)
class Remnant:
    """A length that lies on the shelf."""

    roll: str
    length_mm: int


@dataclass(frozen=True)
class Stock:
    """What can be bought and what cutting it costs, in mm; see `data/workshop.toml`."""

    lengths_mm: tuple[int, ...]
    kerf_mm: int
    remnant_mm: int

    def need_mm(self, cuts: Iterable[Cut]) -> int:
        """What these cuts take up with their kerf."""
        return sum(cut.length_mm + self.kerf_mm for cut in cuts)

    def shortest_mm(self, need_mm: int) -> int:
        """The shortest length sold with so much room. Raises `TooLongForStock`."""
        fitting = (length for length in self.lengths_mm if length >= need_mm)
        shortest = min(fitting, default=None)
        if shortest is None:
            raise TooLongForStock(need_mm, max(self.lengths_mm))
        return shortest


class TooLongForStock(ValueError):
    """A strap is longer than any length its roll is sold in."""

    def __init__(self, need_mm: int, longest_mm: int) -> None:
        super().__init__(f"a cut of {need_mm} mm does not fit on {longest_mm} mm, the longest sold")


@dataclass(frozen=True)
class Piece:
    """One length and its cuts, in the order they are made; `bought` or from the shelf."""

    roll: str
    length_mm: int
    cuts: tuple[Cut, ...]
    bought: bool = True

    @property
    def used_mm(self) -> int:
        return sum(cut.length_mm for cut in self.cuts)

    def left_mm(self, stock: Stock) -> int:
        """What is left whole at its end."""
        return self.length_mm - stock.need_mm(self.cuts)

    def kept_mm(self, stock: Stock) -> int:
        """What goes back on the shelf; 0 when it is too short for that."""
        left = self.left_mm(stock)
        return left if left >= stock.remnant_mm else 0


@dataclass(frozen=True)
class Plan:
    """Which cuts come from which pieces.

    `least_waste_mm` is what any plan has to lose that buys no more; None where nobody has worked
    it out.
    """

    pieces: tuple[Piece, ...]
    stock: Stock
    least_waste_mm: int | None = None

    @property
    def bought_mm(self) -> int:
        return sum(piece.length_mm for piece in self.pieces if piece.bought)

    @property
    def used_mm(self) -> int:
        return sum(piece.used_mm for piece in self.pieces)

    @property
    def kept_mm(self) -> int:
        """What goes back on the shelf."""
        return sum(piece.kept_mm(self.stock) for piece in self.pieces)

    @property
    def waste_mm(self) -> int:
        """Everything taken that is in no strap and not kept: kerf and scrap."""
        taken = sum(piece.length_mm for piece in self.pieces)
        return taken - self.used_mm - self.kept_mm

    @property
    def scrap_mm(self) -> int:
        """The ends too short to keep."""
        left = (piece.left_mm(self.stock) for piece in self.pieces)
        return sum(length for length in left if length < self.stock.remnant_mm)

    def shelf_after(self, shelf: Iterable[Remnant]) -> list[Remnant]:
        """What lies on the shelf once everything is cut."""
        taken = Counter(
            Remnant(piece.roll, piece.length_mm) for piece in self.pieces if not piece.bought
        )
        back = (Remnant(piece.roll, piece.kept_mm(self.stock)) for piece in self.pieces)
        return [*(Counter(shelf) - taken).elements(), *(rest for rest in back if rest.length_mm)]

    @property
    def gap(self) -> float:
        """How much of the waste a better plan could save at most, as a share of it."""
        if self.least_waste_mm is None or not self.waste_mm:
            return 0.0
        return max(0, self.waste_mm - self.least_waste_mm) / self.waste_mm


def stock() -> Stock:
    row = library.table("workshop")["stock"]
    return Stock(tuple(row["lengths_mm"]), row["kerf_mm"], row["remnant_mm"])


def roll_of(resolved: Resolved, strap: Strap) -> str:
    """The roll a strap is cut from: its sku, with colour and pattern where it comes dyed."""
    look = resolved.design.look
    if strap.role is not Role.WEBBING:
        return strap.sku
    comes = library.table("workshop")["rolls"][look.material.value]
    if comes == "white":
        return strap.sku
    named = [strap.sku, colour(look.colour).name.lower()]
    if comes == "pattern" and look.pattern is not Pattern.PLAIN:
        named += [look.pattern.value, colour(look.accent).name.lower()]
    return " ".join(named)


def cuts_of(resolved: Resolved, order: str) -> list[Cut]:
    """Every strap of a piece as a cut of `order`, in the order of its cut list."""
    return [
        Cut(order, strap.name, strap.title, roll_of(resolved, strap), strap.cut_mm)
        for strap in resolved.straps
    ]


def by_roll(cuts: Iterable[Cut]) -> dict[str, list[Cut]]:
    """The cuts of each roll, rolls by name, cuts as they came."""
    grouped: dict[str, list[Cut]] = defaultdict(list)
    for cut in cuts:
        grouped[cut.roll].append(cut)
    return dict(sorted(grouped.items()))


def one_by_one(cuts: Sequence[Cut], stock: Stock, shelf: Sequence[Remnant] = ()) -> Plan:
    """What a careful workshop without a plan does: the straps of one order after another.

    Each strap comes from the shortest piece on the shelf that it fits on; when there is none, a
    length is bought, the shortest that holds what the order still needs of that roll. What is left
    goes back on the shelf for the next strap, unless it is too short to keep.
    """
    pieces: list[Piece] = []
    for roll, wanted in by_roll(cuts).items():
        begun = _Begun(stock, shelf, roll)
        orders = by_order(wanted)
        for mine in orders.values():
            for index, cut in enumerate(mine):
                fitting = begun.with_room(cut)
                if fitting:
                    at = min(fitting, key=begun.room.__getitem__)
                else:
                    longest = max(stock.lengths_mm)
                    rest = min(stock.need_mm(mine[index:]), max(longest, stock.need_mm([cut])))
                    at = begun.buy(stock.shortest_mm(rest))
                begun.cut(at, cut)
        pieces += begun.pieces()
    return Plan(tuple(pieces), stock)


def first_fit(cuts: Sequence[Cut], stock: Stock, shelf: Sequence[Remnant] = ()) -> Plan:
    """First-fit decreasing over the whole list, with the bought length that loses least per roll.

    The longest strap first, each on the first piece it fits on, the shelf before what is bought.
    """
    pieces: list[Piece] = []
    for roll, wanted in by_roll(cuts).items():
        least = stock.shortest_mm(max(stock.need_mm([cut]) for cut in wanted))
        tried: list[tuple[Piece, ...]] = []
        for length in (length for length in stock.lengths_mm if length >= least):
            begun = _Begun(stock, shelf, roll)
            for cut in sorted(wanted, key=lambda cut: -cut.length_mm):
                fitting = begun.with_room(cut)
                begun.cut(fitting[0] if fitting else begun.buy(length), cut)
            tried.append(tuple(begun.pieces()))
        pieces += min(tried, key=lambda made: Plan(made, stock).waste_mm)
    return Plan(tuple(pieces), stock)


def by_order(cuts: Iterable[Cut]) -> dict[str, list[Cut]]:
    """The cuts of each order, orders and cuts as they came."""
    grouped: dict[str, list[Cut]] = defaultdict(list)
    for cut in cuts:
        grouped[cut.order].append(cut)
    return grouped


class _Begun:
    """The pieces of one roll while they are being cut; the shelf's come first, shortest first."""

    def __init__(self, stock: Stock, shelf: Iterable[Remnant], roll: str) -> None:
        self.stock = stock
        self.roll = roll
        self.lengths = sorted(lying.length_mm for lying in shelf if lying.roll == roll)
        self.from_shelf = len(self.lengths)
        self.room = list(self.lengths)
        self.cuts: list[list[Cut]] = [[] for _ in self.lengths]

    def with_room(self, cut: Cut) -> list[int]:
        need = self.stock.need_mm([cut])
        return [at for at, left in enumerate(self.room) if left >= need]

    def buy(self, length_mm: int) -> int:
        self.lengths.append(length_mm)
        self.room.append(length_mm)
        self.cuts.append([])
        return len(self.lengths) - 1

    def cut(self, at: int, cut: Cut) -> None:
        self.cuts[at].append(cut)
        self.room[at] -= self.stock.need_mm([cut])

    def pieces(self) -> list[Piece]:
        return [
            Piece(self.roll, length, tuple(cuts), bought=at >= self.from_shelf)
            for at, (length, cuts) in enumerate(zip(self.lengths, self.cuts, strict=True))
            if cuts
        ]
