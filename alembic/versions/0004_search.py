"""Search: the words products are found by, and the indexes that forgive a slip of the finger."""

import json
import re
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

SQLITE = (
    (
        "CREATE VIRTUAL TABLE product_words_index USING fts5(title, rest, content='product_words',"
        " content_rowid='number', tokenize='unicode61 remove_diacritics 0')"
    ),
    (
        "CREATE TRIGGER product_words_index_added AFTER INSERT ON product_words BEGIN"
        " INSERT INTO product_words_index(rowid, title, rest)"
        " VALUES (new.number, new.title, new.rest); END"
    ),
    (
        "CREATE TRIGGER product_words_index_dropped AFTER DELETE ON product_words BEGIN"
        " INSERT INTO product_words_index(product_words_index, rowid, title, rest)"
        " VALUES ('delete', old.number, old.title, old.rest); END"
    ),
    (
        "CREATE TRIGGER product_words_index_changed AFTER UPDATE ON product_words BEGIN"
        " INSERT INTO product_words_index(product_words_index, rowid, title, rest)"
        " VALUES ('delete', old.number, old.title, old.rest);"
        " INSERT INTO product_words_index(rowid, title, rest)"
        " VALUES (new.number, new.title, new.rest); END"
    ),
    "CREATE VIRTUAL TABLE search_word_index USING fts5(word, content='', tokenize='trigram')",
    (
        "CREATE TRIGGER search_word_index_added AFTER INSERT ON search_word BEGIN"
        " INSERT INTO search_word_index(rowid, word)"
        " VALUES (new.number, '__' || new.word || '_'); END"
    ),
)
POSTGRES = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    (
        "CREATE INDEX product_words_index ON product_words"
        " USING gin (to_tsvector('simple', title || ' ' || rest))"
    ),
    (
        "CREATE INDEX product_words_title_index ON product_words"
        " USING gin (to_tsvector('simple', title))"
    ),
    "CREATE INDEX search_word_index ON search_word USING gist (word gist_trgm_ops)",
)
OTHER_NAMES = {"leash": "lead", "bandana": "scarf", "martingale": "collar", "tag": "id"}


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "product_words",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("rest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_product_words_product_id")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_product_words")),
        sa.UniqueConstraint("product_id", name=op.f("uq_product_words_product_id")),
    )
    op.create_table(
        "search_word",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_search_word")),
        sa.UniqueConstraint("word", name=op.f("uq_search_word_word")),
    )
    op.create_index(op.f("ix_product_changed"), "product", ["changed"])
    connection = op.get_bind()
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRES:
        connection.exec_driver_sql(statement)
    _words_of_what_is_there(connection)


def downgrade() -> None:
    """Bring the tables back to the revision before."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP TABLE search_word_index")
        connection.exec_driver_sql("DROP TABLE product_words_index")
    op.drop_index(op.f("ix_product_changed"), "product")
    op.drop_table("search_word")
    op.drop_table("product_words")


def _words_of_what_is_there(connection: sa.Connection) -> None:
    products = sa.table("product", *(sa.column(name) for name in ("id", "title", "subtitle")))
    columns = (*products.c, sa.column("kind"), sa.column("design"))
    facets = sa.table("product_facet", *map(sa.column, ("id", "product_id", "facet", "value")))
    words = sa.table("product_words", *map(sa.column, ("product_id", "title", "rest")))
    known: dict[str, str] = {}
    for row in connection.execute(sa.select(*columns).select_from(products)).all():
        design = json.loads(row.design) if isinstance(row.design, str) else row.design
        look = design.get("look") or {}
        said = [row.subtitle, row.kind, OTHER_NAMES.get(row.kind, ""), "dog", *look.values()]
        title, rest = _stems(row.title), _stems(" ".join(map(str, said)))
        known |= title | rest
        values = {"product_id": row.id, "title": " ".join(title), "rest": " ".join(rest)}
        connection.execute(words.insert().values(values))
        for facet in ("material", "colour"):
            if look.get(facet):
                value = {"facet": facet, "value": look[facet], "product_id": row.id}
                connection.execute(facets.insert().values(id=f"{row.id}{facet[0]}", **value))
    spelt = sa.table("search_word", sa.column("word"), sa.column("shown"))
    if known:
        rows = [{"word": word, "shown": shown} for word, shown in sorted(known.items())]
        connection.execute(spelt.insert(), rows)


def _stems(text: str) -> dict[str, str]:
    """Each word without its plural's ending, and the word itself."""
    plural = re.compile(r"(?<=[sx])es$|(?<=[cs]h)es$|(?<=\w\w[^sui])s$")
    return {plural.sub("", word): word for word in re.findall(r"[^\W_]+", text.lower())}
