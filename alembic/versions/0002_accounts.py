"""Second factors, letters, tokens, keys and what accounts keep."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    _make_keys()
    _make_user_tables()
    _widen()


def _make_keys() -> None:
    op.create_table(
        "api_token",
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("strong", sa.Boolean(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("handle", name=op.f("uq_api_token_handle")),
    )
    with op.batch_alter_table("api_token") as table:
        table.create_index(table.f("ix_api_token_user_id"), ["user_id"])

    op.create_table(
        "letter",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    with op.batch_alter_table("letter") as table:
        table.create_index(table.f("ix_letter_created"), ["created"])
        table.create_index(table.f("ix_letter_person"), ["person"])

    op.create_table(
        "one_time",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=True),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time")),
    )
    with op.batch_alter_table("one_time") as table:
        table.create_index(table.f("ix_one_time_expires"), ["expires"])
        table.create_index(table.f("ix_one_time_user_id"), ["user_id"])

    op.create_table(
        "person_key",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("wrapped", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_person_key")),
    )
    op.create_table(
        "token_family",
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("strong", sa.Boolean(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("current", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("rotated", sa.DateTime(timezone=True), nullable=True),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token_family")),
    )
    with op.batch_alter_table("token_family") as table:
        table.create_index(table.f("ix_token_family_expires"), ["expires"])
        table.create_index(table.f("ix_token_family_user_id"), ["user_id"])


def _make_user_tables() -> None:
    op.create_table(
        "linked_identity",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("refresh", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("synced", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_linked_identity_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linked_identity")),
        sa.UniqueConstraint(
            "provider", "subject", name=op.f("uq_linked_identity_provider_subject")
        ),
    )
    with op.batch_alter_table("linked_identity") as table:
        table.create_index(table.f("ix_linked_identity_synced"), ["synced"])
        table.create_index(table.f("ix_linked_identity_user_id"), ["user_id"])

    op.create_table(
        "postal_address",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("preferred", sa.Boolean(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_postal_address_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postal_address")),
    )
    with op.batch_alter_table("postal_address") as table:
        table.create_index(table.f("ix_postal_address_user_id"), ["user_id"])

    op.create_table(
        "recovery_code",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("used", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_recovery_code_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    with op.batch_alter_table("recovery_code") as table:
        table.create_index(table.f("ix_recovery_code_user_id"), ["user_id"])

    op.create_table(
        "seen_device",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("network", sa.String(), nullable=False),
        sa.Column("first", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_seen_device_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seen_device")),
        sa.UniqueConstraint(
            "user_id", "device", "network", name=op.f("uq_seen_device_user_id_device_network")
        ),
    )
    with op.batch_alter_table("seen_device") as table:
        table.create_index(table.f("ix_seen_device_user_id"), ["user_id"])

    op.create_table(
        "takeout",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_takeout_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takeout")),
    )
    with op.batch_alter_table("takeout") as table:
        table.create_index(table.f("ix_takeout_expires"), ["expires"])
        table.create_index(table.f("ix_takeout_user_id"), ["user_id"])


def _widen() -> None:
    # A session must say where it began: everybody signs in once more.
    op.execute("DELETE FROM sign_in")
    with op.batch_alter_table("sign_in") as table:
        table.add_column(sa.Column("strong", sa.Boolean(), nullable=False))
        table.add_column(sa.Column("handle", sa.String(), nullable=False))
        table.add_column(sa.Column("device", sa.String(), nullable=False))
        table.add_column(sa.Column("address", sa.String(), nullable=False))
        table.create_unique_constraint(table.f("uq_sign_in_handle"), ["handle"])

    with op.batch_alter_table("user_account") as table:
        table.add_column(
            sa.Column("disabled", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        table.add_column(sa.Column("totp", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("totp_since", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("totp_step", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("preferences", sa.JSON(), nullable=False, server_default="{}"))
        table.add_column(sa.Column("leaving", sa.DateTime(timezone=True), nullable=True))
        table.create_index(table.f("ix_user_account_leaving"), ["leaving"])
    # What was needed for the accounts there already were; new ones say it themselves.
    with op.batch_alter_table("user_account") as table:
        for name in ("disabled", "totp", "totp_step", "preferences"):
            table.alter_column(name, server_default=None)


def downgrade() -> None:
    """Bring the tables back to the revision before."""
    with op.batch_alter_table("user_account") as table:
        table.drop_index(table.f("ix_user_account_leaving"))
        table.drop_column("leaving")
        table.drop_column("preferences")
        table.drop_column("totp_step")
        table.drop_column("totp_since")
        table.drop_column("totp")
        table.drop_column("disabled")

    with op.batch_alter_table("sign_in") as table:
        table.drop_constraint(table.f("uq_sign_in_handle"), type_="unique")
        table.drop_column("address")
        table.drop_column("device")
        table.drop_column("handle")
        table.drop_column("strong")

    with op.batch_alter_table("takeout") as table:
        table.drop_index(table.f("ix_takeout_user_id"))
        table.drop_index(table.f("ix_takeout_expires"))

    op.drop_table("takeout")
    with op.batch_alter_table("seen_device") as table:
        table.drop_index(table.f("ix_seen_device_user_id"))

    op.drop_table("seen_device")
    with op.batch_alter_table("recovery_code") as table:
        table.drop_index(table.f("ix_recovery_code_user_id"))

    op.drop_table("recovery_code")
    with op.batch_alter_table("postal_address") as table:
        table.drop_index(table.f("ix_postal_address_user_id"))

    op.drop_table("postal_address")
    with op.batch_alter_table("linked_identity") as table:
        table.drop_index(table.f("ix_linked_identity_user_id"))
        table.drop_index(table.f("ix_linked_identity_synced"))

    op.drop_table("linked_identity")
    with op.batch_alter_table("token_family") as table:
        table.drop_index(table.f("ix_token_family_user_id"))
        table.drop_index(table.f("ix_token_family_expires"))

    op.drop_table("token_family")
    op.drop_table("person_key")
    with op.batch_alter_table("one_time") as table:
        table.drop_index(table.f("ix_one_time_user_id"))
        table.drop_index(table.f("ix_one_time_expires"))

    op.drop_table("one_time")
    with op.batch_alter_table("letter") as table:
        table.drop_index(table.f("ix_letter_person"))
        table.drop_index(table.f("ix_letter_created"))

    op.drop_table("letter")
    with op.batch_alter_table("api_token") as table:
        table.drop_index(table.f("ix_api_token_user_id"))

    op.drop_table("api_token")
