"""What the workshop gets: the pack to sew a piece from, and the plan for cutting many."""
