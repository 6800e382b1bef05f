"""The guard before every event: whose state, which role, which arguments."""

from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
import reflex as rx
from reflex_base.registry import RegistrationContext

from pet_app.core import db, security
from pet_app.core.errors import Invalid
from pet_app.core.security import VISITOR_COOKIE, Permission, Role, new_token
from pet_app.ui.guard import FROM_STORAGE, HYDRATE, NOT_UNDERSTOOD
from pet_app.ui.session import Session
from pet_app.ui.speaking import OUR_FAULT
from tests.ui.factory import Tab, signed_in_cookies

pytestmark = pytest.mark.usefixtures("sqlite_database")


class Diary(Session):
    """A page memory with something private in it."""

    secret: str = ""
    pages: int = 0

    @rx.event
    def write(self, text: str, pages: int = 1) -> None:
        self.secret, self.pages = text, pages

    @rx.event
    def submit(self, form: dict[str, str]) -> None:
        self.secret = form["text"]

    @rx.event
    async def refuse(self) -> None:
        raise Invalid("That cannot be written.", {"text": "Too wild."})

    @rx.event
    def stumble(self) -> None:
        raise RuntimeError("a secret of the machine")

    @rx.event
    def refuse_after_a_step(self) -> Iterator[None]:
        self.pages = 1
        yield
        raise Invalid("Not the second one.")

    @rx.event
    async def stumble_within(self) -> None:
        self.stumble()
        self.secret = "went on"

    def plain(self, _text: str) -> None:
        self.secret = "called by hand"

    def _hidden(self) -> None: ...


class Desk(Session):
    """For clerks only."""

    needs: ClassVar[Permission | None] = Permission.LICENCES

    stamped: int = 0

    @rx.event
    def stamp(self) -> None:
        self.stamped += 1


class Private(Session):
    """For anybody signed in."""

    needs: ClassVar[Permission | None] = Permission.ACCOUNT

    @rx.event
    def open(self) -> None: ...


def test_the_owner_of_a_tab_keeps_its_state() -> None:
    tab = Tab(**signed_in_cookies())
    assert tab.send(Diary.write, text="mine") is None
    assert tab.send(Diary.write, text="still mine", pages=2) is None
    assert tab.see(Diary).secret == "still mine"
    assert tab.see(Session).signed_in
    assert tab.see(Session).person_name == "Olive"


@pytest.mark.parametrize("who", ["nobody", "another visitor", "another person"])
def test_a_replayed_token_without_its_cookies_finds_an_empty_state(who: str) -> None:
    tab = Tab(**signed_in_cookies())
    tab.send(Diary.write, text="mine")
    if who == "nobody":
        tab.use()
    elif who == "another visitor":
        tab.use(**{VISITOR_COOKIE: new_token()})
    else:
        tab.use(**signed_in_cookies(user_id="u2"))
    update, _ = tab.guard(Diary.write, text="theirs")
    assert update is not None
    assert [event.name for event in update.events] == [HYDRATE]
    assert tab.see(Diary).secret == ""
    assert tab.guard(HYDRATE)[0] is None
    assert tab.see(Session).person_name == ("Olive" if who == "another person" else "")


def test_a_session_ended_elsewhere_empties_the_open_page() -> None:
    tab = Tab(**signed_in_cookies())
    tab.send(Diary.write, text="mine")
    with db.writing() as session:
        security.close_all(session, "u1")
    update, _ = tab.guard(Diary.write, text="more")
    assert update is not None
    assert tab.see(Diary).secret == ""


def test_a_guest_is_sent_to_sign_in_and_back() -> None:
    update, _ = Tab().guard(Private.open)
    assert update is not None
    assert update.events[0].payload["path"] == "/login?next=/dashboard"


@pytest.mark.parametrize(
    ("role", "stamped"),
    [(Role.USER, 0), (Role.STAFF, 0), (Role.CLERK, 1), (Role.ADMIN, 1)],
)
def test_a_handler_is_for_the_role_its_class_needs(role: Role, stamped: int) -> None:
    tab = Tab(**signed_in_cookies(role))
    tab.send(Desk.stamp)
    assert tab.see(Desk).stamped == stamped
    assert bool(tab.see(Session).problem) is not bool(stamped)


