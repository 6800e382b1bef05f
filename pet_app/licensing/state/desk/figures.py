"""A town's year in figures, as the desk draws them."""

from dataclasses import dataclass

import reflex as rx

from pet_app.core import db
from pet_app.core.moments import day
from pet_app.licensing import service as licensing
from pet_app.licensing.service import Compliance, Figures, Month, Share
from pet_app.licensing.state.desk.town import Desk

CHART_WIDE, CHART_HIGH, BAR = 720, 180, 34
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True)
class Tile:
    """One figure: what it is of, and what it says more closely."""

    name: str
    value: str
    note: str


@dataclass(frozen=True)
class Bar:
    """One row of a chart; `percent` is its length, `mark` where another figure lies."""

    name: str
    value: str
    percent: float
    note: str = ""
    mark: float = 0
    marked: bool = False
    assumption: bool = False


@dataclass(frozen=True)
class MonthRow:
    """A month in the table beside the chart."""

    name: str
    issued: int
    renewed: int
    rejected: int


@dataclass(frozen=True)
class Chart:
    """Columns by month as paths in a box of 720 by 180, one on top of the other."""

    issued: str = ""
    renewed: str = ""
    rejected: str = ""
    top: str = ""
    middle: str = ""


class FigureDesk(Desk):
    """The figures of the town at hand."""

    figures_shown: bool = False
    year: str = ""
    years: rx.Field[list[str]] = rx.field(default_factory=list)
    as_of: str = ""
    tiles: rx.Field[list[Tile]] = rx.field(default_factory=list)
    chart: rx.Field[Chart] = rx.field(default_factory=Chart)
    months: rx.Field[list[MonthRow]] = rx.field(default_factory=list)
    licensed: rx.Field[list[Bar]] = rx.field(default_factory=list)
    waiting: rx.Field[list[Bar]] = rx.field(default_factory=list)
    reasons: rx.Field[list[Bar]] = rx.field(default_factory=list)
    compliance: rx.Field[list[Bar]] = rx.field(default_factory=list)

    @rx.event
    async def open_figures(self) -> None:
        """This year's."""
        self.figures_shown, self.year = False, ""
        await self._enter()
        await self._work_out()

    @rx.event
    async def go_to_figures_of(self, town_id: str) -> None:
        """Those of another town."""
        self._choose_town(town_id)
        self.year = ""
        await self._work_out()

    @rx.event
    async def choose_year(self, year: str) -> None:
        """Those of another year."""
        if year in self.years:
            self.year = year
            await self._work_out()

    async def _work_out(self) -> None:
        if not self.town_id:
            return
        identity = await self._identity()
        year = int(self.year) if self.year else None
        found = await db.read(licensing.figures, identity, self.town_id, year)
        self.year, self.years = str(found.year), [str(year) for year in found.years]
        self.as_of = f"As of {day(found.today)}"
        self.tiles = tiles_of(found)
        self.chart = chart_of(found.months)
        self.months = [_month(month) for month in found.months]
        kinds = [
            (f"{one.species.capitalize()}s, {_neutered(one.altered)}", one.count)
            for one in found.licensed
        ]
        self.licensed, self.waiting = bars_of(kinds), bars_of(found.waiting)
        self.reasons = bars_of(found.reasons)
        self.compliance = [_compliance(one) for one in found.compliance]
        self.figures_shown = True


