"""One e-mail address, taken apart and made safe to put into a header or a command."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Self

import idna

LONGEST_ADDRESS = 254
NOT_IN_ADDRESSES = frozenset(' \t\r\n,;:<>()[]"\\')
NOT_ONE = "This is not the address of one person."
NAMED = re.compile(r"(?P<name>[^<>@\x00-\x1f]*)<(?P<address>[^<>]+)>|(?P<bare>[^<>]+)")


class NoAddress(ValueError):
    """This cannot be the address of one person."""


@dataclass(frozen=True)
class Mailbox:
    """One address as it goes over the wire: the part before the @ as it is, the domain in ASCII."""

    local: str
    domain: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """The mailbox `text` names and nothing beside it. Raises `NoAddress`."""
        local, _, domain = unicodedata.normalize("NFC", text).rpartition("@")
        hostile = not NOT_IN_ADDRESSES.isdisjoint(local + domain) or not text.isprintable()
        dotted = local.startswith(".") or local.endswith(".") or ".." in local or "@" in local
        if not local or hostile or dotted or len(text) > LONGEST_ADDRESS:
            raise NoAddress(NOT_ONE)
        try:
            return cls(local, idna.encode(domain, uts46=True).decode())
        except (idna.IDNAError, UnicodeError):
            raise NoAddress(NOT_ONE) from None

    @property
    def international(self) -> bool:
        """Whether only a server that knows SMTPUTF8 can be told this address."""
        return not self.local.isascii()

    def __str__(self) -> str:
        return f"{self.local}@{self.domain}"


def named(text: str) -> tuple[str, Mailbox]:
    """What `Name <address>`, or an address alone, says. Raises `NoAddress`."""
    found = NAMED.fullmatch(text.strip())
    if found is None:
        raise NoAddress(NOT_ONE)
    return (found["name"] or "").strip(' "'), Mailbox.parse(found["address"] or found["bare"])
