"""The only caller of SMTP: one connection, one letter, and what the answer means for it."""

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

from pet_app.core.mail.message import Envelope
from pet_app.core.mail.server import MailServer
from pet_app.core.settings import settings

TIMEOUT_S = 20
"""How long one answer of the server may take."""

PERMANENT = range(500, 600)
OUR_FAULT = frozenset({530, 534, 535, 538})
"""Refusals that speak of who we are, not of this letter: once somebody mends that, it goes."""


class Refused(Exception):
    """This letter will never be taken."""


class Down(Exception):
    """The letter was not taken this time."""


def deliver(server: MailServer, envelope: Envelope, taken: Callable[[], object]) -> None:
    """Hand the letter over. `taken` is called the moment the server answers for it. Blocks.

    Raises `Refused` when trying again is no use and `Down` otherwise; the first line of either is
    ours, what follows are words of the server.
    """
    try:
        smtp = _connect(server)
        try:
            _hand_over(smtp, server, envelope)
            taken()
            # Once the letter is taken, a clumsy farewell must not make it be sent again.
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()
        finally:
            smtp.close()
    except smtplib.SMTPNotSupportedError as error:
        raise Down(f"The mail server does not offer what we need.\n{error}") from error
    except smtplib.SMTPAuthenticationError as error:
        raise Down(f"The mail server refuses our name and password.\n{_said(error)}") from error
    except smtplib.SMTPResponseException as error:
        raise Down(f"The mail server is not ready for us.\n{_said(error)}") from error
    except ssl.SSLError as error:
        raise Down(f"The mail server cannot prove that it is the right one.\n{error}") from error
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise Down(f"The mail server does not answer.\n{error}") from error


def _connect(server: MailServer) -> smtplib.SMTP:
    ours = urlsplit(settings().site_url).hostname or "localhost"
    if server.protection == "tls":
        return smtplib.SMTP_SSL(
            server.host, server.port, ours, timeout=TIMEOUT_S, context=_verified()
        )
    return smtplib.SMTP(server.host, server.port, ours, timeout=TIMEOUT_S)


def _verified() -> ssl.SSLContext:
    """Certificates and names are checked; `SSL_CERT_FILE` names authorities of one's own."""
    return ssl.create_default_context()


def _hand_over(smtp: smtplib.SMTP, server: MailServer, envelope: Envelope) -> None:
    if server.protection == "starttls":
        smtp.starttls(context=_verified())
    smtp.ehlo_or_helo_if_needed()
    if server.user:
        smtp.login(server.user, server.password)
    options = ["SMTPUTF8", "BODY=8BITMIME"] if envelope.international else []
    if envelope.international and not smtp.has_extn("smtputf8"):
        raise Refused("The mail server cannot write to an address in this script.")
    # Without a word on the sender the recipient is not asked for: that fault is ours to mend.
    _expect(smtp.mail(str(envelope.sender), options), "The mail server refuses our address.")
    code, said = smtp.rcpt(str(envelope.to))
    _judge(code, said, "The mail server refuses this recipient.")
    code, said = smtp.data(envelope.content)
    _judge(code, said, "The mail server refuses this letter.")


def _expect(answer: tuple[int, bytes], otherwise: str) -> None:
    code, said = answer
    if code not in range(200, 300):
        raise Down(f"{otherwise}\n{_words(code, said)}")


def _judge(code: int, said: bytes, refusal: str) -> None:
    if code in PERMANENT and code not in OUR_FAULT:
        raise Refused(f"{refusal}\n{_words(code, said)}")
    _expect((code, said), "The mail server asks us to come back later.")


def _said(error: smtplib.SMTPResponseException) -> str:
    said = error.smtp_error
    return _words(error.smtp_code, said if isinstance(said, bytes) else said.encode())


def _words(code: int, said: bytes) -> str:
    return f"{code} {said.decode('utf-8', 'replace')}"
