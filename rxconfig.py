"""How Reflex builds and serves the shop."""

import os
import sys
from pathlib import Path

import reflex as rx
from reflex.plugins import Plugin, TailwindV4Plugin

from pet_app.core.settings import settings
from pet_app.one_origin import OneOrigin
from pet_app.ui.general_pages import GeneralPages
from pet_app.ui.paint_first import PaintFirst
from pet_app.ui.theme import TAILWIND

# Node comes as a wheel beside Python; npm is the package manager it brings.
os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
os.environ.setdefault("REFLEX_USE_NPM", "1")
os.environ.setdefault("REFLEX_CHECK_LATEST_VERSION", "false")
# Without this npm writes the address of whatever mirror it used into reflex.lock.
os.environ.setdefault("NPM_CONFIG_OMIT_LOCKFILE_REGISTRY_RESOLVED", "true")

chosen = settings()
plugins: list[Plugin] = [
    TailwindV4Plugin(TAILWIND),
    OneOrigin(),
    GeneralPages("/product", "/shared"),
    PaintFirst(),
]

config = rx.Config(
    app_name="pet_app",
    frontend_port=chosen.port,
    api_url=chosen.site_url,
    deploy_url=chosen.site_url,
    backend_host="127.0.0.1",
    cors_allowed_origins=chosen.origins,
    redis_url=chosen.redis_url,
    telemetry_enabled=False,
    show_built_with_reflex=False,
    frontend_compression_formats=["brotli", "gzip"],
    plugins=plugins,
)
