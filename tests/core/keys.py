"""Keys of a person for tests: a token family, a personal token."""

from datetime import timedelta
from typing import Any

from pet_app.core import clock, db
from pet_app.core.models import ApiToken, TokenFamily
from pet_app.core.security import Role, fingerprint, new_token


def make_family(user_id: str = "u1", **more: Any) -> str:
    """The id of a family whose refresh token nobody has."""
    now = clock.now()
    row = TokenFamily(
        user_id=user_id,
        role=Role.USER,
        name="Ada",
        email="ada@example.org",
        current=fingerprint(new_token()),
        created=now,
        expires=now + timedelta(days=1),
        **more,
    )
    with db.writing() as session:
        session.add(row)
        session.flush()
        return row.id


def make_token(user_id: str = "u1", scopes: tuple[str, ...] = ()) -> str:
    """The id of a personal token nobody has."""
    row = ApiToken(
        id=fingerprint(new_token()),
        user_id=user_id,
        role=Role.USER,
        name="Ada",
        email="ada@example.org",
        title="a script",
        scopes=list(scopes),
        created=clock.now(),
    )
    with db.writing() as session:
        session.add(row)
        session.flush()
        return row.id
