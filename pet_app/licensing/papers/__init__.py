"""Papers that owners hand in."""
