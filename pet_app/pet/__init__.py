"""Pets and their measurements: the record that feeds everything else."""
