"""What a demonstration of licensing shows."""

from collections import Counter
from io import BytesIO

import pypdfium2 as pdfium
from PIL import Image
from sqlmodel import col, select

from pet_app import demo
from pet_app.core import db, personal, storage
from pet_app.core.security import Identity, Role
from pet_app.licensing import service as licensing
from pet_app.licensing.facts import thawed
from pet_app.licensing.models import Application, Certificate, Document, Licence
from pet_app.licensing.rules import Fee, fee
from pet_app.licensing.rules.standing import Kind, Status
from pet_app.licensing.sample.cases import TOWNS
from pet_app.licensing.service import QueueAsked
from pet_app.user.models import User


def test_a_demonstration_has_a_full_desk_and_licences(database: str) -> None:
    assert demo.seed()
    with db.reading() as session:
        users = {user.email: user for user in session.exec(select(User))}
        clerk = _identity(users[demo.CLERK])
        assert {town.id for town in licensing.towns_of(session, clerk)} == set(TOWNS)
        waiting = [
            item
            for town_id in TOWNS
            for shelf in ("in_review", "needs_more")
            for item in licensing.queue(session, clerk, QueueAsked(town_id, shelf)).items
        ]
        assert len(waiting) == 24
        # Whoever is taken for somebody who left would take the case along.
        assert personal.people_without_account(session, col(User.id)) == set()
        rows = session.exec(select(Application)).all()
        wanted = [row for row in rows if row.status in (Status.IN_REVIEW, Status.NEEDS_MORE)]
        assert {row.kind for row in wanted} == {*Kind} - {Kind.TRANSFER}
        olive = _identity(users[demo.OWNER])
        mine = licensing.licences_of(session, olive)
        assert len(mine) == 2
        certificates = session.exec(select(Certificate)).all()
        assert len(certificates) == 2
        assert all(licensing.verify(session, found.text).good for found in certificates)
        licences = session.exec(select(Licence)).all()
        for name in ("number", "tag_code"):
            assert Counter(getattr(row, name) for row in licences).most_common(1)[0][1] == 1


def test_every_receipt_of_it_is_right_and_every_paper_can_be_opened(sqlite_database: str) -> None:
    assert demo.seed()
    with db.reading() as session:
        rows = session.exec(select(Application).where(Application.kind != Kind.BOOSTER.value)).all()
        assert len(rows) > 60
        for row in rows:
            found = fee(licensing.town(row.town_id), thawed(row.case))
            assert isinstance(found, Fee), row.kind
            assert found.cents == row.fee_cents == sum(line["cents"] for line in row.receipt)

    with db.reading() as session:
        papers = session.exec(select(Document)).all()
    assert {paper.media_type for paper in papers} == {"image/jpeg", "application/pdf"}
    for paper in papers:
        (page_key,) = paper.page_keys
        with Image.open(BytesIO(b"".join(storage.read_private(page_key)))) as page:
            assert page.format == "JPEG"
        if paper.media_type == "application/pdf":
            assert len(pdfium.PdfDocument(b"".join(storage.read_private(paper.file_key)))) == 1


def _identity(user: User) -> Identity:
    return Identity(
        user_id=user.id, role=Role(user.role), name=user.name, email=user.email, strong=True
    )
