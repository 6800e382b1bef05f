"""What licensing announces."""

from dataclasses import dataclass
from typing import ClassVar

from pet_app.messaging.bus import Event


@dataclass(frozen=True)
class ApplicationHandedIn(Event):
    """An application is complete and paid: it lies with the town now, or does again."""

    name: ClassVar[str] = "licence.handed_in"

    application_id: str


@dataclass(frozen=True)
class PapersDropped(Event):
    """Nobody needs these files any more: private storage keys, which open nothing by themselves."""

    name: ClassVar[str] = "licence.papers_dropped"

    file_keys: tuple[str, ...]


@dataclass(frozen=True)
class MoreAsked(Event):
    """The clerk needs something else from the owner; `step_id` says what."""

    name: ClassVar[str] = "licence.more_asked"

    application_id: str
    step_id: str


@dataclass(frozen=True)
class ApplicationDecided(Event):
    """An application was approved or rejected; `status` says which."""

    name: ClassVar[str] = "licence.decided"

    application_id: str
    status: str


@dataclass(frozen=True)
class ApplicationWithdrawn(Event):
    """The owner does not want it any more."""

    name: ClassVar[str] = "licence.withdrawn"

    application_id: str


@dataclass(frozen=True)
class LicenceIssued(Event):
    """A licence holds in a new way: issued, renewed, restored, with a new tag or a new owner.

    `why` is the kind of application that led to it; certificate `serial` is to be drawn.
    """

    name: ClassVar[str] = "licence.issued"

    licence_id: str
    serial: int
    why: str


@dataclass(frozen=True)
class CertificateReady(Event):
    """The certificate can be fetched."""

    name: ClassVar[str] = "licence.certificate_ready"

    licence_id: str
    serial: int


@dataclass(frozen=True)
class LicenceClosed(Event):
    """A licence does not hold any more: revoked, moved or ended; `state` says which."""

    name: ClassVar[str] = "licence.closed"

    licence_id: str
    state: str


@dataclass(frozen=True)
class LicenceRunsOut(Event):
    """The end of a licence comes near, or has passed."""

    name: ClassVar[str] = "licence.runs_out"

    licence_id: str
    reminder_id: str


@dataclass(frozen=True)
class TransferOffered(Event):
    """An owner offers a licence to somebody else; `sealed` is the token of the letter's link."""

    name: ClassVar[str] = "licence.transfer_offered"

    offer_id: str
    sealed: str


@dataclass(frozen=True)
class TransferAnswered(Event):
    """The other one agreed or declined, or the owner took the offer back; `state` says which."""

    name: ClassVar[str] = "licence.transfer_answered"

    offer_id: str
    state: str


@dataclass(frozen=True)
class PetLost(Event):
    """An owner says that a licensed pet is lost, or back: `lost`."""

    name: ClassVar[str] = "licence.pet_lost"

    licence_id: str
    lost: bool


@dataclass(frozen=True)
class PetFound(Event):
    """Somebody who has found a pet wrote to its owner."""

    name: ClassVar[str] = "licence.pet_found"

    licence_id: str
    message_id: str


@dataclass(frozen=True)
class ImportSent(Event):
    """A clerk sent a file of licences from elsewhere; it is to be looked through."""

    name: ClassVar[str] = "licence.import_sent"

    import_id: str


@dataclass(frozen=True)
class ImportWanted(Event):
    """A clerk wants what is good of a file taken in."""

    name: ClassVar[str] = "licence.import_wanted"

    import_id: str
