"""What we promise about orders, and who carries their parcels: `data/*.toml`."""

import re
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pet_app.core.errors import Invalid

DATA = Path(__file__).parent / "data"
TRACKING = re.compile(r"[A-Za-z0-9][A-Za-z0-9 -]{3,38}[A-Za-z0-9]")
NO_CARRIER = "Choose one of our carriers: {names}."
NO_NUMBER = "A tracking number has 5 to 40 letters and digits."


@dataclass(frozen=True)
class Terms:
    """How long something can be sent back, made once more, or waited for."""

    returns: timedelta
    fit: timedelta
    remakes: int
    delay: timedelta
    letter_link: timedelta
    tracking_link: timedelta


@dataclass(frozen=True)
class Carrier:
    """Who carries a parcel. `url` holds `{number}`, or is empty where nothing can be followed."""

    key: str
    name: str
    url: str

    def address(self, tracking_number: str) -> str:
        """Where a parcel of theirs is followed."""
        return self.url.format(number=quote(tracking_number, safe=""))


@cache
def terms() -> Terms:
    """What we promise."""
    told = _read("terms")
    return Terms(
        timedelta(days=told["return_days"]),
        timedelta(days=told["fit_guarantee_days"]),
        told["remakes_of_a_line"],
        timedelta(days=told["delayed_payment_days"]),
        timedelta(days=told["letter_link_days"]),
        timedelta(minutes=told["tracking_link_minutes"]),
    )


@cache
def carriers() -> dict[str, Carrier]:
    """Every carrier by its key."""
    return {key: Carrier(key, said["name"], said["url"]) for key, said in _read("carriers").items()}


def carrier_of(key: str) -> Carrier:
    """The carrier of a parcel, also of one that is on our list no more."""
    return carriers().get(key) or Carrier(key, key, "")


def checked_tracking(carrier: str, number: str) -> tuple[str, str]:
    """A carrier's key and a tracking number without blanks. Raises `Invalid`."""
    if carrier not in carriers():
        raise Invalid(
            NO_CARRIER.format(names=", ".join(carriers())), {"carrier": "We know no such carrier."}
        )
    if not TRACKING.fullmatch(number.strip()):
        raise Invalid(NO_NUMBER, {"tracking_number": NO_NUMBER})
    return carrier, re.sub(r"\s", "", number).upper()


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text())
