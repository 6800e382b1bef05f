"""The indexes search stands on, in each database's own words.

They belong to ordinary tables and follow them within the same transaction: on SQLite by triggers,
on Postgres by themselves. SQLite's are tables of their own, which no model describes.
"""

from sqlalchemy import DDL, Table, event

from pet_app.core.migration import beside

WORDS_INDEX, TITLE_INDEX, SPELLING_INDEX = (
    beside("product_words_index"),
    beside("product_words_title_index"),
    beside("search_word_index"),
)

SQLITE = {
    "product_words": (
        (
            "CREATE VIRTUAL TABLE product_words_index USING fts5(title, rest,"
            " content='product_words',"
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
    ),
    # Words are only ever added, so their index needs no copy of them.
    "search_word": (
        "CREATE VIRTUAL TABLE search_word_index USING fts5(word, content='', tokenize='trigram')",
        (
            "CREATE TRIGGER search_word_index_added AFTER INSERT ON search_word BEGIN"
            " INSERT INTO search_word_index(rowid, word)"
            " VALUES (new.number, '__' || new.word || '_'); END"
        ),
    ),
}
POSTGRES = {
    "product_words": (
        (
            "CREATE INDEX product_words_index ON product_words"
            " USING gin (to_tsvector('simple', title || ' ' || rest))"
        ),
        (
            "CREATE INDEX product_words_title_index ON product_words"
            " USING gin (to_tsvector('simple', title))"
        ),
    ),
    "search_word": (
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        "CREATE INDEX search_word_index ON search_word USING gist (word gist_trgm_ops)",
    ),
}


def attach(table: Table) -> None:
    """Have the indexes of a table made whenever the table is made from its model."""
    for dialect, statements in (("sqlite", SQLITE), ("postgresql", POSTGRES)):
        for statement in statements[table.name]:
            # SQLAlchemy would take a lone percent sign for a placeholder.
            made = DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)
            event.listen(table, "after_create", made)
