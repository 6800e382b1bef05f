"""Pictures of many kinds in one table, which products show them, and designs shared by link."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

SAME = "id, content_key, data, state, stage, storage_key, reason, created, changed"
PAGE = 2
"""The urgency of what an open page waits for."""


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "picture",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("content_key", sa.String(), nullable=False),
        sa.Column("of_key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("fault", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("job_id", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture")),
        sa.UniqueConstraint(
            "content_key", "kind", "version", name=op.f("uq_picture_content_key_kind_version")
        ),
    )
    op.create_index(op.f("ix_picture_of_key"), "picture", ["of_key"])
    op.create_index("ix_picture_standing", "picture", ["state", "version", "changed"])
    op.create_table(
        "shown_product",
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("content_key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("handle", name=op.f("pk_shown_product")),
    )
    op.create_index(op.f("ix_shown_product_content_key"), "shown_product", ["content_key"])
    op.create_table(
        "design_share",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("design_id", sa.String(), nullable=False),
        sa.Column("made_for", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["design_id"], ["design.id"], name=op.f("fk_design_share_design_id_design")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_design_share")),
        sa.UniqueConstraint("design_id", name=op.f("uq_design_share_design_id")),
    )
    with op.batch_alter_table("product") as table:
        table.add_column(sa.Column("views", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("product") as table:
        table.alter_column("views", server_default=None)
    connection = op.get_bind()
    connection.exec_driver_sql(
        f"INSERT INTO picture ({SAME},"  # noqa: S608
        " of_key, kind, version, kept, urgency, fault, event_id, job_id)"
        f" SELECT {SAME}, content_key, 'photo', render_version, false, {PAGE}, '', '', ''"
        " FROM preview"
    )
    op.drop_table("preview")


def downgrade() -> None:
    """Bring the tables back to the revision before."""
    op.create_table(
        "preview",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("content_key", sa.String(), nullable=False),
        sa.Column("render_version", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preview")),
        sa.UniqueConstraint(
            "content_key", "render_version", name=op.f("uq_preview_content_key_render_version")
        ),
    )
    connection = op.get_bind()
    connection.exec_driver_sql(
        f"INSERT INTO preview ({SAME}, render_version) SELECT {SAME}, version FROM picture"  # noqa: S608
        " WHERE kind = 'photo' AND state <> 'cancelled'"
    )
    with op.batch_alter_table("product") as table:
        table.drop_column("views")
    op.drop_table("design_share")
    op.drop_table("shown_product")
    op.drop_table("picture")
