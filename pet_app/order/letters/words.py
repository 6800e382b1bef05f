"""Words that letters about orders have in common."""

ANSWER = "Questions? Answer this letter, and somebody of the shop reads it."
