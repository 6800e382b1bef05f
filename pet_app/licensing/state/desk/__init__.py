"""What the pages of the clerks' desk remember."""
