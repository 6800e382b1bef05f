"""Which choices go together: every refusal says why and names the nearest that is allowed.

Pairs of choices are data (`data/rules.toml`); what is measured and counted has a module by noun.
"""

from pet_app.builder.constraints.check import LAID_OUT_ANYHOW, check, refusal_at
from pet_app.builder.constraints.field import FIELDS, Value, has, value_of, with_choice
from pet_app.builder.constraints.refusal import Refusal
from pet_app.builder.constraints.width import CANNOT, allowed_widths, ways_out

__all__ = [
    "CANNOT",
    "FIELDS",
    "LAID_OUT_ANYHOW",
    "Refusal",
    "Value",
    "allowed_widths",
    "check",
    "has",
    "refusal_at",
    "value_of",
    "ways_out",
    "with_choice",
]
