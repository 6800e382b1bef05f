"""Pet licences: what a town asks, what it costs and why, and who decides."""
