"""The files that the live 3D view loads."""

import gzip
from collections.abc import Callable
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Header, Response

from pet_app.builder import service as builder
from pet_app.builder import tiles
from pet_app.core import storage
from pet_app.core.http import ReadSession
from pet_app.core.media import FOR_EVER
from pet_app.core.security import ANYBODY

router = APIRouter()

FOR_A_DAY = "public, max-age=86400"

PACKED = 64
"""Models kept packed: what is on the benches of a busy hour, some 120 kB each."""

Known = Annotated[str, Header(alias="if-none-match")]
Takes = Annotated[str, Header(alias="accept-encoding")]


@router.get("/models/{geometry_key}.glb", response_class=Response, dependencies=[ANYBODY])
def model(
    geometry_key: str, session: ReadSession, known: Known = "", takes: Takes = ""
) -> Response:
    """The 3D model of a geometry, as GLB; every look is put on in the browser.

    To who takes gzip it comes packed, in two fifths of the bytes.
    """
    key = builder.model_key(session, geometry_key)
    always = {"Vary": "Accept-Encoding"}
    if "gzip" not in takes:
        return _file(key, known, FOR_EVER, lambda: storage.get(key), "model/gltf-binary", always)
    answer = _file(
        f"{key}-gzip", known, FOR_EVER, lambda: _packed(key)[0], "model/gltf-binary", always
    )
    if answer.body:
        answer.headers["Content-Encoding"] = "gzip"
        # three.js measures its progress in unpacked bytes
        answer.headers["X-File-Size"] = str(_packed(key)[1])
    return answer


@router.get("/animals/{worn_key}.glb", response_class=Response, dependencies=[ANYBODY])
def model_on_animal(
    worn_key: str, session: ReadSession, known: Known = "", takes: Takes = ""
) -> Response:
    """The 3D model of a geometry on the animal it is made for, as GLB."""
    return model(worn_key, session, known, takes)


@router.get("/tiles/{name}.png", response_class=Response, dependencies=[ANYBODY])
def tile(name: str, known: Known = "") -> Response:
    """A seamless tile of a pattern or a surface."""
    picture = tiles.png(name)
    tag = storage.key_of(picture, ".png")
    return _file(tag, known, FOR_A_DAY, lambda: picture, "image/png", {})


@lru_cache(maxsize=PACKED)
def _packed(key: str) -> tuple[bytes, int]:
    """A stored file packed, and its size before that."""
    data = storage.get(key)
    return gzip.compress(data, mtime=0), len(data)


def _file(
    tag: str,
    known: str,
    lasts: str,
    read: Callable[[], bytes],
    media_type: str,
    more: dict[str, str],
) -> Response:
    headers = {"Cache-Control": lasts, "ETag": f'"{tag}"', **more}
    if known == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(read(), headers=headers, media_type=media_type)
