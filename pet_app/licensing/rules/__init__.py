"""What a licence costs and how long it lasts, worked out from a town's rules and nothing else."""

from pet_app.licensing.rules.case import Action, Case, Proof, Species
from pet_app.licensing.rules.engine import Fee, FeeLine, Refused, fee
from pet_app.licensing.rules.reading import Fault, Unreadable, read
from pet_app.licensing.rules.term import begins_on, end_of_term
from pet_app.licensing.rules.town import Covers, Refund, Rule, Schedule, Stage, Town, When

__all__ = [
    "Action",
    "Case",
    "Covers",
    "Fault",
    "Fee",
    "FeeLine",
    "Proof",
    "Refund",
    "Refused",
    "Rule",
    "Schedule",
    "Species",
    "Stage",
    "Town",
    "Unreadable",
    "When",
    "begins_on",
    "end_of_term",
    "fee",
    "read",
]
