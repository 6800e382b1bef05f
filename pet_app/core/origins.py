"""Addresses of other sites that settings name: each an origin, written as a browser writes it."""

from urllib.parse import urlsplit

LOCAL = ("localhost", "127.0.0.1", "::1")


def origins_in(listed: str, setting: str) -> tuple[str, ...]:
    """The origins of a list with commas between. Raises `ValueError` for what is none.

    An origin is `https://` and a host, with a port where it is not the usual one; `http://` is for
    this machine alone, since on the way from anywhere else somebody could put in pages of theirs.
    """
    named = [name.strip().rstrip("/") for name in listed.split(",") if name.strip()]
    return tuple(_checked(name, setting) for name in named)


def _checked(name: str, setting: str) -> str:
    parts = urlsplit(name)
    plain = f"{parts.scheme}://{parts.netloc}"
    known = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL)
    strange = set(parts.netloc) & set("@*;,'\"\\ ") or not name.isascii()
    try:
        usable = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not (known and usable and plain == name == name.lower()) or strange:
        raise ValueError(
            f"{setting} lists addresses like https://licences.example, not {name[:80]}"
        )
    return name
