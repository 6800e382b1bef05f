"""Licences from elsewhere, as a CSV file brings them: every fault by its line and column."""

from pet_app.licensing.legacy.checking import COLUMNS, Fault, Legacy, Row, town_number
from pet_app.licensing.legacy.reading import MOST_ROWS, Unusable, rows

__all__ = ["COLUMNS", "MOST_ROWS", "Fault", "Legacy", "Row", "Unusable", "rows", "town_number"]
