"""What can become of a delivery."""

from enum import StrEnum


class InboxState(StrEnum):
    """RECEIVED until it has been worked off; DEAD when trying again was of no use."""

    RECEIVED = "received"
    APPLIED = "applied"
    PASSED_OVER = "passed over"
    DEAD = "dead"
