"""The route under which stored files are public: addressed by content, so cached for ever."""

from mimetypes import guess_type
from typing import Annotated

from fastapi import APIRouter, Header, Response

from pet_app.core import storage
from pet_app.core.security import ANYBODY

TYPES = {".glb": "model/gltf-binary", ".webp": "image/webp"}
FOR_EVER = "public, max-age=31536000, immutable"

router = APIRouter(tags=["media"], dependencies=[ANYBODY])


@router.api_route("/media/{key:path}", methods=["GET", "HEAD"], include_in_schema=False)
def media(key: str, if_none_match: Annotated[str, Header()] = "") -> Response:
    """The file stored under `key`."""
    tag = f'"{key}"'
    headers = {"Cache-Control": FOR_EVER, "ETag": tag}
    if if_none_match == tag and storage.exists(key):
        return Response(status_code=304, headers=headers)
    return Response(storage.get(key), headers=headers, media_type=media_type(key))


def media_type(key: str) -> str:
    """The content type a key's suffix stands for."""
    suffix = key[key.rfind(".") :]
    return TYPES.get(suffix) or guess_type(key)[0] or "application/octet-stream"
