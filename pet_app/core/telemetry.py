"""Logs: one JSON line per happening, easy to read in development, never with a secret in it."""

import logging
import sys
import traceback
from typing import Any

import structlog
from structlog.typing import EventDict, FilteringBoundLogger, Processor

from pet_app.core.scrubbing import scrubbed, scrubbed_value
from pet_app.core.settings import settings

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
    logging.setLogRecordFactory(_scrubbed_record)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings().log_level)


def hide_secrets(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Hide every value whose name or shape says that it is a secret, or somebody's address."""
    return {
        name: value if name.startswith("_") else scrubbed_value(name, value)
        for name, value in event.items()
    }


def _scrubbed_record(*args: Any, **kwargs: Any) -> logging.LogRecord:
    """A record of any library whose text is scrubbed before any handler sees it.

    Not every handler is ours: Reflex writes its lines, headers and all, through one of its own.
    """
    record = logging.LogRecord(*args, **kwargs)
    # Our own lines come as a dictionary, scrubbed by `hide_secrets`.
    if not isinstance(record.msg, dict):
        text = _said(record)
        if record.exc_info and record.exc_info[0]:
            text += "\n" + "".join(traceback.format_exception(*record.exc_info)).rstrip()
        record.msg, record.args, record.exc_info = scrubbed(text), (), None
    return record


def _said(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):
        # Somebody's line has more or fewer arguments than places; logging must not fail for it.
        return f"{record.msg} {record.args}"


def _renderer() -> Processor:
    if settings().env == "development":
        # Rich tracebacks print every local: slow, and full of what no log should hold.
        return structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    return structlog.processors.JSONRenderer()
