"""From the cart to the order: prices, codes, gift cards, shipping, tax."""
