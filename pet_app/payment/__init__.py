"""Money coming in and going back: payments, refunds, disputes. It knows no orders."""
