"""Licences looked up by number, tag code or name."""

from sqlmodel import Session

from pet_app.core.security import Identity
from pet_app.licensing.service.desk.views import FoundLicence


def look_up(
    session: Session, identity: Identity, text: str, town_id: str = ""
) -> list[FoundLicence]:
    """At most fifty licences of the towns somebody decides for, whose number, tag code, holder or
    pet begins with the words of `text`; the latest for no text. Raises `NotFound`."""
    raise NotImplementedError
