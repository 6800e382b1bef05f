"""People: accounts, sign-in and sign-out."""
