"""Tokens and codes that work once, however many come with them at the same moment."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from pet_app.core import db
from pet_app.core.errors import Invalid, NotSignedIn
from pet_app.core.models import SignIn
from pet_app.user import service as users
from pet_app.user.models import OneTime, Purpose
from pet_app.user.service import one_time
from tests.user.factory import GUEST, HERE, app_code, enter, make_user, protect, sign_in, who

pytestmark = pytest.mark.usefixtures("database")

AT_ONCE = 8
HOUR = timedelta(hours=1)


def race(run: Callable[[], object]) -> list[str]:
    """What became of eight calls made at once."""
    outcomes: list[str] = []
    barrier = threading.Barrier(AT_ONCE)

    def one() -> None:
        barrier.wait()
        try:
            run()
            outcomes.append("won")
        except (Invalid, NotSignedIn):
            outcomes.append("refused")

    threads = [threading.Thread(target=one) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def hand_out(purpose: Purpose = Purpose.REGISTER) -> str:
    with db.writing() as session:
        return one_time.hand_out(session, purpose, lasts=HOUR, sealed="for later")


def test_a_token_is_taken_up_by_one_of_eight() -> None:
    token = hand_out()

    def take() -> None:
        with db.writing() as session:
            one_time.take_up(session, token, Purpose.REGISTER)

    assert race(take) == ["refused"] * 7 + ["won"]


def test_a_code_of_the_app_opens_one_session_of_eight() -> None:
    with db.writing() as session:
        make_user(session)
    secret, _ = protect(who(sign_in().token))
    halves = [enter() for _ in range(AT_ONCE)]
    code = app_code(secret)

    def finish() -> None:
        half = halves.pop()
        assert isinstance(half, users.HalfIn)
        with db.writing() as session:
            users.finish_sign_in(session, half.token, code, HERE, GUEST, None)

    assert race(finish) == ["refused"] * 7 + ["won"]
    with db.reading() as session:
        assert len(session.exec(select(SignIn)).all()) == 2


def test_only_its_fingerprint_is_kept_and_it_gives_back_what_was_sealed() -> None:
    token = hand_out()
    with db.reading() as session:
        assert token not in str(session.exec(select(OneTime)).one().model_dump())
    with db.writing() as session:
        assert one_time.take_up(session, token, Purpose.REGISTER).sealed == "for later"


def test_a_token_of_another_purpose_is_refused_and_stays() -> None:
    token = hand_out()
    with db.writing() as session:
        for purpose in set(Purpose) - {Purpose.REGISTER}:
            with pytest.raises(Invalid):
                one_time.take_up(session, token, purpose)
        one_time.take_up(session, token, Purpose.REGISTER)


def test_what_nobody_took_up_in_time_is_forgotten() -> None:
    late, good = hand_out(), hand_out()
    with db.writing() as session:
        row = session.get_one(OneTime, one_time.fingerprint(late))
        row.expires = row.created - timedelta(seconds=1)
        session.flush()
        one_time.forget_expired(session)
        one_time.take_up(session, good, Purpose.REGISTER)
        assert session.exec(select(OneTime)).all() == []
