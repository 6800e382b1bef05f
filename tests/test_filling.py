"""Built pages that are filled when they are asked for: fresh, cached, under their own policy."""

import gzip
from pathlib import Path

import pytest
from sqlmodel import Session
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pet_app.core.errors import Unavailable
from pet_app.filling import LONGEST_QUERY, Filled, Query
from pet_app.ui.filled import Filling, Head

BUILT = (
    "<head><title>General</title></head><script>1</script>"
    "<main><!--thing-->waiting<!--/thing--></main>"
)


class Shelf:
    """What the pages are filled with, and what was asked for."""

    says = "one"
    asked: tuple[str, dict[str, str]] = ("", {})
    trouble: Exception | None = None

    def fill(self, _session: Session, path: str, query: Query) -> Filling:
        if self.trouble:
            raise self.trouble
        self.asked = (path, dict(query))
        status = 404 if path.endswith("/none") else 200
        return Filling("/thing/-", {"thing": self.says}, Head(self.says, "", ""), status)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def visitor(sqlite_database: str, tmp_path: Path, shelf: Shelf) -> TestClient:
    built = tmp_path / "thing" / "-"
    built.mkdir(parents=True)
    (built / "index.html").write_text(BUILT)

    def other(request: object) -> PlainTextResponse:
        return PlainTextResponse("another page")

    pages = Starlette(routes=[Route("/{path:path}", other, methods=["GET", "POST"])])
    return TestClient(Filled(pages, tmp_path, {"/thing/": shelf.fill, "/": shelf.fill}))


def test_a_page_says_what_is_true_when_it_is_asked_for(visitor: TestClient, shelf: Shelf) -> None:
    assert "<!--thing-->one<!--/thing-->" in visitor.get("/thing/a").text
    shelf.says = "two"
    answer = visitor.get("/thing/a")
    assert "<!--thing-->two<!--/thing-->" in answer.text
    assert "<title>two</title>" in answer.text
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("path", ["/thing/a", "/thing/a/", "/"])
def test_a_page_is_filled_at_its_address_with_or_without_a_slash(
    visitor: TestClient, path: str
) -> None:
    assert "one" in visitor.get(path).text


def test_only_what_is_below_an_address_is_filled(visitor: TestClient) -> None:
    for path in ("/other", "/thing/a/b", "/thing"):
        assert visitor.get(path).text == "another page"
    assert visitor.post("/thing/a").text == "another page"


def test_what_stands_behind_the_question_mark_arrives_and_ends_somewhere(
    visitor: TestClient, shelf: Shelf
) -> None:
    visitor.get("/thing/a?q=a%20b&size=m,l")
    assert shelf.asked == ("/thing/a", {"q": "a b", "size": "m,l"})
    visitor.get(f"/thing/a?q={'x' * 5000}")
    assert len(shelf.asked[1]["q"]) < LONGEST_QUERY


def test_a_page_that_says_the_same_is_not_sent_again(visitor: TestClient, shelf: Shelf) -> None:
    tag = visitor.get("/thing/a").headers["etag"]
    again = visitor.get("/thing/a", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    shelf.says = "two"
    assert visitor.get("/thing/a", headers={"if-none-match": tag}).status_code == 200


def test_a_page_of_nothing_is_not_found_and_not_kept(visitor: TestClient) -> None:
    answer = visitor.get("/thing/none")
    assert answer.status_code == 404
    again = visitor.get("/thing/none", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 404


def test_a_page_comes_packed_to_who_can_unpack_it(visitor: TestClient) -> None:
    plain = visitor.get("/thing/a", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    with visitor.stream("GET", "/thing/a", headers={"accept-encoding": "gzip"}) as packed:
        assert packed.headers["content-encoding"] == "gzip"
        assert gzip.decompress(b"".join(packed.iter_raw())) == plain.content


def test_a_filled_page_runs_the_scripts_it_was_built_with_and_no_others(
    visitor: TestClient, shelf: Shelf
) -> None:
    before = visitor.get("/thing/a").headers["content-security-policy"]
    shelf.says = "<script>2</script>"
    assert visitor.get("/thing/a").headers["content-security-policy"] == before
    assert before.count("sha256-") == 1


@pytest.mark.parametrize("trouble", [Unavailable("Nobody can be asked."), KeyError("bowl")])
def test_a_built_page_is_shown_as_it_is_when_it_cannot_be_filled(
    visitor: TestClient, shelf: Shelf, trouble: Exception
) -> None:
    shelf.trouble = trouble
    assert visitor.get("/thing/a").text == "another page"


def test_a_page_that_was_never_built_is_left_to_others(
    sqlite_database: str, tmp_path: Path, shelf: Shelf
) -> None:
    site = Filled(PlainTextResponse("nothing yet"), tmp_path, {"/": shelf.fill})
    assert TestClient(site).get("/").text == "nothing yet"
