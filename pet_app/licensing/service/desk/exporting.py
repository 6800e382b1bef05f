"""A town's licences and cases as CSV, streamed, with nothing a spreadsheet would run."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

from sqlmodel import col, select

from pet_app.core import db
from pet_app.core.errors import NotFound
from pet_app.core.security import Identity
from pet_app.licensing.csv_cells import harmless
from pet_app.licensing.models import Application, Licence
from pet_app.licensing.rules.standing import Status, standing
from pet_app.licensing.service.costs import today_in
from pet_app.licensing.service.desk.access import must_serve
from pet_app.licensing.towns import Town

BATCH = 2000
NO_SUCH_LIST = "There is no such list. Choose licences or applications."
ADDRESS = ("street_address", "city", "country_area", "postal_code", "country")
ANIMAL = ("sex", "born", "breed", "colours", "microchip")

LICENCES = (
    *("number", "tag_code", "standing", "source", "holder_name", *ADDRESS, "phone", "email"),
    *("pet_name", "species", "altered", *ANIMAL, "term", "begins", "ends", "rabies_until"),
)
APPLICATIONS = (
    *("application", "kind", "source", "status", "pet_name", "species", "holder_name", "term"),
    *("fee", "currency", "handed_in", "submitted", "paid", "decided", "decided_by", "automatic"),
    *("audit", "reason"),
)

Cells = Sequence[object]


def export_csv(
    identity: Identity, town_id: str, what: Literal["licences", "applications"]
) -> Iterator[bytes]:
    """Piece by piece, UTF-8; opens its own transactions. Raises `NotFound` before the first."""
    with db.reading() as session:
        where = must_serve(session, identity, town_id)
    if what == "licences":
        return _pieces(LICENCES, where, _licences)
    if what == "applications":
        return _pieces(APPLICATIONS, where, _applications)
    raise NotFound(NO_SUCH_LIST)


def _pieces(
    header: Sequence[str],
    where: Town,
    read: Callable[[Town, str], tuple[list[Cells], str]],
) -> Iterator[bytes]:
    last, rows = "", list[Cells]([header])
    while True:
        found, last = read(where, last)
        text = io.StringIO()
        csv.writer(text).writerows([[harmless(cell) for cell in row] for row in rows + found])
        yield text.getvalue().encode()
        if not last:
            return
        rows = []


def _licences(where: Town, after: str) -> tuple[list[Cells], str]:
    today = today_in(where)
    columns = (
        *(Licence.id, Licence.number, Licence.tag_code, Licence.state, Licence.source),
        *(Licence.holder, Licence.animal, Licence.species, Licence.altered, Licence.term),
        *(Licence.begins, Licence.ends, Licence.rabies_until),
    )
    rows = _read(columns, col(Licence.id), col(Licence.town_id) == where.id, after)
    found = list[Cells]()
    for row in rows:
        holder, animal = row.holder or {}, row.animal or {}
        address = holder.get("address") or {}
        found.append(
            (
                row.number,
                row.tag_code,
                standing(row.state, row.begins, row.ends, today).value,
                row.source,
                holder.get("name", ""),
                *(address.get(name, "") for name in ADDRESS),
                holder.get("phone", ""),
                holder.get("email", ""),
                animal.get("name", ""),
                row.species,
                "yes" if row.altered else "no",
                *(animal.get(name, "") for name in ANIMAL),
                row.term,
                row.begins,
                row.ends or "",
                row.rabies_until or "",
            )
        )
    return found, rows[-1].id if len(rows) == BATCH else ""


def _applications(where: Town, after: str) -> tuple[list[Cells], str]:
    row_of = Application
    columns = (
        *(row_of.id, row_of.kind, row_of.source, row_of.status, row_of.form, row_of.term),
        *(row_of.fee_cents, row_of.currency, row_of.handed_in, row_of.submitted, row_of.paid),
        *(row_of.decided, row_of.decided_by, row_of.automatic, row_of.audit, row_of.reason),
    )
    theirs = (
        (col(row_of.town_id) == where.id)
        & (col(row_of.status) != Status.DRAFT.value)
        & col(row_of.submitted).is_not(None)
    )
    rows = _read(columns, col(row_of.id), theirs, after)
    found = [
        (
            row.id,
            row.kind,
            row.source,
            row.status,
            row.form.get("animal", {}).get("name", ""),
            row.form.get("animal", {}).get("species", ""),
            row.form.get("holder", {}).get("name", ""),
            row.term,
            f"{row.fee_cents / 100:.2f}",
            row.currency,
            row.handed_in or "",
            _moment(row.submitted),
            _moment(row.paid),
            _moment(row.decided),
            row.decided_by,
            "yes" if row.automatic else "no",
            row.audit,
            row.reason,
        )
        for row in rows
    ]
    return list[Cells](found), rows[-1].id if len(rows) == BATCH else ""


def _read(columns: Sequence[Any], key: Any, theirs: Any, after: str) -> Sequence[Any]:
    """The next rows by their key, each batch in a transaction of its own."""
    with db.reading() as session:
        found = select(*columns).where(theirs, key > after).order_by(key).limit(BATCH)
        return session.exec(found).all()


def _moment(moment: Any) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""
