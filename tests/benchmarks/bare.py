"""What our writing routes are measured beside: a bare FastAPI route that writes one row."""

from pathlib import Path
from typing import Any

from fastapi import FastAPI
from sqlalchemy import Engine, event
from sqlmodel import Field, Session, SQLModel, create_engine

from pet_app.core.ids import new_id

PATH = "/notes"
VERSUS = "a bare FastAPI route that writes one row"


class BenchNote(SQLModel, table=True):
    """What the bare route writes."""

    id: str = Field(primary_key=True)
    text: str


def bare(folder: Path) -> FastAPI:
    """Takes `{"text": …}` at `PATH` and keeps it in a database of its own in this folder."""
    engine = create_engine(f"sqlite:///{folder / 'bare.db'}")
    _lasting(engine)
    SQLModel.metadata.tables["benchnote"].create(engine)
    app = FastAPI()

    @app.post(PATH)
    def write_note(note: dict[str, str]) -> dict[str, bool]:
        with Session(engine) as session:
            session.add(BenchNote(id=new_id(), text=note["text"]))
            session.commit()
        return {"new": True}

    return app


def _lasting(engine: Engine) -> None:
    """What is answered has reached the disk, as with us."""

    @event.listens_for(engine, "connect")
    def _set(connection: Any, _record: object) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
            connection.execute(f"PRAGMA {pragma}")
