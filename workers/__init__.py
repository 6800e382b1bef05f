"""One file per worker process."""
