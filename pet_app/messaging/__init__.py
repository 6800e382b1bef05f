"""Events, the outbox they are written to, the queue that works them off, and signals to open pages."""
