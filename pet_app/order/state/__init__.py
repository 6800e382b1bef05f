"""What the pages of orders remember."""
