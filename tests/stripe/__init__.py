"""A stand-in for Stripe: `python -m tests.stripe`, or `Fake` in a test. It moves no money."""
