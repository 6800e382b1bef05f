"""Applications with their documents and steps, licences with their certificates, clerks."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from pet_app.core.db import UtcDateTime
from pet_app.core.ids import new_id
from pet_app.core.migration import beside
from pet_app.core.money import Money
from pet_app.licensing.rules.standing import LicenceState, Status
from pet_app.licensing.searching import attach

SEARCHED = (beside("licence_application_word"), beside("licence_word"))
"""On SQLite: the words that applications and licences are found by, kept by triggers of theirs."""


class Application(SQLModel, table=True):
    """Something asked of a town about one pet: a licence, its renewal, a tag, a new owner.

    `form` is what the owner told, in the shape of `form.Form`; `case` and `receipt` are the
    engine's case and the lines of its fee, frozen when it was handed in. `handed_in` is the day in
    the town on which everything was there: what it waits afterwards makes nothing late.
    `open_key` is town, pet and kind while nothing is decided, so that there is one at a time.
    `waiting_since` is when it last came to lie with the clerks, None while it does not.
    `audit` is empty, `wanted`, `passed` or `failed`, for what no clerk looked at.
    """

    __tablename__ = "licence_application"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        Index("ix_licence_application_queue", "town_id", "status", "waiting_since"),
        Index("ix_licence_application_decided", "town_id", "decided"),
        Index("ix_licence_application_audit", "town_id", "audit"),
        Index("ix_licence_application_town", "town_id", "id"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    owner: str = Field(index=True)
    town_id: str
    pet_id: str = Field(index=True)
    licence_id: str = Field(default="", index=True)
    kind: str
    source: str = "online"
    status: str = Field(default=Status.DRAFT.value)
    open_key: str | None = Field(default=None, unique=True)
    form: dict[str, Any] = Field(default_factory=dict, sa_type=JSON, repr=False)
    case: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    receipt: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    term: str = ""
    fee_cents: int = 0
    currency: str = ""
    handed_in: date | None = None
    submitted: datetime | None = Field(default=None, sa_type=UtcDateTime)
    waiting_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    paid: datetime | None = Field(default=None, sa_type=UtcDateTime)
    payment_id: str = Field(default="", index=True)
    assigned_to: str = Field(default="", index=True)
    locked_by: str = ""
    locked_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by: str = ""
    reason: str = ""
    words: str = ""
    automatic: bool = False
    audit: str = ""
    search: str = Field(default="", repr=False)
    version: int = 1
    created: datetime = Field(sa_type=UtcDateTime)
    changed: datetime = Field(sa_type=UtcDateTime)

    @property
    def fee(self) -> Money:
        return Money(self.fee_cents, self.currency)


class Document(SQLModel, table=True):
    """A paper that was handed in with an application, as we drew it afresh.

    `shows` is `rabies` or a `rules.Proof`; `file_key` and `page_keys` are private storage keys of
    the paper and of a picture of each page; `digest` is the SHA-256 of what was sent.
    """

    __tablename__ = "licence_document"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("application_id", "digest", "shows"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    application_id: str = Field(foreign_key="licence_application.id", index=True)
    shows: str
    name: str = Field(default="", repr=False)
    media_type: str
    digest: str = Field(index=True)
    file_key: str = Field(repr=False)
    page_keys: list[str] = Field(default_factory=list, sa_type=JSON, repr=False)
    created: datetime = Field(sa_type=UtcDateTime)


class Licence(SQLModel, table=True):
    """A pet's licence in a town: one number for its whole life, renewed term by term.

    `holder` and `animal` are as in `form.Form`. `ends` is the earlier of `term_ends` and, where
    the town says so, `rabies_until`; None for the animal's life. `certificate` is the serial of
    the one that counts. `source` is `online`, `counter` or `legacy`.
    """

    __tablename__ = "licence"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        Index("ix_licence_town_ends", "town_id", "ends"),
        Index("ix_licence_town", "town_id", "id"),
        # All that is counted of a town stands in the index.
        Index("ix_licence_counted", "town_id", "state", "species", "altered", "begins", "ends"),
        Index("ix_licence_ends", "ends"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    owner: str = Field(index=True)
    pet_id: str = Field(default="", index=True)
    town_id: str
    number: str = Field(unique=True)
    tag_code: str = Field(unique=True)
    state: str = Field(default=LicenceState.ISSUED.value)
    source: str = "online"
    holder: dict[str, Any] = Field(default_factory=dict, sa_type=JSON, repr=False)
    animal: dict[str, Any] = Field(default_factory=dict, sa_type=JSON, repr=False)
    search: str = Field(default="", repr=False)
    species: str
    altered: bool
    term: str
    begins: date
    term_ends: date | None = None
    rabies_until: date | None = None
    ends: date | None = None
    certificate: int = 0
    lost: bool = False
    lost_words: str = Field(default="", repr=False)
    reason: str = ""
    created: datetime = Field(sa_type=UtcDateTime)
    changed: datetime = Field(sa_type=UtcDateTime)


class Certificate(SQLModel, table=True):
    """One certificate of a licence: `text` is what its QR code says, signed with key `key_id`.

    Each application leads to one at most. `file_key` is empty until the paper is drawn.
    """

    __tablename__ = "licence_certificate"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("licence_id", "serial"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    licence_id: str = Field(foreign_key="licence.id", index=True)
    serial: int
    application_id: str | None = Field(default=None, unique=True)
    key_id: str
    text: str
    file_key: str = Field(default="", repr=False)
    issued: datetime = Field(sa_type=UtcDateTime)


class SigningKey(SQLModel, table=True):
    """An Ed25519 key for certificates. `public` is base64; `sealed` is the private half, which
    only this shop reads, and empty once it signs no more."""

    __tablename__ = "licence_key"  # pyright: ignore[reportAssignmentType]

    id: str = Field(primary_key=True)
    public: str
    sealed: str = Field(default="", repr=False)
    created: datetime = Field(sa_type=UtcDateTime)
    retired: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Step(SQLModel, table=True):
    """One thing that happened to an application or a licence; rows are only ever added.

    `by` is `owner`, `town`, `payment` or `clerk:` and an id. `internal` steps are the clerks' own.
    `facts` is what changed, from and to, without anything personal.
    """

    __tablename__ = "licence_step"  # pyright: ignore[reportAssignmentType]

    id: str = Field(default_factory=new_id, primary_key=True)
    application_id: str = Field(default="", index=True)
    licence_id: str = Field(default="", index=True)
    what: str
    words: str = Field(default="", repr=False)
    by: str
    internal: bool = False
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    created: datetime = Field(sa_type=UtcDateTime)


class Reminder(SQLModel, table=True):
    """That an owner was reminded of one end of a licence at one stage: each once."""

    __tablename__ = "licence_reminder"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("licence_id", "ends", "stage"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    licence_id: str = Field(foreign_key="licence.id")
    ends: date
    stage: str
    created: datetime = Field(sa_type=UtcDateTime, index=True)


class TransferOffer(SQLModel, table=True):
    """An owner's offer to hand a licence over; it holds once the other has agreed and paid.

    `token` is the SHA-256 of what the letter to the other one holds. `open_key` is the licence's
    id while the offer stands, so that there is one at a time.
    """

    __tablename__ = "licence_transfer"  # pyright: ignore[reportAssignmentType]

    id: str = Field(default_factory=new_id, primary_key=True)
    licence_id: str = Field(foreign_key="licence.id", index=True)
    owner: str = Field(index=True)
    email: str = Field(index=True, repr=False)
    token: str = Field(unique=True, repr=False)
    state: str = "offered"
    open_key: str | None = Field(default=None, unique=True)
    application_id: str = ""
    created: datetime = Field(sa_type=UtcDateTime)
    expires: datetime = Field(sa_type=UtcDateTime)


class FoundMessage(SQLModel, table=True):
    """What a finder wrote to the owner through a tag's page; gone when it has been sent on."""

    __tablename__ = "licence_found"  # pyright: ignore[reportAssignmentType]

    id: str = Field(default_factory=new_id, primary_key=True)
    licence_id: str = Field(foreign_key="licence.id", index=True)
    words: str = Field(repr=False)
    contact: str = Field(default="", repr=False)
    created: datetime = Field(sa_type=UtcDateTime, index=True)


