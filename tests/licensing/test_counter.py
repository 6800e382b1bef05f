"""Licences sold at the counter: once, with money and tag accounted for, in the town's own desk."""

from dataclasses import replace

import pytest
from sqlmodel import select

from pet_app.core import db
from pet_app.core.errors import Conflict, Invalid, NotFound
from pet_app.licensing import service as licensing
from pet_app.licensing import tag
from pet_app.licensing.form import Animal, Form
from pet_app.licensing.models import Application, Licence, Step
from pet_app.licensing.service import CounterSale
from tests.at_once import at_once
from tests.licensing.factory import CHIP, TOWN
from tests.licensing.factory_desk import OTHER_TOWN, make_clerk, sale


def test_a_sale_issues_the_licence_and_says_what_was_paid(database: str) -> None:
    code = tag.new_code()
    with db.writing() as session:
        clerk = make_clerk(session)
        told = sale(tag_code=tag.shown(code).lower())
        priced = licensing.price_at_counter(session, clerk, TOWN, told.form)
        sold = licensing.sell_at_counter(session, clerk, told)
    assert (sold.fee, sold.tag_code) == (priced.total, code)
    assert sum(line.cents for line in sold.lines) == sold.fee.cents
    with db.reading() as session:
        row = session.get_one(Application, sold.application_id)
        assert (row.source, row.status, row.case["online"]) == ("counter", "approved", False)
        steps = select(Step).where(Step.application_id == row.id)
        paid = next(step for step in session.exec(steps) if step.what == "paid")
        assert paid.facts == {"by": "cash", "cents": sold.fee.cents, "currency": "USD"}
        assert paid.by == f"clerk:{clerk.user_id}"


def test_a_sale_that_is_sent_twice_at_once_is_one(database: str) -> None:
    with db.writing() as session:
        clerk = make_clerk(session)

    def sell() -> str:
        with db.writing() as session:
            return licensing.sell_at_counter(session, clerk, sale()).number

    # Of two at the same moment one may be asked to try again; none is sold twice.
    answers = [one for one in at_once(sell, sell) if isinstance(one, str)]
    assert {*answers, sell()} == {answers[0]}
    with db.reading() as session:
        assert session.exec(select(Licence.number)).all() == [answers[0]]
    other = sale(form=replace(sale().form, animal=replace(sale().form.animal, name="Rex")))
    with pytest.raises(Conflict), db.writing() as session:
        licensing.sell_at_counter(session, clerk, other)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (sale(tag_code="ABCDEFGH"), "tag_code"),
        (sale(paid_by="card"), "paid_by"),
        (sale(request_key="short"), "request_key"),
        (sale(form=Form(animal=Animal(species="dog", altered="yes"), term="1")), "holder.name"),
        (sale(form=replace(sale().form, term="99")), "term"),
        (sale(form=replace(sale().form, signed=False)), "signed"),
    ],
    ids=["tag", "way to pay", "key", "nobody", "term", "unsigned"],
)
@pytest.mark.usefixtures("sqlite_database")
def test_a_sale_that_is_not_in_order_says_why(wrong: CounterSale, field: str) -> None:
    with db.writing() as session:
        clerk = make_clerk(session)
    with pytest.raises(Invalid) as refused, db.writing() as session:
        licensing.sell_at_counter(session, clerk, wrong)
    assert field in refused.value.fields


@pytest.mark.usefixtures("sqlite_database")
def test_no_tag_is_worn_twice_and_no_chip_licensed_twice() -> None:
    with db.writing() as session:
        clerk, stranger = make_clerk(session, TOWN, OTHER_TOWN), make_clerk(session, OTHER_TOWN)
        form = replace(sale().form, animal=replace(sale().form.animal, microchip=CHIP))
        sold = licensing.sell_at_counter(session, clerk, sale(form=form))
    again = sale(request_key="another sale", tag_code=sold.tag_code)
    chipped = sale(request_key="another sale", form=form)
    for told, error in ((again, Conflict), (chipped, Conflict)):
        with pytest.raises(error), db.writing() as session:
            licensing.sell_at_counter(session, clerk, told)
    with pytest.raises(NotFound), db.writing() as session:
        licensing.sell_at_counter(session, stranger, sale(request_key="another sale"))
    with db.reading() as session:
        assert len(session.exec(select(Application.id)).all()) == 1
