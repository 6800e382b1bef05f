"""Logs: one JSON line per happening, easy to read in development, never with a secret in it."""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog
from structlog.typing import EventDict, FilteringBoundLogger, Processor

from pet_app.core.settings import settings

SECRET_NAMES = ("password", "secret", "token", "cookie", "authorization", "api_key")
SECRET_IN_TEXT = re.compile(r"(?i)\b((?:access_|refresh_)?token|password|secret|code)=[^&\s\"']+")
SECRET_HEADERS = re.compile(r"(?i)(['\"]?(?:set-)?cookie['\"]?|authorization)(['\"]?\s*[:=,]).*")
HIDDEN = "[hidden]"

log: FilteringBoundLogger = structlog.get_logger("pet_app")


def configure() -> None:
    """Send every log line of this process, ours and the libraries', through one formatter."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        hide_secrets,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelName(settings().log_level)
        ),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer()],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings().log_level)


def hide_secrets(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Hide every value whose name or shape says that it is a secret."""
    return {name: _hidden(name, value) for name, value in event.items()}


def _hidden(name: str, value: object) -> Any:
    if any(secret in name.lower() for secret in SECRET_NAMES):
        return HIDDEN
    if isinstance(value, str):
        return SECRET_HEADERS.sub(rf"\1\2 {HIDDEN}", SECRET_IN_TEXT.sub(rf"\1={HIDDEN}", value))
    if isinstance(value, MutableMapping | Mapping):
        return {str(key): _hidden(str(key), inner) for key, inner in value.items()}
    return value


def _renderer() -> Processor:
    if settings().env == "development":
        # Rich tracebacks print every local: slow, and full of what no log should hold.
        return structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    return structlog.processors.JSONRenderer()
