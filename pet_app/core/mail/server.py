"""Which mail server takes our letters, read from one address such as `smtp://user:pass@host`."""

from dataclasses import dataclass, field
from typing import Literal, Self
from urllib.parse import parse_qs, unquote, urlsplit

HERE = ("localhost", "127.0.0.1", "::1")
PORTS = {"tls": 465, "starttls": 587, "none": 25}

Protection = Literal["tls", "starttls", "none"]


@dataclass(frozen=True)
class MailServer:
    """Where to hand letters in. `protection` is TLS from the first byte, by STARTTLS, or none."""

    host: str
    port: int
    protection: Protection
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def from_url(cls, url: str) -> Self:
        """The server an address names. Raises `ValueError` without repeating the address.

        `smtps://` is TLS from the first byte. `smtp://` is STARTTLS, which the server must then
        offer, unless `?tls=none` says that the way there is safe by itself.
        """
        parts = urlsplit(url)
        asked = parse_qs(parts.query).get("tls", ["starttls"])[-1]
        if parts.scheme == "smtps":
            protection: Protection = "tls"
        elif parts.scheme == "smtp" and asked == "starttls":
            protection = "starttls"
        elif parts.scheme == "smtp" and asked == "none":
            protection = "none"
        else:
            raise ValueError("MAIL_URL must be smtps://…, smtp://… or smtp://…?tls=none")
        if not parts.hostname:
            raise ValueError("MAIL_URL must name a host")
        try:
            port = parts.port or PORTS[protection]
        except ValueError:
            raise ValueError("MAIL_URL names a port that is none") from None
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        if user and protection == "none" and parts.hostname not in HERE:
            raise ValueError("MAIL_URL would send its password in the clear")
        return cls(parts.hostname, port, protection, user, password)
