"""Counting tries: growing waits, no lock-out by strangers, nothing forgotten by a restart."""

import threading
from datetime import timedelta

import pytest
from sqlmodel import func, select, update

from pet_app.core import db
from pet_app.core.errors import NotSignedIn, TooManyRequests
from pet_app.user import attempts
from pet_app.user import service as users
from pet_app.user.attempts import FREE_TRIES, account_subject, count_try, wait_after
from pet_app.user.client import Client
from pet_app.user.models import Attempt
from tests.user.factory import ELSEWHERE, EMAIL, HERE, PASSWORD, make_user, sign_in

pytestmark = pytest.mark.usefixtures("database")

STRANGER = Client("203.0.113.7", loopback=False, device="Chrome on Windows")


def guess(times: int, email: str = EMAIL, client: Client = STRANGER) -> None:
    """Try wrong passwords."""
    for _ in range(times):
        with pytest.raises(NotSignedIn):
            sign_in(email, "a wrong password", client)


def let_pass(time: timedelta) -> None:
    """Move every try into the past."""
    with db.writing() as session:
        for row in session.exec(select(Attempt)):
            row.at -= time


def test_waits_grow_from_half_a_minute_to_a_quarter_of_an_hour() -> None:
    waits = [wait_after(tries).total_seconds() for tries in range(4, 13)]
    assert waits == [0, 30, 60, 120, 240, 480, 900, 900, 900]
    assert wait_after(100_000) == timedelta(minutes=15)


@pytest.mark.parametrize("email", [EMAIL, "nobody@example.com"])
def test_guessing_stops_after_five_tries_even_with_the_right_password(email: str) -> None:
    with db.writing() as session:
        make_user(session)
    guess(FREE_TRIES, email)
    with pytest.raises(TooManyRequests, match="Wait 30 seconds"):
        sign_in(email, PASSWORD, STRANGER)
    with pytest.raises(TooManyRequests):
        sign_in(f" {email.upper()}", PASSWORD, HERE)


def test_each_wait_is_longer_than_the_last_and_asking_meanwhile_does_not_prolong_it() -> None:
    with db.writing() as session:
        make_user(session)
    guess(FREE_TRIES)
    for wait_s in (30, 60, 120):
        for _ in range(3):
            with pytest.raises(TooManyRequests):
                sign_in(client=STRANGER)
        let_pass(timedelta(seconds=wait_s - 2))
        with pytest.raises(TooManyRequests):
            sign_in(client=STRANGER)
        let_pass(timedelta(seconds=3))
        guess(1)


def test_a_stranger_does_not_lock_out_a_browser_the_account_knows() -> None:
    with db.writing() as session:
        make_user(session)
    sign_in(client=ELSEWHERE)
    guess(FREE_TRIES)
    with pytest.raises(TooManyRequests):
        sign_in(client=STRANGER)
    assert sign_in(client=ELSEWHERE).identity.signed_in
    neighbour = Client("192.168.1.77", loopback=False, device=ELSEWHERE.device)
    assert sign_in(client=neighbour).identity.signed_in
    with pytest.raises(TooManyRequests):
        sign_in(client=Client("192.168.1.77", loopback=False, device="Chrome on Linux"))


def test_a_known_browser_is_counted_as_well() -> None:
    with db.writing() as session:
        make_user(session)
    sign_in(client=ELSEWHERE)
    guess(FREE_TRIES, client=ELSEWHERE)
    with pytest.raises(TooManyRequests):
        sign_in(client=ELSEWHERE)


def test_a_success_forgets_the_tries_before_it() -> None:
    with db.writing() as session:
        make_user(session)
    for _ in range(2):
        guess(FREE_TRIES - 1)
        sign_in(client=STRANGER)


def test_the_counts_stay_when_the_shop_starts_again() -> None:
    with db.writing() as session:
        make_user(session)
    guess(FREE_TRIES)
    db.close()
    with pytest.raises(TooManyRequests):
        sign_in(client=STRANGER)


def test_one_address_cannot_try_everybody_but_another_can() -> None:
    with db.writing() as session:
        for number in range(attempts.SIGN_INS_OF_AN_ADDRESS.most):
            count_try(session, account_subject(f"person{number}@example.com"), STRANGER)
        with pytest.raises(TooManyRequests):
            count_try(session, account_subject("one-more@example.com"), STRANGER)
        count_try(session, account_subject("one-more@example.com"), ELSEWHERE)
        count_try(session, account_subject("two-more@example.com"), HERE)


def test_the_window_slides() -> None:
    window = attempts.SIGN_INS_OF_AN_ADDRESS
    with db.writing() as session:
        for number in range(window.most):
            count_try(session, account_subject(f"person{number}@example.com"), STRANGER)
        oldest = select(func.min(Attempt.id)).where(Attempt.subject.startswith("sign-in"))  # pyright: ignore[reportAttributeAccessIssue]
        past = db.database_now(session) - window.within - timedelta(seconds=1)
        session.exec(
            update(Attempt).where(Attempt.id == session.exec(oldest).one()).values(at=past)  # pyright: ignore[reportArgumentType]
        )
        count_try(session, account_subject("one@example.com"), STRANGER)
        with pytest.raises(TooManyRequests):
            count_try(session, account_subject("two@example.com"), STRANGER)


def test_a_whole_network_of_ipv6_is_one_visitor() -> None:
    with db.writing() as session:
        for number in range(attempts.LINKS_OF_AN_ADDRESS.most):
            attempts.count_link(session, Client(f"2001:db8::{number:x}", loopback=False))
        with pytest.raises(TooManyRequests):
            attempts.count_link(session, Client("2001:db8::ffff", loopback=False))
        attempts.count_link(session, Client("2001:db8:0:1::1", loopback=False))


def test_twenty_guesses_at_once_are_five() -> None:
    outcomes: list[str] = []
    barrier = threading.Barrier(20)

    def run() -> None:
        barrier.wait()
        try:
            with db.writing() as session:
                count_try(session, account_subject(EMAIL), STRANGER)
            outcomes.append("let through")
        except TooManyRequests:
            outcomes.append("refused")

    threads = [threading.Thread(target=run) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["let through"] * 5 + ["refused"] * 15


def test_the_link_in_a_letter_lets_the_owner_in_whatever_strangers_do() -> None:
    with db.writing() as session:
        make_user(session)
        users.forgot_password(session, EMAIL, ELSEWHERE)
    guess(FREE_TRIES)
    with db.writing() as session:
        attempts.forget_all_tries(session, EMAIL)
    assert sign_in(client=ELSEWHERE).identity.signed_in
