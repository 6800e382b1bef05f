"""Licences sold at the town's counter, for cash or a cheque."""

import hashlib
from dataclasses import dataclass

from sqlmodel import Session, col, select

from pet_app.core import clock, db
from pet_app.core.errors import Conflict, Invalid
from pet_app.core.ids import ALPHABET, LENGTH
from pet_app.core.security import Identity
from pet_app.licensing import facts, searching, tag
from pet_app.licensing.facts import Around
from pet_app.licensing.form import Form
from pet_app.licensing.models import Application, Licence
from pet_app.licensing.rules import Case, Town
from pet_app.licensing.rules.standing import Kind, LicenceState, Status
from pet_app.licensing.service.costs import Priced, today_in, what_it_costs
from pet_app.licensing.service.desk.access import clerk, must_serve
from pet_app.licensing.service.desk.deciding import settle
from pet_app.licensing.service.desk.views import CounterSale, Sold
from pet_app.licensing.service.granting import TAG_TAKEN, grant
from pet_app.licensing.service.history import add_step, move
from pet_app.licensing.service.rows import searched, stored
from pet_app.licensing.service.views import form_of, line_told, receipt_of

COUNTER = "counter"
NOBODY = ""
"""The owner of what was sold to somebody of whom we know no account."""
PAID_BY = ("cash", "cheque")
MISSING = "Some of this needs another look before it can be sold."
NO_KEY = "Send a key of 8 to 64 characters that is this sale's own."
NO_WAY = "Choose cash or cheque."
NO_TAG = "This is no code of ours. Read it off the tag once more: eight signs."
LICENSED = "The pet with this microchip has licence {number} here already. Renew that one."
OTHER_SALE = "This key was used for another sale. Start a new one."


@dataclass(frozen=True)
class _Checked:
    form: Form
    case: Case
    priced: Priced
    faults: dict[str, str]


def price_at_counter(session: Session, identity: Identity, town_id: str, form: Form) -> Priced:
    """What it would cost. Raises `NotFound`, and `Invalid` by field."""
    return _check(must_serve(session, identity, town_id), form).priced


def sell_at_counter(session: Session, identity: Identity, sale: CounterSale) -> Sold:
    """Take the money and issue the licence at once; sent twice, it is sold once.

    Raises `NotFound`, `Invalid` by field (`tag_code` too), `Conflict` for a tag already worn and
    a pet already licensed.
    """
    where = must_serve(session, identity, sale.town_id)
    found, code = _check(where, sale.form), _tag_code(sale.tag_code)
    faults = dict(found.faults)
    if sale.paid_by not in PAID_BY:
        faults["paid_by"] = NO_WAY
    if not 8 <= len(sale.request_key) <= 64:
        faults["request_key"] = NO_KEY
    if faults:
        raise Invalid(MISSING, faults)
    row_id = _id_of(identity, sale)
    if not _begin(session, row_id, where, found):
        return _sold_before(session, row_id, sale)
    _not_licensed(session, where, found.form)
    if code and session.exec(select(Licence.id).where(Licence.tag_code == code)).first():
        raise Conflict(TAG_TAKEN)
    row = session.get_one(Application, row_id)
    by = clerk(identity)
    move(session, row, Status.AWAITING_PAYMENT, by, facts={"source": COUNTER})
    row.paid = clock.now()
    told = {"by": sale.paid_by, "cents": row.fee_cents, "currency": row.currency}
    words = f"Paid at the counter: {sale.paid_by}"
    add_step(session, "paid", by, application_id=row.id, words=words, facts=told)
    move(session, row, Status.IN_REVIEW, by)
    settle(session, row, Status.APPROVED, by)
    licence = grant(session, row, by, tag_code=code)
    return _sold(row, licence, found.priced, sale.paid_by)


def _check(where: Town, form: Form) -> _Checked:
    form = facts.tidy(form)
    checked = facts.check(form, where, Kind.NEW, Around(today_in(where), online=False))
    if checked.case is None:
        raise Invalid(MISSING, checked.faults)
    try:
        priced = what_it_costs(where, checked.case)
    except Invalid as refused:
        fields = facts.in_the_form(refused.fields) | checked.faults
        raise Invalid(refused.detail, fields) from None
    return _Checked(form, checked.case, priced, checked.faults)


def _tag_code(typed: str) -> str:
    code = tag.read_code(typed)
    if typed.strip() and not code:
        raise Invalid(NO_TAG, {"tag_code": NO_TAG})
    return code


def _id_of(identity: Identity, sale: CounterSale) -> str:
    """The same for the same sale of the same clerk: the key of its row lets it in once."""
    told = f"{identity.user_id}:{sale.town_id}:{sale.request_key}"
    number = int.from_bytes(hashlib.sha256(told.encode()).digest())
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))


def _begin(session: Session, row_id: str, where: Town, found: _Checked) -> bool:
    now = clock.now()
    row = Application(
        id=row_id,
        owner=NOBODY,
        town_id=where.id,
        pet_id="",
        kind=Kind.NEW.value,
        source=COUNTER,
        form=stored(found.form),
        case=facts.frozen(found.case),
        receipt=[line_told(line) for line in found.priced.fee.lines],
        term=found.case.term,
        fee_cents=found.priced.total.cents,
        currency=found.priced.total.currency,
        handed_in=found.case.handed_in,
        submitted=now,
        search=searched(found.form),
        created=now,
        changed=now,
    )
    made = db.insert(Application).values(row.model_dump()).on_conflict_do_nothing()
    return session.execute(made.returning(col(Application.id))).first() is not None


def _not_licensed(session: Session, where: Town, form: Form) -> None:
    chip = form.animal.microchip
    if not chip:
        return
    others = select(Licence).where(
        Licence.town_id == where.id,
        Licence.state == LicenceState.ISSUED.value,
        searching.has_words(Licence, chip, [where.id]),
    )
    today = today_in(where)
    for other in session.exec(others):
        holds = other.ends is None or other.ends >= today
        if holds and other.animal.get("microchip") == chip:
            said = LICENSED.format(number=other.number)
            raise Conflict(said, {"animal.microchip": said})


def _sold_before(session: Session, row_id: str, sale: CounterSale) -> Sold:
    row = session.get_one(Application, row_id)
    licence = session.get(Licence, row.licence_id) if row.licence_id else None
    priced = receipt_of(row)
    if licence is None or priced is None or form_of(row) != facts.tidy(sale.form):
        raise Conflict(OTHER_SALE)
    return _sold(row, licence, priced, sale.paid_by)


def _sold(row: Application, licence: Licence, priced: Priced, paid_by: str) -> Sold:
    return Sold(
        application_id=row.id,
        licence_id=licence.id,
        number=licence.number,
        tag_code=licence.tag_code,
        fee=row.fee,
        lines=priced.fee.lines,
        ends=licence.ends,
        paid_by=paid_by,
    )
