"""Licences: applications, documents, certificates, clerks; and more told of a pet."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

SEARCHED = ("licence", "licence_application")
EACH_NEW, EACH_OLD = (
    f"""json_each('[' || replace(json_quote({row}.search), ' ', '","') || ']')"""
    for row in ("new", "old")
)


def _put(name: str) -> str:
    return (
        f"INSERT OR IGNORE INTO {name}_word(town_id, word, id)"  # noqa: S608
        f" SELECT new.town_id, value, new.id FROM {EACH_NEW} WHERE value <> '';"
    )


def _drop(name: str) -> str:
    return (
        f"DELETE FROM {name}_word WHERE town_id = old.town_id AND id = old.id"  # noqa: S608
        f" AND word IN (SELECT value FROM {EACH_OLD});"
    )


def _sqlite(name: str) -> tuple[str, ...]:
    return (
        (
            f"CREATE TABLE {name}_word (town_id TEXT NOT NULL, word TEXT NOT NULL,"
            " id TEXT NOT NULL, PRIMARY KEY (town_id, word, id)) WITHOUT ROWID"
        ),
        f"CREATE TRIGGER {name}_word_added AFTER INSERT ON {name} BEGIN {_put(name)} END",
        f"CREATE TRIGGER {name}_word_dropped AFTER DELETE ON {name} BEGIN {_drop(name)} END",
        (
            f"CREATE TRIGGER {name}_word_changed AFTER UPDATE OF search, town_id ON {name}"
            " WHEN old.search <> new.search OR old.town_id <> new.town_id"
            f" BEGIN {_drop(name)} {_put(name)} END"
        ),
    )


def _postgres(name: str) -> tuple[str, ...]:
    return (f"CREATE INDEX {name}_search ON {name} USING gin (to_tsvector('simple', search))",)


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "licence",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("pet_id", sa.String(), nullable=False),
        sa.Column("town_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("tag_code", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("holder", sa.JSON(), nullable=False),
        sa.Column("animal", sa.JSON(), nullable=False),
        sa.Column("search", sa.String(), nullable=False),
        sa.Column("species", sa.String(), nullable=False),
        sa.Column("altered", sa.Boolean(), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("term_ends", sa.Date(), nullable=True),
        sa.Column("rabies_until", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("certificate", sa.Integer(), nullable=False),
        sa.Column("lost", sa.Boolean(), nullable=False),
        sa.Column("lost_words", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence")),
        sa.UniqueConstraint("number", name=op.f("uq_licence_number")),
        sa.UniqueConstraint("tag_code", name=op.f("uq_licence_tag_code")),
    )
    op.create_index(
        "ix_licence_counted",
        "licence",
        ["town_id", "state", "species", "altered", "begins", "ends"],
    )
    op.create_index("ix_licence_ends", "licence", ["ends"])
    op.create_index(op.f("ix_licence_owner"), "licence", ["owner"])
    op.create_index(op.f("ix_licence_pet_id"), "licence", ["pet_id"])
    op.create_index("ix_licence_town", "licence", ["town_id", "id"])
    op.create_index("ix_licence_town_ends", "licence", ["town_id", "ends"])

    op.create_table(
        "licence_application",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("town_id", sa.String(), nullable=False),
        sa.Column("pet_id", sa.String(), nullable=False),
        sa.Column("licence_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("open_key", sa.String(), nullable=True),
        sa.Column("form", sa.JSON(), nullable=False),
        sa.Column("case", sa.JSON(), nullable=False),
        sa.Column("receipt", sa.JSON(), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("fee_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("handed_in", sa.Date(), nullable=True),
        sa.Column("submitted", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid", sa.DateTime(timezone=True), nullable=True),
        sa.Column("payment_id", sa.String(), nullable=False),
        sa.Column("assigned_to", sa.String(), nullable=False),
        sa.Column("locked_by", sa.String(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("audit", sa.String(), nullable=False),
        sa.Column("search", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence_application")),
        sa.UniqueConstraint("open_key", name=op.f("uq_licence_application_open_key")),
    )
    op.create_index(
        op.f("ix_licence_application_assigned_to"), "licence_application", ["assigned_to"]
    )
    op.create_index("ix_licence_application_town", "licence_application", ["town_id", "id"])
    op.create_index("ix_licence_application_audit", "licence_application", ["town_id", "audit"])
    op.create_index("ix_licence_application_decided", "licence_application", ["town_id", "decided"])
    op.create_index(
        op.f("ix_licence_application_licence_id"), "licence_application", ["licence_id"]
    )
    op.create_index(op.f("ix_licence_application_owner"), "licence_application", ["owner"])
    op.create_index(
        op.f("ix_licence_application_payment_id"), "licence_application", ["payment_id"]
    )
    op.create_index(op.f("ix_licence_application_pet_id"), "licence_application", ["pet_id"])
    op.create_index(
        "ix_licence_application_queue",
        "licence_application",
        ["town_id", "status", "waiting_since"],
    )

    op.create_table(
        "licence_clerkship",
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("town_id", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "town_id", name=op.f("pk_licence_clerkship")),
    )
    op.create_table(
        "licence_import",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("town_id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("file_key", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("good", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence_import")),
    )
    op.create_index(op.f("ix_licence_import_town_id"), "licence_import", ["town_id"])

    op.create_table(
        "licence_key",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("public", sa.String(), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence_key")),
    )
    op.create_table(
        "licence_policy",
        sa.Column("town_id", sa.String(), nullable=False),
        sa.Column("automatic", sa.JSON(), nullable=False),
        sa.Column("audit_percent", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("town_id", name=op.f("pk_licence_policy")),
    )
    op.create_table(
        "licence_step",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("application_id", sa.String(), nullable=False),
        sa.Column("licence_id", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("internal", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence_step")),
    )
    op.create_index(op.f("ix_licence_step_application_id"), "licence_step", ["application_id"])
    op.create_index(op.f("ix_licence_step_licence_id"), "licence_step", ["licence_id"])

    op.create_table(
        "licence_certificate",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("licence_id", sa.String(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.String(), nullable=True),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("file_key", sa.String(), nullable=False),
        sa.Column("issued", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["licence_id"], ["licence.id"], name=op.f("fk_licence_certificate_licence_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence_certificate")),
        sa.UniqueConstraint("application_id", name=op.f("uq_licence_certificate_application_id")),
        sa.UniqueConstraint(
            "licence_id", "serial", name=op.f("uq_licence_certificate_licence_id_serial")
        ),
    )
    op.create_index(
        op.f("ix_licence_certificate_licence_id"), "licence_certificate", ["licence_id"]
    )

    op.create_table(
        "licence_document",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("application_id", sa.String(), nullable=False),
        sa.Column("shows", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("file_key", sa.String(), nullable=False),
        sa.Column("page_keys", sa.JSON(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["licence_application.id"],
            name=op.f("fk_licence_document_application_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence_document")),
        sa.UniqueConstraint(
            "application_id",
            "digest",
            "shows",
            name=op.f("uq_licence_document_application_id_digest_shows"),
        ),
    )
    op.create_index(
        op.f("ix_licence_document_application_id"), "licence_document", ["application_id"]
    )
    op.create_index(op.f("ix_licence_document_digest"), "licence_document", ["digest"])

    op.create_table(
        "licence_found",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("licence_id", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["licence_id"], ["licence.id"], name=op.f("fk_licence_found_licence_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence_found")),
    )
    op.create_index(op.f("ix_licence_found_created"), "licence_found", ["created"])
    op.create_index(op.f("ix_licence_found_licence_id"), "licence_found", ["licence_id"])

    op.create_table(
        "licence_reminder",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("licence_id", sa.String(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["licence_id"], ["licence.id"], name=op.f("fk_licence_reminder_licence_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence_reminder")),
        sa.UniqueConstraint(
            "licence_id", "ends", "stage", name=op.f("uq_licence_reminder_licence_id_ends_stage")
        ),
    )
    op.create_index(op.f("ix_licence_reminder_created"), "licence_reminder", ["created"])

    op.create_table(
        "licence_transfer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("licence_id", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("open_key", sa.String(), nullable=True),
        sa.Column("application_id", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["licence_id"], ["licence.id"], name=op.f("fk_licence_transfer_licence_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence_transfer")),
        sa.UniqueConstraint("open_key", name=op.f("uq_licence_transfer_open_key")),
        sa.UniqueConstraint("token", name=op.f("uq_licence_transfer_token")),
    )
    op.create_index(op.f("ix_licence_transfer_email"), "licence_transfer", ["email"])
    op.create_index(op.f("ix_licence_transfer_licence_id"), "licence_transfer", ["licence_id"])
    op.create_index(op.f("ix_licence_transfer_owner"), "licence_transfer", ["owner"])

    made = _sqlite if op.get_bind().dialect.name == "sqlite" else _postgres
    for name in SEARCHED:
        for statement in made(name):
            op.execute(sa.text(statement.replace(":", "\\:")))

    op.add_column("pet", sa.Column("sex", sa.String(), nullable=False, server_default=""))
    op.add_column("pet", sa.Column("altered", sa.Boolean(), nullable=True))
    op.add_column("pet", sa.Column("born", sa.Date(), nullable=True))
    op.add_column("pet", sa.Column("colours", sa.String(), nullable=False, server_default=""))
    op.add_column("pet", sa.Column("microchip", sa.String(), nullable=False, server_default=""))
    op.add_column("pet", sa.Column("archived", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Bring the tables back to the revision before."""
    if op.get_bind().dialect.name == "sqlite":
        for name in SEARCHED:
            op.drop_table(f"{name}_word")
    for column in ("archived", "microchip", "colours", "born", "altered", "sex"):
        with op.batch_alter_table("pet") as table:
            table.drop_column(column)
    for name in (
        *("transfer", "reminder", "found", "document", "certificate", "step"),
        *("policy", "key", "import", "clerkship", "application"),
    ):
        op.drop_table(f"licence_{name}")
    op.drop_table("licence")
