"""Events, their outbox, the queue that works them off, and signals to open pages."""
