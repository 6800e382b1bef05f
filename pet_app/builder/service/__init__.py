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
from pet_app.builder.service.making import (
    NO_PICTURE,
    NOT_MADE_ANY_MORE,
    STORE_AWAY,
    Assignment,
    attach_pictures,
    fail_pictures,
    is_lasting,
    let_go,
    note_stage,
    put_back_pictures,
    show_product,
    take_pictures,
)
from pet_app.builder.service.pictures import (
    PictureRecord,
    await_picture,
    photos_of,
    picture_of,
    pictures_of,
    renew_pictures,
    retry_picture,
    want_picture,
    want_pictures,
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
    "STORE_AWAY",
    "WORK_PAGE",
    "Assignment",
    "DesignRecord",
    "FrozenDesign",
    "PictureRecord",
    "WorkRecord",
    "adopt_designs",
    "attach_model",
    "attach_pictures",
    "await_picture",
    "delete_design",
    "draft_of",
    "drop_draft",
    "drop_loose",
    "fail_pictures",
    "fonts",
    "freeze",
    "get_design",
    "get_work",
    "is_lasting",
    "keep_draft",
    "let_go",
    "list_designs",
    "list_work",
    "model_key",
    "note_stage",
    "photos_of",
    "picture_of",
    "pictures_of",
    "priced",
    "put_back_pictures",
    "quote_of",
    "rename_design",
    "renew_pictures",
    "retry_picture",
    "save_design",
    "show_product",
    "standard_measurements",
    "take_pictures",
    "want_picture",
    "want_pictures",
]
