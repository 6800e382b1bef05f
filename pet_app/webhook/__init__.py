"""What other companies tell us: stored before it is answered, worked off once, kept for replay."""
