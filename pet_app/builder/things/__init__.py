"""Simple things the shop sells beside its gear: bowls, toys, brushes, beds, turned and swept."""