class Clerkship(SQLModel, table=True):
    """That somebody decides for a town."""

    __tablename__ = "licence_clerkship"  # pyright: ignore[reportAssignmentType]

    user_id: str = Field(primary_key=True)
    town_id: str = Field(primary_key=True)
    created: datetime = Field(sa_type=UtcDateTime)


class DeskPolicy(SQLModel, table=True):
    """What a town lets its desk approve by itself: `automatic` is a list of kinds, `audit_percent`
    how many of these a clerk looks at afterwards."""

    __tablename__ = "licence_policy"  # pyright: ignore[reportAssignmentType]

    town_id: str = Field(primary_key=True)
    automatic: list[str] = Field(default_factory=list, sa_type=JSON)
    audit_percent: int = 10
    changed_by: str = ""
    changed: datetime = Field(sa_type=UtcDateTime)


class ImportRun(SQLModel, table=True):
    """One file of licences from elsewhere: looked through first, taken in afterwards.

    `file_key` is the private storage key of what was sent; `faults` the first of what is wrong
    with it, as `[line, column, sentence]`. `done` counts the lines of data worked through, `taken`
    the licences that came of them.
    """

    __tablename__ = "licence_import"  # pyright: ignore[reportAssignmentType]

    id: str = Field(default_factory=new_id, primary_key=True)
    town_id: str = Field(index=True)
    digest: str
    file_key: str = Field(repr=False)
    by: str
    state: str = "looking"
    rows: int = 0
    good: int = 0
    done: int = 0
    taken: int = 0
    faults: list[list[Any]] = Field(default_factory=list, sa_type=JSON)
    created: datetime = Field(sa_type=UtcDateTime)
    changed: datetime = Field(sa_type=UtcDateTime)


for _searched in (Licence, Application):
    attach(SQLModel.metadata.tables[str(_searched.__tablename__)])
