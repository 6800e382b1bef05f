"""Cells of CSV files, in which a spreadsheet may see a formula to run."""

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a cell for a formula, in their wide forms as well."""


def harmless(cell: object) -> str:
    """A cell as it is written: as text, with a mark before what would be run."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if is_formula(text) else text


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might run it."""
    return text.lstrip(" ").startswith(STARTS) or text.startswith(STARTS)
