"""Cases on the desk of a started shop: `python -m tests.browser.desk_cases 22`, told as JSON.

A town of its own, so that no other test finds them; two clerks, each signed in already.
"""

import json
import sys
from datetime import timedelta
from io import BytesIO

from PIL import Image, ImageDraw
from sqlmodel import col, select

from pet_app.core import clock, db, security, storage
from pet_app.core.security import Role
from pet_app.licensing import service as licensing
from pet_app.licensing.models import Application, Document
from tests.licensing.factory_desk import make_case
from tests.user.factory import make_user

TOWN = "us-oh-knox-county"


def told(count: int) -> dict[str, object]:
    """The tokens of two clerks and how many cases they find, the longest waiting first."""
    key = storage.private_key(b"a certificate for tests", "page", "jpg")
    storage.put_private(key, BytesIO(certificate()))
    with db.writing() as session:
        tokens = [clerk(session, name) for name in ("Carla", "Cora")]
        ids = [make_case(session, TOWN, pet=f"Pet {number:02d}") for number in range(1, count + 1)]
        for waited, found in enumerate(ids):
            row = session.get_one(Application, found)
            row.waiting_since = clock.now() - timedelta(days=8, minutes=-waited)
        for paper in session.exec(select(Document).where(col(Document.application_id).in_(ids))):
            paper.file_key, paper.page_keys = key, [key, key]
    return {"clerks": tokens, "ids": ids}


def clerk(session: db.Session, name: str) -> str:
    """The session of a clerk of that town."""
    user = make_user(session, f"{name.lower()}@example.com", role=Role.CLERK, name=name)
    licensing.appoint_clerk(session, user.id, TOWN)
    return security.open_sign_in(
        session, user_id=user.id, role=Role.CLERK, name=name, email=user.email, strong=True
    )


def certificate() -> bytes:
    """A page of a paper."""
    picture = Image.new("RGB", (850, 1100), "#fffdf7")
    ImageDraw.Draw(picture).text((80, 80), "RABIES VACCINATION CERTIFICATE", fill="black")
    with BytesIO() as file:
        picture.save(file, "JPEG")
        return file.getvalue()


if __name__ == "__main__":
    print(json.dumps(told(int(sys.argv[1]))))
