"""What the desk offers to the rest of the section, and to its doors."""

from pet_app.licensing.reasons import Template, templates
from pet_app.licensing.service.desk.access import (
    appoint_clerk,
    clerks_of,
    dismiss_clerk,
    may_serve,
    must_serve,
    towns_of,
)
from pet_app.licensing.service.desk.claiming import assign, case_of, claim, release_claim
from pet_app.licensing.service.desk.counter import price_at_counter, sell_at_counter
from pet_app.licensing.service.desk.deciding import approve, ask_more, audit, reject
from pet_app.licensing.service.desk.exporting import export_csv
from pet_app.licensing.service.desk.figures import figures
from pet_app.licensing.service.desk.importing import (
    MOST_IMPORT_BYTES,
    import_columns,
    import_dry_run,
    import_of,
    import_take_in,
    list_imports,
)
from pet_app.licensing.service.desk.looking_up import look_up
from pet_app.licensing.service.desk.notes import add_note
from pet_app.licensing.service.desk.policy import change_policy, policy_of
from pet_app.licensing.service.desk.queue import queue
from pet_app.licensing.service.desk.reports import (
    Compliance,
    Difference,
    Figures,
    ImportFault,
    ImportView,
    Licensed,
    Month,
    RuleChange,
    RuleShown,
    Share,
    Simulation,
)
from pet_app.licensing.service.desk.simulating import simulate
from pet_app.licensing.service.desk.views import (
    Companion,
    CounterSale,
    DeskCase,
    DeskDocument,
    DeskStep,
    FoundLicence,
    Policy,
    QueueAsked,
    QueueItem,
    QueuePage,
    Sold,
)

__all__ = [
    "MOST_IMPORT_BYTES",
    "Companion",
    "Compliance",
    "CounterSale",
    "DeskCase",
    "DeskDocument",
    "DeskStep",
    "Difference",
    "Figures",
    "FoundLicence",
    "ImportFault",
    "ImportView",
    "Licensed",
    "Month",
    "Policy",
    "QueueAsked",
    "QueueItem",
    "QueuePage",
    "RuleChange",
    "RuleShown",
    "Share",
    "Simulation",
    "Sold",
    "Template",
    "add_note",
    "appoint_clerk",
    "approve",
    "ask_more",
    "assign",
    "audit",
    "case_of",
    "change_policy",
    "claim",
    "clerks_of",
    "dismiss_clerk",
    "export_csv",
    "figures",
    "import_columns",
    "import_dry_run",
    "import_of",
    "import_take_in",
    "list_imports",
    "look_up",
    "may_serve",
    "must_serve",
    "policy_of",
    "price_at_counter",
    "queue",
    "reject",
    "release_claim",
    "sell_at_counter",
    "simulate",
    "templates",
    "towns_of",
]
