"""Proofs that what is drawn is what is cut and what fits, measured on exported files."""
