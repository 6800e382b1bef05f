"""The verbs of licensing."""

from pet_app.licensing.reasons import Template, templates
from pet_app.licensing.service.applying import (
    application_of,
    begin,
    list_applications,
    save_form,
    withdraw,
)
from pet_app.licensing.service.attending import Attention, attention_of
from pet_app.licensing.service.certificates import (
    Card,
    attach,
    card_of,
    certificate_file,
    desk_certificate,
    paper_of,
)
from pet_app.licensing.service.closing import close, held_licence
from pet_app.licensing.service.costs import (
    Priced,
    proofs_that_count,
    today_in,
    what_it_costs,
)
from pet_app.licensing.service.desk.access import (
    appoint_clerk,
    clerks_of,
    dismiss_clerk,
    towns_of,
)
from pet_app.licensing.service.desk.claiming import (
    assign,
    case_of,
    claim,
    desk_topic,
    release_claim,
)
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
    import_topic,
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
    Shelf,
    Sold,
)
from pet_app.licensing.service.documents import add_document, document_page, drop_document
from pet_app.licensing.service.finding import Found, find_place, unknown_places
from pet_app.licensing.service.granting import (
    fresh_number,
    fresh_tag,
    grant,
    search_text,
    sign_again,
)
from pet_app.licensing.service.handing_in import HandedIn, answer, arrive, hand_in, pay
from pet_app.licensing.service.history import topic
from pet_app.licensing.service.keys import list_keys, revoke_key, rotate_key
from pet_app.licensing.service.losing import end_licence, set_lost
from pet_app.licensing.service.paying import (
    give_back,
    note_delay,
    note_failure,
    note_mismatch,
    note_refund,
    note_trouble,
    settle,
)
from pet_app.licensing.service.pricing import RABIES
from pet_app.licensing.service.reading import (
    Act,
    LicenceView,
    OfferView,
    OpenApplication,
    licence_of,
    licences_of,
)
from pet_app.licensing.service.reminding import remind_some, reminder_due
from pet_app.licensing.service.renewing import bring_booster, move_town, renew, replace_tag
from pet_app.licensing.service.revoking import restore, revoke
from pet_app.licensing.service.rows import get_application
from pet_app.licensing.service.tags import TagView, tag_page, write_to_owner
from pet_app.licensing.service.telling import (
    about_application,
    about_licence,
    about_offer,
    forget_found,
    found_message,
    step_words,
    why_issued,
)
from pet_app.licensing.service.transfer.answering import (
    OfferShown,
    accept_transfer,
    bring_pet_along,
    decline_transfer,
    follow_application,
    forget_former_papers,
    transfer_offer,
)
from pet_app.licensing.service.transfer.offering import (
    FOR_OFFERS,
    end_expired_offers,
    forget_old_offers,
    offer_transfer,
    take_back_offer,
)
from pet_app.licensing.service.verifying import LicenceShown, Outcome, Verified, verify
from pet_app.licensing.service.views import ApplicationView, DocumentView, StepView
from pet_app.licensing.towns import Town, town, towns

__all__ = [
    "FOR_OFFERS",
    "MOST_IMPORT_BYTES",
    "RABIES",
    "Act",
    "ApplicationView",
    "Attention",
    "Card",
    "Companion",
    "Compliance",
    "CounterSale",
    "DeskCase",
    "DeskDocument",
    "DeskStep",
    "Difference",
    "DocumentView",
    "Figures",
    "Found",
    "FoundLicence",
    "HandedIn",
    "ImportFault",
    "ImportView",
    "LicenceShown",
    "LicenceView",
    "Licensed",
    "Month",
    "OfferShown",
    "OfferView",
    "OpenApplication",
    "Outcome",
    "Policy",
    "Priced",
    "QueueAsked",
    "QueueItem",
    "QueuePage",
    "RuleChange",
    "RuleShown",
    "Share",
    "Shelf",
    "Simulation",
    "Sold",
    "StepView",
    "TagView",
    "Template",
    "Town",
    "Verified",
    "about_application",
    "about_licence",
    "about_offer",
    "accept_transfer",
    "add_document",
    "add_note",
    "answer",
    "application_of",
    "appoint_clerk",
    "approve",
    "arrive",
    "ask_more",
    "assign",
    "attach",
    "attention_of",
    "audit",
    "begin",
    "bring_booster",
    "bring_pet_along",
    "card_of",
    "case_of",
    "certificate_file",
    "change_policy",
    "claim",
    "clerks_of",
    "close",
    "decline_transfer",
    "desk_certificate",
    "desk_topic",
    "dismiss_clerk",
    "document_page",
    "drop_document",
    "end_expired_offers",
    "end_licence",
    "export_csv",
    "figures",
    "find_place",
    "follow_application",
    "forget_former_papers",
    "forget_found",
    "forget_old_offers",
    "found_message",
    "fresh_number",
    "fresh_tag",
    "get_application",
    "give_back",
    "grant",
    "hand_in",
    "held_licence",
    "import_columns",
    "import_dry_run",
    "import_of",
    "import_take_in",
    "import_topic",
    "licence_of",
    "licences_of",
    "list_applications",
    "list_imports",
    "list_keys",
    "look_up",
    "move_town",
    "note_delay",
    "note_failure",
    "note_mismatch",
    "note_refund",
    "note_trouble",
    "offer_transfer",
    "paper_of",
    "pay",
    "policy_of",
    "price_at_counter",
    "proofs_that_count",
    "queue",
    "reject",
    "release_claim",
    "remind_some",
    "reminder_due",
    "renew",
    "replace_tag",
    "restore",
    "revoke",
    "revoke_key",
    "rotate_key",
    "save_form",
    "search_text",
    "sell_at_counter",
    "set_lost",
    "settle",
    "sign_again",
    "simulate",
    "step_words",
    "tag_page",
    "take_back_offer",
    "templates",
    "today_in",
    "topic",
    "town",
    "towns",
    "towns_of",
    "transfer_offer",
    "unknown_places",
    "verify",
    "what_it_costs",
    "why_issued",
    "withdraw",
    "write_to_owner",
]
