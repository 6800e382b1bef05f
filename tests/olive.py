"""Somebody who has one of everything, for tests of who else gets at it."""

import io
from dataclasses import dataclass, replace

from sqlmodel import Session

from pet_app.builder import service as builder
from pet_app.catalog import service as catalog
from pet_app.catalog.rules import NewReview
from pet_app.checkout import service as checkout
from pet_app.core import clock, db, security, storage
from pet_app.core.security import SESSION_COOKIE, Identity, Role, Scope
from pet_app.licensing import service as licensing
from pet_app.licensing.models import Certificate, Document, Licence
from pet_app.order import service as orders
from pet_app.order.models import Order, ReturnRequest
from pet_app.payment import service as payments
from pet_app.pet import service as pets
from pet_app.user import service as users
from pet_app.user.models import LinkedIdentity, Takeout, TakeoutState
from pet_app.user.service import tokens
from tests.builder.factory import make_design
from tests.catalog.factory import make_product
from tests.licensing.factory import HOME, TOWN
from tests.licensing.factory_licences import make_licence
from tests.order.factory import harness as ordered
from tests.order.factory import new_order
from tests.payment.factory import make_wanted
from tests.pet.factory import BISCUIT
from tests.user.factory import make_user, who
from tests.user.test_postal import BERLIN

CANARY = "zzyzx"
GIRTH_MM = 777
PROVIDER = "acme"


@dataclass(frozen=True)
class Olive:
    """Somebody who has one of everything; `ids` by what they name."""

    identity: Identity
    cookies: dict[str, str]
    ids: dict[str, str]
    storage_key: str


def make_olive() -> Olive:
    """Everything somebody can have, the canary in each of its texts."""
    name = f"Olive {CANARY}"
    with db.writing() as session:
        user = make_user(session, f"{CANARY}@example.com", name=name)
        token = security.open_sign_in(
            session,
            user_id=user.id,
            role=Role.USER,
            name=name,
            email=user.email,
            device=f"Firefox on {CANARY}",
        )
    olive = who(token)
    with db.writing() as session:
        body = replace(BISCUIT.body, girth_mm=GIRTH_MM)
        pet = pets.add_pet(session, olive, replace(BISCUIT, name=CANARY, body=body))
        design = builder.save_design(session, olive, make_design().to_dict(), CANARY, "a click")
        home = users.checked_address("DE", {**BERLIN, "name": CANARY}, CANARY)
        address = users.add_address(session, olive, home)
        _, key = tokens.make_token(session, olive, CANARY, [Scope.PETS_READ], None)
        family, _ = security.open_family(
            session, user_id=user.id, role=Role.USER, name=name, email=user.email, device=CANARY
        )
        session.add(_link(user.id))
        cart = checkout.add_design(session, olive, design.id, 1, "a click")
        payment = payments.open_payment(session, make_wanted(owner=olive.owner, email=user.email))
        _let_her_buy_and_say(session, olive)
        order, request = _order(session, olive, user.email)
        application, document = _apply(session, olive, pet.id)
        licence = _licence(session, olive)
        copy = _copy(user.id)
        session.add(copy)
        ids = {
            "user": user.id,
            "pet": pet.id,
            "design": design.id,
            "address": address.id,
            "token": key.handle,
            "program": family.id,
            "session": olive.session,
            "copy": copy.id,
            "payment": payment.id,
            "order": order.id,
            "request": request.id,
            "line": cart.lines[0].id,
            "application": application.id,
            "document": document.id,
            "licence": licence.id,
            "provider": PROVIDER,
        }
    storage.put_private(copy.storage_key, io.BytesIO(CANARY.encode()))
    return Olive(olive, {SESSION_COOKIE: token}, ids, copy.storage_key)


def _order(session: Session, olive: Identity, email: str) -> tuple[Order, ReturnRequest]:
    """An order with a file of each kind that belongs to one."""
    new = new_order(ordered(), owner=olive.owner, email=email, address={**BERLIN, "name": CANARY})
    order = orders.place(session, replace(new, address={**new.address, "country": "DE"}))
    line = orders.order_lines(session, order.id)[0]
    invoice, photo = _private("invoice", ".pdf"), _private("photo", ".webp")
    orders.attach_invoice(session, order.id, invoice)
    request = ReturnRequest(
        order_id=order.id,
        line_id=line.id,
        kind="remake",
        quantity=1,
        reason="fit",
        photo=photo,
        created=clock.now(),
        changed=clock.now(),
    )
    session.add(request)
    session.flush()
    return order, request


def _apply(
    session: Session, olive: Identity, pet_id: str
) -> tuple[licensing.ApplicationView, Document]:
    """A draft with a paper, which no clerk has to do with yet."""
    draft = licensing.begin(session, olive, TOWN, pet_id)
    document = Document(
        application_id=draft.id,
        shows="rabies",
        name=f"{CANARY}.pdf",
        media_type="application/pdf",
        digest=CANARY,
        file_key=_private("paper", ".pdf"),
        page_keys=[_private("page", ".jpg")],
        created=clock.now(),
    )
    session.add(document)
    session.flush()
    return draft, document


def _licence(session: Session, olive: Identity) -> Licence:
    """One that holds, its certificate drawn."""
    licence = make_licence(
        session,
        olive,
        holder={"name": CANARY, "address": HOME},
        animal={"name": CANARY, "species": "dog"},
        certificate=1,
    )
    session.add(
        Certificate(
            licence_id=licence.id,
            serial=1,
            key_id="none",
            text=CANARY,
            file_key=_private("certificate", ".pdf"),
            issued=clock.now(),
        )
    )
    session.flush()
    return licence


def _private(name: str, suffix: str) -> str:
    key = storage.private_key(b"k" * 32, name, suffix)
    storage.put_private(key, io.BytesIO(CANARY.encode()))
    return key


def _let_her_buy_and_say(session: Session, olive: Identity) -> None:
    bought = make_product(session)
    catalog.note_purchase(session, olive.owner, [bought.id], CANARY)
    catalog.wish(session, olive, bought.id)
    catalog.note_look(session, olive, bought.id)
    catalog.write_review(session, olive, NewReview(bought.id, 5, CANARY, CANARY, CANARY))


def _link(user_id: str) -> LinkedIdentity:
    now = clock.now()
    return LinkedIdentity(
        provider=PROVIDER, subject=CANARY, user_id=user_id, email=CANARY, created=now, synced=now
    )


def _copy(user_id: str) -> Takeout:
    now = clock.now()
    return Takeout(
        user_id=user_id,
        asked=now,
        expires=now + users.GRACE,
        state=TakeoutState.READY,
        progress=100,
        size=len(CANARY),
        storage_key=storage.private_key(b"k" * 32, "copy", ".zip"),
    )
