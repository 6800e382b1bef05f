"""What comes back from drawing a paper."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Drawn:
    """A paper as we drew it: a JPEG of each page, and a PDF of them where a PDF came; else
    `paper` is empty, and the picture is the paper."""

    media_type: str
    pages: tuple[bytes, ...] = field(repr=False)
    paper: bytes = field(default=b"", repr=False)
