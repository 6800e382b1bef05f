"""What the builder's pages remember."""
