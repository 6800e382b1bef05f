"""Building blocks of a page, from buttons to empty states."""
