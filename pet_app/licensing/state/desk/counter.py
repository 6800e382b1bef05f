"""A licence sold at the counter: the form, its fee, the money, the receipt."""

from dataclasses import dataclass, replace
from typing import Any, Literal, cast

import reflex as rx

from pet_app.core import db
from pet_app.core.errors import Invalid
from pet_app.core.ids import new_id
from pet_app.core.moments import day
from pet_app.licensing import service as licensing
from pet_app.licensing import tag
from pet_app.licensing.form import Animal, Form, Holder, Vaccination
from pet_app.licensing.rules import Proof
from pet_app.licensing.service import CounterSale, Priced, Sold
from pet_app.licensing.state.apply.addressed import Addressed
from pet_app.licensing.state.desk.town import Desk
from pet_app.licensing.state.receipt import ReceiptLine, receipt_lines

ADDRESS = "holder.address."
LONGEST = 400
SHOWN_WORDS = {
    Proof.SENIOR: "65 or older",
    Proof.DISABLED: "Disability",
    Proof.LOW_INCOME: "Low income",
    Proof.SERVICE_ANIMAL: "Service animal",
    Proof.CANNOT_ALTER: "Cannot be neutered, says a vet",
    Proof.MICROCHIP: "Microchip or tattoo",
    Proof.ADOPTED: "Just adopted",
    Proof.LICENSED_ELSEWHERE: "Licensed elsewhere in the state",
}


@dataclass(frozen=True)
class Pick:
    """One thing to choose: its value and its words."""

    value: str
    words: str


@dataclass(frozen=True)
class Receipt:
    """What was sold."""

    number: str = ""
    tag: str = ""
    fee: str = ""
    paid_by: str = ""
    ends: str = ""
    certificate: str = ""
    licence_href: str = ""


class Counter(Addressed, Desk):
    """The counter of the town at hand. `total` is empty until the fee was worked out."""

    counter_shown: bool = False
    animals: rx.Field[list[Pick]] = rx.field(default_factory=list)
    terms: rx.Field[list[Pick]] = rx.field(default_factory=list)
    proofs: rx.Field[list[Pick]] = rx.field(default_factory=list)
    total: str = ""
    ends: str = ""
    fees: rx.Field[list[ReceiptLine]] = rx.field(default_factory=list)
    receipt: rx.Field[Receipt] = rx.field(default_factory=Receipt)
    busy: bool = False

    _request_key: str = ""

    @rx.event
    async def open_counter(self) -> None:
        """An empty form."""
        await self._enter()
        await self._begin()

    @rx.event
    async def go_to_counter_of(self, town_id: str) -> None:
        """The counter of another town."""
        self._choose_town(town_id)
        await self._begin()

    @rx.event
    async def sell_another(self) -> None:
        """An empty form again."""
        await self._begin()

    @rx.event
    def say_line(self, name: str, typed: str) -> None:
        """A line of the address."""
        self._say_line(name, typed)

    @rx.event
    async def send(self, form: dict[str, Any]) -> Any:
        """Work out the fee; sent once more with the same fee, take the money and issue it."""
        told = self._told(form)
        self.busy = True
        yield
        try:
            identity = await self._identity()
            priced = await db.read(licensing.price_at_counter, identity, self.town_id, told)
            if self.total != str(priced.total):
                self._show_price(priced)
                return
            sale = CounterSale(
                town_id=self.town_id,
                form=told,
                paid_by=_paid_by(form),
                request_key=self._request_key,
                tag_code=str(form.get("tag_code") or "")[:40].strip(),
            )
            self._show_sold(await db.write(licensing.sell_at_counter, identity, sale))
        except Invalid as fault:
            # The lines of an address go by their own names, as they do in every address form.
            named = {name.removeprefix(ADDRESS): text for name, text in fault.fields.items()}
            raise Invalid(fault.detail, named) from fault
        finally:
            self.busy = False

    async def _begin(self) -> None:
        self._request_key = new_id()
        self.total, self.ends, self.fees = "", "", []
        self.receipt = Receipt()
        if not self.town_id:
            return
        town = licensing.town(self.town_id)
        terms = town.terms_on(licensing.today_in(town))
        self.animals = [Pick(kind, kind.capitalize()) for kind in town.species]
        self.terms = [Pick(term.id, term.words) for term in terms]
        self.proofs = [
            Pick(proof, SHOWN_WORDS[proof]) for proof in licensing.proofs_that_count(town)
        ]
        await self._draw_address(self.town_id, {})
        self.counter_shown = True

    def _told(self, form: dict[str, Any]) -> Form:
        def text(name: str) -> str:
            return str(form.get(name) or "")[:LONGEST].strip()

        def part(of: str, shape: type[Any], *left_out: str) -> Any:
            names = [name for name in shape.__dataclass_fields__ if name not in left_out]
            return shape(**{name: text(f"{of}.{name}") for name in names})

        holder = replace(cast(Holder, part("holder", Holder, "address")), address=self._said())
        return Form(
            holder=holder,
            animal=cast(Animal, part("animal", Animal)),
            vaccination=cast(Vaccination, part("vaccination", Vaccination)),
            term=text("term"),
            proofs=tuple(proof.value for proof in self.proofs if form.get(f"proof-{proof.value}")),
            adopted=text("adopted"),
            dangerous=bool(form.get("dangerous")),
            # They signed on paper, before the clerk's eyes.
            signed=True,
        )

    def _show_price(self, priced: Priced) -> None:
        self.total = str(priced.total)
        self.ends = day(priced.ends) if priced.ends else "for the animal's life"
        self.fees = receipt_lines(priced.fee.lines, priced.fee.currency)

    def _show_sold(self, sold: Sold) -> None:
        self.fees = receipt_lines(sold.lines, sold.fee.currency)
        self.receipt = Receipt(
            number=sold.number,
            tag=tag.shown(sold.tag_code),
            fee=str(sold.fee),
            paid_by="In cash" if sold.paid_by == "cash" else "By cheque",
            ends=day(sold.ends) if sold.ends else "the end of the animal's life",
            certificate=f"/api/v1/licensing/licences/{sold.licence_id}/certificate.pdf",
            licence_href=f"/licensing/desk/licences?text={sold.number}",
        )


def _paid_by(form: dict[str, Any]) -> Literal["cash", "cheque"]:
    return "cheque" if form.get("paid_by") == "cheque" else "cash"
