"""Speaks with OpenID providers; nothing else of ours does. Every call is slow and may fail."""
