"""Rows of applications, found and locked: only for who they belong to."""

from dataclasses import asdict
from typing import Any

from sqlmodel import Session, col, select

from pet_app.core import clock, db
from pet_app.core.errors import Conflict, NotFound
from pet_app.core.ids import is_id, new_id
from pet_app.core.security import Identity, Permission
from pet_app.licensing.form import Form
from pet_app.licensing.models import Application, Document, Licence
from pet_app.licensing.rules.search_words import search_words
from pet_app.licensing.rules.standing import Kind, LicenceState

NO_APPLICATION = "There is no such application, or it is somebody else's."
NO_LICENCE = "There is no such licence, or it is somebody else's."
CHANGED = "This application has changed meanwhile. Have another look, then try again."


def locked(session: Session, application_id: str) -> Application:
    """An application, held until the transaction ends. Raises `NotFound`."""
    found = select(Application).where(col(Application.id) == application_id).with_for_update()
    row = session.exec(found.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise NotFound(NO_APPLICATION)
    return row


def get_application(session: Session, application_id: str) -> Application:
    """An application, whoever asks. Raises `NotFound`."""
    row = session.get(Application, application_id)
    if row is None:
        raise NotFound(NO_APPLICATION)
    return row


def own(session: Session, identity: Identity, application_id: str) -> Application:
    """One of their applications. Raises `NotSignedIn`, and `NotFound`, also for another's."""
    identity.must(Permission.ACCOUNT)
    row = session.get(Application, application_id) if is_id(application_id) else None
    if row is None or row.owner not in identity.owners:
        raise NotFound(NO_APPLICATION)
    return row


def own_locked(
    session: Session, identity: Identity, application_id: str, version: int | None = None
) -> Application:
    """One of theirs, held until the transaction ends. Raises `NotFound`, and `Conflict` where it
    is not the `version` they looked at."""
    row = locked(session, own(session, identity, application_id).id)
    if version is not None and row.version != version:
        raise Conflict(CHANGED)
    return row


def own_licence(session: Session, identity: Identity, licence_id: str) -> Licence:
    """One of their licences. Raises `NotFound`, also for somebody else's."""
    row = session.get(Licence, licence_id) if is_id(licence_id) else None
    if row is None or row.owner not in identity.owners:
        raise NotFound(NO_LICENCE)
    return row


def documents_of(session: Session, application_id: str) -> list[Document]:
    """The papers of an application, the first first."""
    found = select(Document).where(Document.application_id == application_id)
    return list(session.exec(found.order_by(col(Document.id))))


def holding_licence(session: Session, town_id: str, pet_id: str) -> Licence | None:
    """The licence of a pet in a town that nobody has closed, run out or not."""
    found = select(Licence).where(
        Licence.town_id == town_id,
        Licence.pet_id == pet_id,
        Licence.state == LicenceState.ISSUED.value,
    )
    return session.exec(found.order_by(col(Licence.created).desc()).limit(1)).first()


def open_application(
    session: Session,
    *,
    owner: str,
    town_id: str,
    pet_id: str,
    kind: Kind,
    form: Form,
    licence_id: str = "",
    source: str = "online",
) -> Application:
    """A new draft, or the one that is open already for this pet, town and kind; then nothing of it
    is changed. Whoever calls has seen to it that `owner` may ask for this."""
    draft_id, now = new_id(), clock.now()
    # A pet nobody has measured has no name to count it by; handing in looks at what it is called.
    key = open_key(town_id, licence_id or pet_id or draft_id, kind)
    draft = Application(
        id=draft_id,
        owner=owner,
        town_id=town_id,
        pet_id=pet_id,
        licence_id=licence_id,
        kind=kind.value,
        source=source,
        open_key=key,
        form=stored(form),
        search=searched(form),
        created=now,
        changed=now,
    )
    # Two clicks at once are one application: the key lets the first in.
    made = db.insert(Application).values(draft.model_dump()).on_conflict_do_nothing()
    session.connection().execute(made)
    return session.exec(select(Application).where(Application.open_key == key)).one()


def open_key(town_id: str, of: str, kind: Kind) -> str:
    """What there is one open application of: a town, a licence (a pet, for a new one), a kind."""
    return f"{town_id}:{of}:{kind.value}"


def stored(form: Form) -> dict[str, Any]:
    """A form as `Application.form` holds it."""
    return asdict(form)


def searched(form: Form) -> str:
    """What a clerk finds an application by."""
    chip, tag = form.animal.microchip, form.vaccination.tag
    return search_words(form.holder.name, form.animal.name, chip, tag)
