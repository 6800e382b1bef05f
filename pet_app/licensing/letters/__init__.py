"""What we write to people about applications and licences."""

from pet_app.licensing.letters.applications import (
    delayed,
    failed,
    handed_in,
    more_asked,
    refunded,
    rejected,
    withdrawn,
)
from pet_app.licensing.letters.licences import certificate_ready, closed, found, lost, runs_out
from pet_app.licensing.letters.transfers import ANSWERS, answered, offered, taken_back

__all__ = [
    "ANSWERS",
    "answered",
    "certificate_ready",
    "closed",
    "delayed",
    "failed",
    "found",
    "handed_in",
    "lost",
    "more_asked",
    "offered",
    "refunded",
    "rejected",
    "runs_out",
    "taken_back",
    "withdrawn",
]