def test_a_handler_beyond_ones_own_things_takes_a_second_factor() -> None:
    tab = Tab(**signed_in_cookies(Role.CLERK, strong=False))
    update = tab.send(Desk.stamp)
    assert update is not None
    assert update.events[0].payload["path"] == "/second-factor?next=/dashboard"
    assert tab.see(Desk).stamped == 0


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"text": 7},
        {"text": None},
        {"text": ["a"]},
        {"text": {"a": 1}},
        {"text": "a", "pages": "many"},
        {"text": "a", "pages": {}},
        {"text": "a", "more": 1},
        {"self": "a", "text": "a"},
        {"text": "x" * 30_000},
    ],
)
def test_wrong_arguments_get_a_sentence_and_do_nothing(payload: dict[str, Any]) -> None:
    tab = Tab()
    assert tab.send(Diary.write, **payload) is not None
    assert tab.see(Diary).secret == ""
    assert tab.see(Session).problem == NOT_UNDERSTOOD


def test_arguments_arrive_as_their_hints_say() -> None:
    tab = Tab()
    assert tab.send(Diary.write, text="a", pages="5") is None
    assert tab.see(Diary).pages == 5


def test_a_submitted_form_arrives_as_a_dict() -> None:
    tab = Tab()
    wire = {"__reflex_form_data__": [["text", "typed"]]}
    assert tab.send(Diary.submit, form=wire) is None
    assert tab.see(Diary).secret == "typed"


@pytest.mark.parametrize("wire", [[["text"]], 7, [["text", {"a": 1}]], "text"])
def test_a_damaged_form_gets_a_sentence(wire: Any) -> None:
    tab = Tab()
    assert tab.send(Diary.submit, form={"__reflex_form_data__": wire}) is not None
    assert tab.see(Session).problem == NOT_UNDERSTOOD


def test_vars_cannot_be_set_from_outside() -> None:
    tab = Tab()
    for name, value in (("secret", "x"), ("signed_in", True), ("role", "admin")):
        assert tab.send(Diary.setvar, var_name=name, value=value) is not None
    assert not tab.see(Session).signed_in


@pytest.mark.parametrize("name", sorted(FROM_STORAGE))
def test_nothing_is_believed_that_comes_from_the_storage_of_a_browser(name: str) -> None:
    tab = Tab()
    update, event = tab.guard(name, vars={"": 1, f"{Diary.get_full_name()}.secret": "x"})
    assert update is None
    assert event.payload["vars"] == {}


def test_only_public_functions_can_be_called() -> None:
    names = set(RegistrationContext.get().event_handlers)
    diary = Diary.get_full_name()
    assert f"{diary}.plain" in names
    assert not [name for name in names if name.rpartition(".")[2].startswith("_")]
    own = {name.rpartition(".")[2] for name in names if name.startswith(Session.get_full_name())}
    session_only = {
        name.rpartition(".")[2]
        for name in names
        if name.rpartition(".")[0] == Session.get_full_name()
    }
    assert session_only == {"setvar", "dismiss_problem"}
    assert "_identity" not in own


def test_a_problem_in_a_handler_is_shown_with_its_fields() -> None:
    tab = Tab()
    tab.send(Diary.refuse)
    seen = tab.see(Session)
    assert (seen.problem, dict(seen.problem_fields)) == (
        "That cannot be written.",
        {"text": "Too wild."},
    )
    tab.send(Diary.write, text="tame")
    assert tab.see(Session).problem == ""


def test_a_generator_shows_its_problem_and_keeps_what_it_did_before() -> None:
    tab = Tab()
    tab.send(Diary.refuse_after_a_step)
    assert tab.see(Session).problem == "Not the second one."
    assert tab.see(Diary).pages == 1


def test_a_fault_of_ours_shows_no_trace_of_itself() -> None:
    tab = Tab()
    tab.send(Diary.stumble)
    assert tab.see(Session).problem == OUR_FAULT


def test_a_handler_called_by_another_does_not_swallow_its_fault() -> None:
    tab = Tab()
    tab.send(Diary.stumble_within)
    assert tab.see(Diary).secret == ""
    assert tab.see(Session).problem == OUR_FAULT
