"""All Pet Plus: one shop for a pet's whole life."""
