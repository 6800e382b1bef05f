"""Licences looked up by number, tag code or name."""

from collections.abc import Sequence
from itertools import chain

from sqlalchemy import or_
from sqlmodel import Session, col, select

from pet_app.core import db
from pet_app.core.security import Identity
from pet_app.licensing import number, searching, tag
from pet_app.licensing.models import Certificate, Licence
from pet_app.licensing.rules.standing import standing
from pet_app.licensing.service.costs import today_in
from pet_app.licensing.service.desk.access import must_serve, towns_of
from pet_app.licensing.service.desk.views import FoundLicence
from pet_app.licensing.towns import town

MOST = 50
LONGEST_TEXT = 200


def look_up(
    session: Session, identity: Identity, text: str, town_id: str = ""
) -> list[FoundLicence]:
    """At most fifty licences of the towns somebody decides for, whose number, tag code, holder or
    pet begins with the words of `text`; the latest for no text. Raises `NotFound`."""
    if town_id:
        served = [must_serve(session, identity, town_id).id]
    else:
        served = [found.id for found in towns_of(session, identity)]
    rows = _rows(session, served, text.strip()[:LONGEST_TEXT])
    drawn = (
        select(Certificate.licence_id, Certificate.serial)
        .where(col(Certificate.licence_id).in_([row.id for row in rows]))
        .where(Certificate.file_key != "")
    )
    ready = set(session.exec(drawn).all()) if rows else set()
    return [_shown(row, (row.id, row.certificate) in ready) for row in rows]


def _rows(session: Session, served: list[str], typed: str) -> Sequence[Licence]:
    theirs = select(Licence).where(col(Licence.town_id).in_(served))
    # Ids sort by the moment they were made.
    newest = col(Licence.id).desc()
    if not typed:
        # Town by town, since each has an index in that order.
        latest = select(Licence).order_by(newest).limit(MOST)
        each = [session.exec(latest.where(Licence.town_id == town_id)) for town_id in served]
        return sorted(chain(*each), key=lambda row: row.id, reverse=True)[:MOST]
    # Asked for apart: with both in one question, a database looks at every licence of the town.
    numbers = {typed.upper(), number.read_number(typed)} - {""}
    code = tag.read_code(typed) or typed.upper()
    is_it = or_(col(Licence.number).in_(numbers), col(Licence.tag_code) == code)
    if exact := session.exec(theirs.where(is_it)).all():
        return exact
    # On SQLite the words are those of these towns already, and naming them again misleads it.
    of_all = select(Licence) if db.is_sqlite() else theirs
    worded = of_all.where(searching.has_words(Licence, typed, served))
    return session.exec(worded.order_by(newest).limit(MOST)).all()


def _shown(row: Licence, has_certificate: bool) -> FoundLicence:
    where = town(row.town_id)
    return FoundLicence(
        id=row.id,
        town_id=row.town_id,
        town_name=where.name,
        number=row.number,
        tag_code=row.tag_code,
        standing=standing(row.state, row.begins, row.ends, today_in(where)).value,
        holder_name=row.holder.get("name", ""),
        pet_name=row.animal.get("name", ""),
        species=row.species,
        altered=row.altered,
        begins=row.begins,
        ends=row.ends,
        source=row.source,
        lost=row.lost,
        has_certificate=has_certificate,
    )
