"""What the pages of licensing remember."""
