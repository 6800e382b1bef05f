"""Orders: what was bought, where it stands, where it is going, and what became of it."""
