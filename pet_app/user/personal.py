"""What is held about a person's account: who they are, what opens it, where they use it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy.orm import Mapped
from sqlmodel import Session, SQLModel, col, delete, select

from pet_app.core import vault
from pet_app.core.models import ApiToken, PersonKey, SignIn, TokenFamily
from pet_app.core.personal import Holding, Person, Shown, register, told
from pet_app.user.attempts import forget_person
from pet_app.user.models import (
    LinkedIdentity,
    OneTime,
    PostalAddress,
    RecoveryCode,
    SeenDevice,
    Takeout,
    User,
)

COPIED = {"role", "name", "email", "demo"}
"""Columns that only repeat the account beside each of its keys."""

TABLES: dict[str, tuple[type[SQLModel], Mapped[Any], set[str]]] = {
    "addresses": (PostalAddress, col(PostalAddress.user_id), set()),
    "sign-ins": (SignIn, col(SignIn.user_id), {"id", *COPIED}),
    "programs": (TokenFamily, col(TokenFamily.user_id), {"current", "previous", *COPIED}),
    "tokens": (ApiToken, col(ApiToken.user_id), {"id", *COPIED}),
    "known-devices": (SeenDevice, col(SeenDevice.user_id), set()),
    "linked-accounts": (LinkedIdentity, col(LinkedIdentity.user_id), set()),
    "recovery-codes": (RecoveryCode, col(RecoveryCode.user_id), {"id"}),
    "open-links": (OneTime, col(OneTime.user_id), {"id"}),
    "copies": (Takeout, col(Takeout.user_id), {"storage_key"}),
}
"""Every list there is about an account: its table, whose a row is, and what nobody is shown."""


def show(session: Session, person: Person) -> Shown:
    """The account and every list about it; no secret that would open it."""
    user = session.get(User, person.id)
    account = [told(user, "totp_step")] if user else []
    return Shown(
        {"account": account}
        | {
            name: [
                told(row, "user_id", *hidden)
                for row in session.exec(select(table).where(whose == person.id))
            ]
            for name, (table, whose, hidden) in TABLES.items()
        }
    )


def erase(session: Session, person: Person) -> Collection[str]:
    """The account last, since what hangs on it points to it; and the key of whatever was sealed."""
    copies = select(Takeout.storage_key).where(Takeout.user_id == person.id)
    files = [key for key in session.exec(copies).all() if key]
    for table, whose, _ in TABLES.values():
        session.exec(delete(table).where(whose == person.id))
    if person.email:
        forget_person(session, person.email)
    vault.destroy_key(session, person.id)
    session.exec(delete(User).where(col(User.id) == person.id))
    return files


register(
    Holding(
        "account",
        (User, PersonKey, *(table for table, _, _ in TABLES.values())),
        show,
        erase,
        files=(col(Takeout.storage_key),),
    )
)