def tiles_of(found: Figures) -> list[Tile]:
    """The figures that are read first."""
    decided = found.approved + found.rejected
    return [
        Tile("Valid licences", f"{found.valid:,}", f"{found.income} taken in {found.year}"),
        Tile(
            "From handing in to decision",
            hours(found.median_hours),
            f"Clerks alone {hours(found.by_clerk_median_hours)}; the slowest tenth takes "
            f"{hours(found.slowest_tenth_hours)}",
        ),
        Tile(
            "Decided",
            f"{decided:,}",
            f"{found.approved:,} approved, {found.rejected:,} rejected, "
            f"{found.withdrawn:,} withdrawn",
        ),
        Tile("Handed in late", percent(found.late), counted(found.late)),
        Tile("Approved by themselves", percent(found.automatic), counted(found.automatic)),
        Tile(
            "Wrong among those looked at",
            percent(found.audits_failed),
            counted(found.audits_failed),
        ),
        Tile(
            "Run out and not renewed",
            percent(found.expired_not_renewed),
            counted(found.expired_not_renewed),
        ),
        Tile(
            "Longest waiting",
            "Nothing waits" if found.oldest_days is None else days(found.oldest_days),
            f"{sum(count for _, count in found.waiting):,} cases wait",
        ),
    ]


def chart_of(months: tuple[Month, ...]) -> Chart:
    """Issued at the foot, renewed on it, rejected on top; as high as the highest month."""
    highest = max((one.issued + one.renewed + one.rejected for one in months), default=0)
    top = _round_up(highest)
    paths: dict[str, list[str]] = {"issued": [], "renewed": [], "rejected": []}
    step = CHART_WIDE / 12
    for one in months:
        left = (int(one.month[5:7]) - 1) * step + (step - BAR) / 2
        foot = float(CHART_HIGH)
        for name, path in paths.items():
            high = getattr(one, name) / top * CHART_HIGH
            if high:
                path.append(f"M{left:.1f} {foot:.1f}v{-high:.1f}h{BAR}v{high:.1f}z")
            foot -= high
    drawn = {name: "".join(path) for name, path in paths.items()}
    return Chart(**drawn, top=f"{top:,}", middle=f"{top // 2:,}")


def bars_of(counts: tuple[tuple[str, int], ...] | list[tuple[str, int]]) -> list[Bar]:
    """Rows of a chart, the longest as long as there is room."""
    most = max((count for _, count in counts), default=0) or 1
    return [Bar(name, f"{count:,}", round(100 * count / most, 1)) for name, count in counts]


def hours(value: float | None) -> str:
    """A stretch of time as people say it; a dash for none."""
    if value is None:
        return "–"
    if value < 1:
        return f"{round(value * 60)} min"
    return f"{value:.1f} h" if value < 24 else f"{value / 24:.1f} days"


def days(count: int) -> str:
    """Whole days in words."""
    return f"{count} day{'' if count == 1 else 's'}"


def percent(share: Share) -> str:
    """A share in percent; a dash of nothing."""
    return "–" if share.percent is None else f"{share.percent:g} %"


def counted(share: Share) -> str:
    """A share as how many of how many."""
    return f"{share.part:,} of {share.whole:,}"


def _compliance(one: Compliance) -> Bar:
    name = f"{one.species.capitalize()}s"
    if one.animals is None or one.percent is None:
        note = "Nobody has counted how many live here."
        return Bar(name, f"{one.licensed:,} licensed", 0, note)
    note = f"{one.licensed:,} of about {one.animals:,}. {one.source}"
    mark, marked = 0.0, one.baseline_percent is not None
    if one.baseline_percent is not None:
        mark = min(one.baseline_percent, 100)
        year = f" in {one.baseline_year}" if one.baseline_year else ""
        note += f" The line marks {one.baseline_percent:g} %{year}."
    return Bar(
        name, f"{one.percent:g} %", min(one.percent, 100), note, mark, marked, one.assumption
    )


def _month(month: Month) -> MonthRow:
    name = MONTHS[int(month.month[5:7]) - 1]
    return MonthRow(name, month.issued, month.renewed, month.rejected)


def _neutered(altered: bool) -> str:
    return "neutered" if altered else "not neutered"


def _round_up(highest: int) -> int:
    """The next even number that a scale can end with."""
    if highest <= 4:
        return 4
    size = 10 ** (len(str(highest)) - 1)
    return next(top for part in (1, 2, 4, 6, 8, 10) if (top := part * size) >= highest)
