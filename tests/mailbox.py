"""A real SMTP server as a process of its own: `python -m tests.mailbox` with a JSON of options.

What it takes it appends to a file, one JSON object a line, before it says so. Which answer it gives
is in a file beside it, so that a test can change its mind while the server runs.
"""

import asyncio
import base64
import json
import os
import ssl
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pet_app.core.settings import ROOT
from tests import servers

PATIENCE_S = 20.0
USER, PASSWORD = "shop", "p@ss:word/"


@dataclass(frozen=True)
class Taken:
    """One letter the server answers for."""

    sender: str
    to: list[str]
    message: EmailMessage
    raw: bytes

    def part(self, kind: str) -> str:
        """The text (`plain`) or the HTML (`html`)."""
        found = self.message.get_body((kind,))
        assert isinstance(found, EmailMessage)
        return found.get_content()

    @classmethod
    def read(cls, line: str) -> Self:
        """From a line of the server's file."""
        said = json.loads(line)
        raw = base64.b64decode(said["raw"])
        message = message_from_bytes(raw, _class=EmailMessage, policy=policy.default)
        return cls(said["from"], said["to"], message, raw)


class Mailbox:
    """The server as tests use it; `start` and `kill` may follow each other at will."""

    def __init__(self, folder: Path, **options: Any) -> None:
        self.folder = folder
        self.port = servers.free_port()
        self.options = {"folder": str(folder), "port": self.port, **options}
        self.process: subprocess.Popen[bytes] | None = None
        self.answer("")

    @property
    def address(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.port}"

    def start(self) -> Self:
        """Start the server, if need be again, and wait until it listens."""
        self.kill()
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.mailbox", json.dumps(self.options)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == b"listening\n"
        return self

    def empty(self) -> None:
        """Forget every letter and take what comes, started if need be."""
        (self.folder / "letters").unlink(missing_ok=True)
        self.answer("")
        if self.process is None or self.process.poll() is not None:
            self.start()

    def kill(self) -> None:
        """End the server at once."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None

    def answer(self, step: str, said: str = "") -> None:
        """From now on answer `said` at `step` (`rcpt`, `data`); with no step, take everything."""
        (self.folder / "answers.new").write_text(json.dumps({step: said}))
        # Renamed, so that the server never reads half of it.
        (self.folder / "answers.new").rename(self.folder / "answers")

    def letters(self) -> list[Taken]:
        """What was taken so far, in order."""
        found = self.folder / "letters"
        lines = found.read_text().splitlines() if found.exists() else []
        return [Taken.read(line) for line in lines]

    def number(self) -> int:
        """How many letters were taken so far."""
        found = self.folder / "letters"
        return found.read_bytes().count(b"\n") if found.exists() else 0

    def wait_for(self, number: int) -> list[Taken]:
        """The letters, once there are so many."""
        deadline = time.monotonic() + PATIENCE_S
        while len(found := self.letters()) < number:
            assert time.monotonic() < deadline, f"{len(found)} letters"
            time.sleep(0.02)
        return found


class Handler:
    """Takes letters, or answers as it is told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_RCPT(  # noqa: N802
        self, _server: object, _session: object, envelope: Any, address: str, options: list[str]
    ) -> str:
        if said := self._told("rcpt"):
            return said
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, _server: object, _session: object, envelope: Any
    ) -> str:
        if said := self._told("data"):
            return said
        letter = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "raw": base64.b64encode(envelope.original_content).decode(),
        }
        with (self.folder / "letters").open("a") as file:
            file.write(json.dumps(letter) + "\n")
        if self._told("after data"):
            # Taken, but the shop never hears of it.
            os._exit(1)
        return "250 OK"

    def _told(self, step: str) -> str:
        return json.loads((self.folder / "answers").read_text()).get(step, "")


def certificate(folder: Path, name: str = "127.0.0.1") -> Path:
    """A certificate of our own for a loopback address, with its key, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mailbox")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(name))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    path.write_bytes(
        signed.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


def _known(_server: object, _session: object, _envelope: object, how: str, data: Any) -> AuthResult:
    assert isinstance(data, LoginPassword)
    known = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=known, handled=False)


async def serve(
    folder: str, port: int, *, tls: str = "", pem: str = "", auth: bool = False, utf8: bool = True
) -> None:
    """Serve until killed. `tls` is empty, `starttls` or `tls`; `pem` the certificate for it."""
    context = None
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)

    def connection() -> SMTP:
        return SMTP(
            Handler(Path(folder)),
            hostname="mailbox.test",
            enable_SMTPUTF8=utf8,
            tls_context=context if tls == "starttls" else None,
            require_starttls=tls == "starttls",
            authenticator=_known,
            auth_required=auth,
            auth_require_tls=tls == "starttls",
        )

    loop = asyncio.get_running_loop()
    listening = await loop.create_server(
        connection, "127.0.0.1", port, ssl=context if tls == "tls" else None
    )
    print("listening", flush=True)
    await listening.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(**json.loads(sys.argv[1])))
