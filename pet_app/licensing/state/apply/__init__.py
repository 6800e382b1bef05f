"""What the pages of an application remember while it is filled in."""
