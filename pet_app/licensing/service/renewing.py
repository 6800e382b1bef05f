"""What an owner asks of a licence they have: renewed, restored, a new tag, another town."""

from dataclasses import replace
from datetime import date

from sqlmodel import Session

from pet_app.core.errors import Conflict, Invalid
from pet_app.core.security import Identity, Permission
from pet_app.licensing import facts
from pet_app.licensing.form import Form, Vaccination
from pet_app.licensing.models import Licence
from pet_app.licensing.rules import Action
from pet_app.licensing.rules.standing import Kind, LicenceState
from pet_app.licensing.service.applying import begin, save_form
from pet_app.licensing.service.costs import today_in
from pet_app.licensing.service.extra_fees import extra_fee
from pet_app.licensing.service.reading import can_bring_booster, standing_offers
from pet_app.licensing.service.rows import own_licence
from pet_app.licensing.service.views import ApplicationView
from pet_app.licensing.towns import town

OFFERED = "You have offered this licence to somebody else. Take that back first."
NO_BOOSTER = "This licence is not cut short by a vaccination, so a newer one changes nothing."
SAME_TOWN = "The licence is of this town already. Choose the town you have moved to."
NO_TAG = "We know of no fee for a new tag here. Ask {issuer} how to get one."
CLOSED = "This licence does not hold any more. Ask the town for a new one."


def renew(session: Session, identity: Identity, licence_id: str) -> ApplicationView:
    """Ask for the next term, filled in with all that was told before: where the vaccination lasts
    and nothing has changed it only has to be signed and paid.

    Asked for twice it is one application. Raises `NotFound`, and `Conflict` too early, for life,
    closed or offered to somebody.
    """
    licence = _free_to_ask(session, identity, licence_id)
    asked = begin(session, identity, licence.town_id, licence.pet_id, Kind.RENEWAL, licence.id)
    return _with_newer_vaccination(session, identity, licence, asked)


def bring_booster(session: Session, identity: Identity, licence_id: str) -> ApplicationView:
    """Show a newer vaccination, which gives a licence back the rest of its term.

    Raises `NotFound`, and `Conflict` where that would change nothing.
    """
    licence = _free_to_ask(session, identity, licence_id)
    if not can_bring_booster(licence, today_in(town(licence.town_id))):
        raise Conflict(NO_BOOSTER)
    asked = begin(session, identity, licence.town_id, licence.pet_id, Kind.BOOSTER, licence.id)
    return _with_newer_vaccination(session, identity, licence, asked)


def replace_tag(session: Session, identity: Identity, licence_id: str) -> ApplicationView:
    """Ask for another tag, as for one that was lost. Raises `NotFound`, and `Conflict` where it
    cannot be had now, or the town has no rule for it that we know of."""
    licence = _free_to_ask(session, identity, licence_id)
    if extra_fee(licence, Action.REPLACEMENT) is None:
        raise Conflict(NO_TAG.format(issuer=town(licence.town_id).issuer))
    return begin(session, identity, licence.town_id, licence.pet_id, Kind.REPLACEMENT, licence.id)


def move_town(
    session: Session, identity: Identity, licence_id: str, town_id: str
) -> ApplicationView:
    """Ask another town for a licence, filled in with what this one says; this one ends when that
    one begins. The new address is for the owner to tell.

    Raises `NotFound`, `Invalid` for the same town, and `Conflict`.
    """
    licence = _free_to_ask(session, identity, licence_id)
    where = town(town_id)
    if where.id == licence.town_id:
        raise Invalid(SAME_TOWN, {"town_id": SAME_TOWN})
    asked = begin(session, identity, where.id, licence.pet_id)
    if asked.form.moved_from == licence.id or "save" not in asked.may:
        return asked
    held = facts.form_from({"holder": licence.holder, "animal": licence.animal})
    country = asked.form.holder.address.get("country", "")
    there = {"country": country} if country else {}
    # What was typed for that town already is not typed over.
    holder = asked.form.holder if _typed(asked.form) else replace(held.holder, address=there)
    told = {name: value for name, value in vars(held.animal).items() if value}
    known = {name: value for name, value in vars(asked.form.animal).items() if value}
    form = replace(
        asked.form,
        holder=holder,
        animal=replace(asked.form.animal, **(told | known)),
        moved_from=licence.id,
    )
    return save_form(session, identity, asked.id, form, asked.version)


def _free_to_ask(session: Session, identity: Identity, licence_id: str) -> Licence:
    identity.must(Permission.ACCOUNT)
    licence = own_licence(session, identity, licence_id)
    if licence.state != LicenceState.ISSUED:
        raise Conflict(CLOSED)
    if standing_offers(session, [licence.id]):
        raise Conflict(OFFERED)
    return licence


def _with_newer_vaccination(
    session: Session, identity: Identity, licence: Licence, asked: ApplicationView
) -> ApplicationView:
    """The same application; what is told of a vaccination that gives no more days is taken out,
    so that the page asks for the next one."""
    until = facts.rabies_until(asked.form)
    if "save" not in asked.may or until is None or _lasts(licence, asked, until):
        return asked
    form = replace(asked.form, vaccination=Vaccination())
    return save_form(session, identity, asked.id, form, asked.version)


def _lasts(licence: Licence, asked: ApplicationView, until: date) -> bool:
    if asked.kind is Kind.BOOSTER:
        return licence.rabies_until is None or until > licence.rabies_until
    if until < today_in(asked.town):
        return False
    return not asked.town.ends_with_rabies or licence.ends is None or until > licence.ends


def _typed(form: Form) -> bool:
    return any(text for name, text in form.holder.address.items() if name != "country")
