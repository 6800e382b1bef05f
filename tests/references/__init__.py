"""References: what our pictures should look like, worked out by a path tracer at leisure."""
