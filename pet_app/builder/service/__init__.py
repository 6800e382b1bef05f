"""The builder's verbs, each with the session first."""

from pet_app.builder.library import fonts
from pet_app.builder.service.designs import (
    DesignRecord,
    adopt_designs,
    delete_design,
    get_design,
    list_designs,
    quote_of,
    rename_design,
    save_design,
)
from pet_app.builder.service.drafts import draft_of, drop_draft, keep_draft
from pet_app.builder.service.frozen import FrozenDesign, freeze, priced
from pet_app.builder.service.gear import attach_model, model_key
from pet_app.builder.service.loose import drop_loose
from pet_app.builder.service.previews import (
    NO_PICTURE,
    NOT_MADE_ANY_MORE,
    PreviewRecord,
    attach_preview,
    fail_preview,
    give_up_preview,
    note_stage,
    order_preview,
    ordered_design,
    preview_of,
    previews_of,
    retry_preview,
    want_preview,
)
from pet_app.builder.service.standard import standard_measurements
from pet_app.builder.service.workshop import (
    MOST_PLANNED,
    WORK_PAGE,
    WorkRecord,
    get_work,
    list_work,
)

__all__ = [
    "MOST_PLANNED",
    "NOT_MADE_ANY_MORE",
    "NO_PICTURE",
    "WORK_PAGE",
    "DesignRecord",
    "FrozenDesign",
    "PreviewRecord",
    "WorkRecord",
    "adopt_designs",
    "attach_model",
    "attach_preview",
    "delete_design",
    "draft_of",
    "drop_draft",
    "drop_loose",
    "fail_preview",
    "fonts",
    "freeze",
    "get_design",
    "get_work",
    "give_up_preview",
    "keep_draft",
    "list_designs",
    "list_work",
    "model_key",
    "note_stage",
    "order_preview",
    "ordered_design",
    "preview_of",
    "previews_of",
    "priced",
    "quote_of",
    "rename_design",
    "retry_preview",
    "save_design",
    "standard_measurements",
    "want_preview",
]
