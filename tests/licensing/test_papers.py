"""Papers that owners send: judged by what they hold, and drawn afresh."""

from io import BytesIO
from pathlib import Path
from time import process_time

import pytest
from PIL import Image

from pet_app.core import db, storage
from pet_app.core.errors import Conflict, Invalid, NotFound, Problem, TooLarge
from pet_app.core.security import GUEST, Identity, Role
from pet_app.licensing import service as licensing
from pet_app.licensing.papers import limits
from pet_app.licensing.papers.drawing import afresh
from pet_app.licensing.rules.standing import Status
from tests.licensing import factory as made
from tests.licensing import papers
from tests.licensing.factory import TOWN, jpeg, png
from tests.licensing.factory_licences import again, settle

SOON_S = 15.0
"""Far less than a child may take, on the slowest machine."""


@pytest.fixture
def stored(sqlite_database: str) -> tuple[Identity, str]:
    return made.applied_in()


@pytest.mark.parametrize("name", papers.BAD)
def test_what_is_no_readable_paper_is_refused_in_words_an_owner_can_act_on(name: str) -> None:
    data, words = papers.BAD[name]
    with pytest.raises(Problem) as refused:
        afresh(data())
    assert words in refused.value.detail


@pytest.mark.parametrize("name", ["endless_streams", "unfolding"])
def test_a_file_made_to_keep_its_reader_busy_is_refused_soon(name: str) -> None:
    data = getattr(papers, name)()
    begun = process_time()
    with pytest.raises(Invalid, match="damaged"):
        afresh(data)
    assert process_time() - begun < SOON_S


def test_a_file_of_too_many_bytes_is_not_even_opened() -> None:
    with pytest.raises(TooLarge):
        afresh(jpeg() + b"\0" * limits.LARGEST_BYTES)


@pytest.mark.parametrize("data", [jpeg(), png(), papers.pdf(2)], ids=["jpeg", "png", "pdf"])
def test_a_paper_is_drawn_afresh_with_nothing_of_the_file_that_came(data: bytes) -> None:
    drawn = afresh(data + b"<script>Biscuit lives at 12 Harbor Drive</script>")
    assert b"Harbor" not in drawn.paper + b"".join(drawn.pages)
    for page in drawn.pages:
        with Image.open(BytesIO(page)) as picture:
            assert picture.format == "JPEG"
            assert not picture.getexif()
            assert max(picture.size) <= limits.LONG_SIDE_PX
    if drawn.paper:
        assert papers.pages_of(drawn.paper) == len(drawn.pages) == 2


def test_a_photograph_taken_sideways_is_drawn_upright_without_its_place() -> None:
    with Image.open(BytesIO(jpeg(900, 600))) as picture, BytesIO() as file:
        exif = Image.Exif()
        exif[0x0112], exif[0x8825] = 6, {1: "N", 2: (32.0, 42.0, 54.0)}
        picture.save(file, "JPEG", exif=exif)
        sideways = file.getvalue()
    with Image.open(BytesIO(afresh(sideways).pages[0])) as upright:
        assert upright.size == (600, 900)
        assert not upright.getexif()


def test_what_unfolds_without_end_brings_down_a_child_and_not_the_site(
    stored: tuple[Identity, str],
) -> None:
    owner, application_id = stored
    with pytest.raises(Invalid) as refused:
        licensing.add_document(owner, application_id, "rabies", "bomb.pdf", papers.bomb())
    assert refused.value.fields == {"document": limits.TOO_LONG}
    added = licensing.add_document(owner, application_id, "rabies", "good.jpg", jpeg())
    assert len(added.documents) == 1


def test_a_paper_is_kept_privately_once_however_often_it_is_sent(
    stored: tuple[Identity, str], tmp_path: Path
) -> None:
    owner, application_id = stored
    name = "C:\\vets\\rabies\x00.pdf"
    licensing.add_document(owner, application_id, "rabies", name, papers.pdf(2))
    view = licensing.add_document(owner, application_id, "rabies", name, papers.pdf(2))
    (paper,) = view.documents
    assert (paper.name, paper.pages, paper.media_type) == ("rabies.pdf", 2, "application/pdf")
    assert "documents.rabies" not in view.faults
    with db.reading() as session:
        keys = [licensing.document_page(session, owner, paper.id, page) for page in (0, 1, 2)]
        with pytest.raises(NotFound):
            licensing.document_page(session, owner, paper.id, 3)
    assert len(set(keys)) == 3
    for key in keys:
        assert storage.PRIVATE_KEY.fullmatch(key)
        assert b"".join(storage.read_private(key))
        with pytest.raises(NotFound):
            storage.get(key)


def test_a_paper_is_for_its_owner_and_the_clerks_of_its_town_once_it_is_handed_in(
    sqlite_database: str,
) -> None:
    with db.writing() as session:
        owner, mallory = made.make_owner(session), made.make_owner(session, "m@example.com")
        clerk = Identity(user_id="0clerk", role=Role.CLERK, strong=True)
        other = Identity(user_id="0other", role=Role.CLERK, strong=True)
        licensing.appoint_clerk(session, "0clerk", TOWN)
        licensing.appoint_clerk(session, "0other", "us-il-chicago")
        application_id = made.begun(session, owner)
        view = licensing.application_of(session, owner, application_id)
        paper = view.documents[0].id
        assert licensing.document_page(session, owner, paper, 1)
        for who in (mallory, clerk, other):
            with pytest.raises(NotFound):
                licensing.document_page(session, who, paper, 1)
        licensing.hand_in(session, owner, application_id, view.version)
        assert licensing.document_page(session, clerk, paper, 1)
        for who in (mallory, other):
            with pytest.raises(NotFound):
                licensing.document_page(session, who, paper, 1)
            with pytest.raises(NotFound):
                licensing.drop_document(session, who, paper)
        with pytest.raises(Problem):
            licensing.document_page(session, GUEST, paper, 1)


def test_a_paper_taken_away_leaves_no_file(stored: tuple[Identity, str]) -> None:
    owner, application_id = stored
    view = licensing.add_document(owner, application_id, "rabies", "a.pdf", papers.pdf())
    with db.reading() as session:
        keys = [licensing.document_page(session, owner, view.documents[0].id, at) for at in (0, 1)]
    with db.writing() as session:
        gone = licensing.drop_document(session, owner, view.documents[0].id)
    assert gone.documents == ()
    assert gone.faults["documents.rabies"]
    settle()
    again("forget_papers")
    for key in keys:
        with pytest.raises(NotFound):
            storage.read_private(key)


def test_nothing_is_added_to_what_lies_with_the_town_and_no_more_than_twelve(
    stored: tuple[Identity, str],
) -> None:
    owner, application_id = stored
    with db.writing() as session:
        for _ in range(12):
            made.put_paper(session, application_id)
    with pytest.raises(Conflict):
        licensing.add_document(owner, application_id, "rabies", "a.jpg", jpeg())
    with db.writing() as session:
        row = licensing.get_application(session, application_id)
        row.status = Status.IN_REVIEW.value
        session.add(row)
    with pytest.raises(Conflict):
        licensing.add_document(owner, application_id, "rabies", "a.jpg", jpeg())
    with pytest.raises(Invalid):
        licensing.add_document(owner, application_id, "a cake", "a.jpg", jpeg())
