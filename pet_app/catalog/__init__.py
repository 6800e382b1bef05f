"""What the shop offers: products, their pictures and prices."""
