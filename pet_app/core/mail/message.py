"""A letter as an e-mail: headers, a text part and an HTML part, the same at every try."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from pet_app.core.mail import render
from pet_app.core.mail.letter import Button, Letter, one_line
from pet_app.core.mail.mailbox import Mailbox, named

MESSAGE_ID_LENGTH = 32


@dataclass(frozen=True)
class Envelope:
    """What is handed to the server: from whom, to whom, and the message as it is sent."""

    sender: Mailbox
    to: Mailbox
    content: bytes

    @property
    def international(self) -> bool:
        """Whether the server has to know SMTPUTF8."""
        return self.sender.international or self.to.international


def compose(letter: Letter, *, sender: str, to: Mailbox, key: str, date: datetime) -> Envelope:
    """The letter ready to be sent. `key` and `date` stay the same however often it is tried.

    `sender` is `Name <address>`. Raises `NoAddress` when it is not.
    """
    name, mailbox = named(sender)
    message = EmailMessage(policy=policy.SMTPUTF8)
    message["From"] = Address(one_line(name), mailbox.local, mailbox.domain)
    message["To"] = Address("", to.local, to.domain)
    message["Subject"] = letter.headline
    message["Date"] = format_datetime(date)
    message["Message-ID"] = message_id(key, mailbox.domain)
    # Holiday notes and their like need not answer a program.
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if letter.unsubscribe:
        message["List-Unsubscribe"] = f"<{Button('', letter.unsubscribe).address}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    # Quoted-printable survives every server, whatever the length of a line or the script.
    message.set_content(render.text(letter), cte="quoted-printable")
    message.add_alternative(render.html(letter), subtype="html", cte="quoted-printable")
    # Named after the content, for a boundary by chance would make each try another message.
    message.set_boundary(f"=_{_digest(key + letter.headline)}")
    international = mailbox.international or to.international
    wire = policy.SMTPUTF8 if international else policy.SMTP
    return Envelope(mailbox, to, message.as_bytes(policy=wire))


def message_id(key: str, domain: str) -> str:
    """The Message-ID of the letter with this key."""
    return f"<{_digest(key)}@{domain}>"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:MESSAGE_ID_LENGTH]
