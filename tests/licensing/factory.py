"""Cases to price, and applications: begun, filled in, handed in and paid as an owner would."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw
from sqlmodel import Session

from pet_app.core import clock, db
from pet_app.core.ids import new_id
from pet_app.core.money import Money
from pet_app.core.security import Identity, Role
from pet_app.licensing import service as licensing
from pet_app.licensing.form import Form, Holder, Vaccination
from pet_app.licensing.models import Document
from pet_app.licensing.rules import Case, Fee, fee
from pet_app.licensing.rules import Species as LicensedSpecies
from pet_app.licensing.service.pricing import RABIES
from pet_app.licensing.towns import town
from pet_app.payment import service as payments
from pet_app.payment.rules import DemoOutcome
from pet_app.pet import service as pets
from pet_app.pet.rules import Measured, More, PetFacts, Sex, Species
from pet_app.user import service as users
from pet_app.user.service import Newcomer

TOWN = "us-ca-san-diego"
KEEPS_FEES = "us-oh-franklin-county"
CHIP = "985112345678903"
HOME = {
    "country": "US",
    "street_address": "12 Harbor Drive",
    "city": "San Diego",
    "country_area": "CA",
    "postal_code": "92101",
}

TODAY = date(2026, 5, 20)
DOG = Case(
    species=LicensedSpecies.DOG, altered=True, handed_in=TODAY, term="1", born=date(2022, 3, 1)
)


def fee_case(**changes: Any) -> Case:
    """A grown, altered dog whose licence is asked for in time, with these changes."""
    return replace(DOG, **changes)


def cents(town_id: str, **changes: Any) -> int:
    """What that costs in a town."""
    found = fee(town(town_id), fee_case(**changes))
    assert isinstance(found, Fee), found
    return found.cents


def make_owner(session: Session, email: str = "olive@example.com") -> Identity:
    """Somebody with an account."""
    # Nobody signs in with it, and hashing a password takes a twentieth of a second.
    user = users.register(session, Newcomer("Olive Owner", email, "no password"))
    return Identity(user_id=user.id, role=Role.USER, name=user.name, email=user.email)


def make_pet(session: Session, owner: Identity, name: str = "Biscuit", **more: Any) -> str:
    """A grown, altered dog of theirs; its id."""
    told = {"sex": Sex.FEMALE, "altered": True, "born": date(2022, 3, 1), "microchip": ""}
    facts = PetFacts(
        name, Species.DOG, "Beagle", Measured(400, 600, 450, 12_000), More(**(told | more))
    )
    return pets.add_pet(session, owner, facts).id


def filled(form: Form, today: date | None = None, **changes: Any) -> Form:
    """A draft's form with everything that a town asks for."""
    day = today or clock.now().date()
    whole = replace(
        form,
        holder=Holder(name="Olive Owner", email="olive@example.com", address=HOME),
        animal=replace(
            form.animal,
            name=form.animal.name or "Biscuit",
            species=form.animal.species or "dog",
            sex="female",
            altered=form.animal.altered or "yes",
            born=form.animal.born or "2022-03-01",
        ),
        vaccination=Vaccination(
            tag="R-1001",
            product="Nobivac 3-Rabies",
            given=(day - timedelta(days=90)).isoformat(),
            years="3",
            until=(day + timedelta(days=900)).isoformat(),
            vet="Dr. Vera Vet",
        ),
        term=form.term or "1",
        signed=True,
    )
    return replace(whole, **changes)


def begun(session: Session, owner: Identity, town_id: str = TOWN, pet_id: str = "") -> str:
    """A draft that could be handed in, its rabies certificate with it; the id."""
    pet_id = pet_id or make_pet(session, owner)
    view = licensing.begin(session, owner, town_id, pet_id)
    form = filled(view.form, licensing.today_in(view.town))
    licensing.save_form(session, owner, view.id, form, view.version)
    put_paper(session, view.id)
    return view.id


def put_paper(
    session: Session, application_id: str, shows: str = RABIES, digest: str = ""
) -> Document:
    """A paper as if it had been drawn; no files behind it."""
    document = Document(
        application_id=application_id,
        shows=shows,
        name="rabies.jpg",
        media_type="image/jpeg",
        digest=digest or new_id(),
        file_key="private/" + "ab" * 32 + ".jpg",
        page_keys=["private/" + "ab" * 32 + ".jpg"],
        created=clock.now(),
    )
    session.add(document)
    session.flush()
    return document


def handed_in(session: Session, owner: Identity, town_id: str = TOWN, pet_id: str = "") -> str:
    """An application that waits for its fee; the id."""
    application_id = begun(session, owner, town_id, pet_id)
    version = licensing.application_of(session, owner, application_id).version
    licensing.hand_in(session, owner, application_id, version)
    return application_id


def in_review(session: Session, owner: Identity, town_id: str = TOWN, pet_id: str = "") -> str:
    """An application that is paid and lies with the town; the id."""
    application_id = handed_in(session, owner, town_id, pet_id)
    pay_fee(session, application_id)
    return application_id


def pay_fee(session: Session, application_id: str, outcome: DemoOutcome = DemoOutcome.PAID) -> None:
    """Play the owner on the payment page; what they paid is here at once."""
    row = licensing.get_application(session, application_id)
    if row.payment_id:
        paid = payments.settle_demo(session, owner_of(row.owner), row.payment_id, outcome)
        if outcome is DemoOutcome.PAID:
            amount = Money(paid.amount_cents, paid.currency)
            licensing.settle(session, application_id, paid.id, amount)


def owner_of(owner: str) -> Identity:
    """Who a row belongs to."""
    return Identity(user_id=owner.partition(":")[2], role=Role.USER)


@cache
def jpeg(width: int = 900, height: int = 1200, words: str = "RABIES CERTIFICATE") -> bytes:
    """A photograph of a certificate, as far as a file knows."""
    picture = Image.new("RGB", (width, height), "#f4f1ea")
    ImageDraw.Draw(picture).text((40, 60), words, fill="black")
    with BytesIO() as file:
        picture.save(file, "JPEG", quality=80)
        return file.getvalue()


@cache
def png() -> bytes:
    """The same as a PNG with transparency."""
    picture = Image.new("RGBA", (600, 800), (0, 0, 0, 0))
    ImageDraw.Draw(picture).text((40, 60), "RABIES CERTIFICATE", fill="black")
    with BytesIO() as file:
        picture.save(file, "PNG")
        return file.getvalue()


def applied_in(owner_email: str = "olive@example.com") -> tuple[Identity, str]:
    """An owner and their draft, committed; for what opens transactions of its own."""
    with db.writing() as session:
        owner = make_owner(session, owner_email)
        pet_id = make_pet(session, owner)
        return owner, licensing.begin(session, owner, TOWN, pet_id).id
