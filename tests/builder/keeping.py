"""Keeping designs as their owners would, and what the database then holds."""

from sqlmodel import col, func, select

from pet_app.builder import service as builder
from pet_app.builder.design import Design
from pet_app.builder.service import DesignRecord
from pet_app.core import db
from pet_app.core.ids import new_id
from pet_app.core.security import Identity
from pet_app.messaging.models import OutboxRow
from tests.builder.factory import make_design
from tests.pet.factory import OLIVE


def save(
    owner: Identity = OLIVE,
    design: Design | None = None,
    name: str = "",
    request_key: str = "",
    design_id: str = "",
) -> DesignRecord:
    """Keep a design of `make_design`, as its owner would."""
    data = (design or make_design()).to_dict()
    with db.writing() as session:
        return builder.save_design(session, owner, data, name, request_key or new_id(), design_id)


def rows(table: type) -> int:
    """How many rows a table has."""
    with db.reading() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def said(name: str) -> int:
    """How often an event was published."""
    with db.reading() as session:
        wanted = select(func.count()).where(col(OutboxRow.name) == name)
        return session.exec(wanted).one()
