"""What open pages of cart and checkout remember."""
