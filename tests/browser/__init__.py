"""The shop as a visitor meets it: built for production, in a real browser."""
