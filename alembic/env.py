"""How Alembic meets the shop: every section's tables, on the shop's own connection."""

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from pet_app.core.engine import UtcDateTime, engines
from pet_app.core.migration import is_described, load_models


def render_item(kind: str, item: object, autogen: AutogenContext) -> str | bool:
    """Write our own column types as the plain ones they are stored as."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


def run(connection: Connection) -> None:
    """Run the migrations asked for on this connection."""
    load_models()
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        render_item=render_item,
        include_name=is_described,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with engines().writer.begin() as opened:
        run(opened)
