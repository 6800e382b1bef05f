"""The site: the chosen sections' pages, with the API beside them on one address."""

import os

import reflex as rx
from reflex.utils.prerequisites import get_web_dir
from reflex_base import constants

from pet_app import sections
from pet_app.api import make_api
from pet_app.around import around, embeddable
from pet_app.core import db, telemetry
from pet_app.startup import open_shop, prepare
from pet_app.ui import embedding, guard, missing, sift, theme
from pet_app.ui.page import add_pages

telemetry.configure()
# Preparing the shop reads the database; what serves the pages is forked off and connects anew.
os.register_at_fork(before=db.close)

app = rx.App(
    stylesheets=theme.STYLESHEETS,
    head_components=[*embedding.head(embeddable()), *theme.head()],
    html_lang="en",
    toaster=None,
    app_wraps={},
    backend_exception_handler=guard.log_failure,
    api_transformer=[make_api(), *around(get_web_dir() / constants.Dirs.STATIC)],
)
guard.install(app)
sift.install(app)
# However the site is started, a shop that cannot be prepared says so before its pages are built.
prepare()
for module in sections.load("pages"):
    add_pages(app, module.PAGES)
add_pages(app, [missing.PAGE])
app.register_lifespan_task(open_shop)
