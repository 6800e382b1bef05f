"""What a town asks for a new tag, or another owner, of a licence it has issued."""

from pet_app.core.errors import Invalid
from pet_app.core.money import Money
from pet_app.licensing.models import Licence
from pet_app.licensing.rules import Action, Case, Species
from pet_app.licensing.service.costs import today_in, what_it_costs
from pet_app.licensing.towns import town


def extra_fee(licence: Licence, action: Action) -> Money | None:
    """The fee today; None where the town has no rule for that we know of: then it is not done
    here, and nobody is asked for what no rule explains."""
    where = town(licence.town_id)
    case = Case(
        species=Species(licence.species),
        altered=licence.altered,
        handed_in=today_in(where),
        term=licence.term,
        action=action,
        online=True,
    )
    try:
        return what_it_costs(where, case).total
    except Invalid:
        return None
