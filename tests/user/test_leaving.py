"""Closing an account: at once for all but its owner, who may come back within the grace."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from pet_app.core import db
from pet_app.core.errors import Forbidden, Invalid, NotSignedIn
from pet_app.core.models import ApiToken, LetterRow
from pet_app.core.security import Identity
from pet_app.core.settings import settings
from pet_app.user import service as users
from pet_app.user.models import User
from pet_app.user.service import tokens
from tests.mailbox import Mailbox
from tests.messaging.factory import drain, jobs
from tests.user.factory import (
    ELSEWHERE,
    EMAIL,
    GUEST,
    HERE,
    PASSWORD,
    app_code,
    enter,
    identity_of,
    letters,
    link_token,
    make_user,
    proof_of,
    protect,
    sign_in,
    who,
)

pytestmark = pytest.mark.usefixtures("database")


def opened() -> Identity:
    """Somebody with an account, signed in."""
    with db.writing() as session:
        make_user(session)
    return who(sign_in().token)


def leave(identity: Identity, code: str = "") -> users.Leaver:
    proof = proof_of(identity)
    with db.writing() as session:
        return users.leave(session, identity, proof, HERE, code)


def stay(leaver: object) -> users.SignedIn:
    assert isinstance(leaver, users.Leaver)
    with db.writing() as session:
        return users.stay(session, leaver.token, HERE, GUEST, None)


def let_grace_end(user_id: str) -> None:
    with db.writing() as session:
        user = session.get_one(User, user_id)
        user.leaving = db.database_now(session) - timedelta(seconds=1)


def call_due() -> None:
    letters()
    with db.writing() as session:
        users.call_due(session)
    drain()


def account(session: Session) -> User | None:
    return session.exec(select(User).where(User.email == EMAIL)).one_or_none()


def test_leaving_ends_every_key_and_tells_the_day() -> None:
    olive = opened()
    other = sign_in(client=ELSEWHERE)
    with db.writing() as session:
        tokens.make_token(session, olive, "Backup", ["pets:read"], 30)
    leaver = leave(olive)
    assert not who(other.token).signed_in
    with db.reading() as session:
        assert session.exec(select(ApiToken)).all() == []
        left = leaver.leaving - db.database_now(session)
    assert timedelta(days=29, hours=23) < left <= users.GRACE
    (told,) = (letter for letter in letters() if letter.kind == "account.leaving")
    assert told.subject == "Your account will be deleted"
    assert f"{leaver.leaving.day} {leaver.leaving:%B %Y}" in told.text


def test_who_is_leaving_signs_in_to_come_back_and_to_nothing_else() -> None:
    leave(opened())
    entered = enter()
    assert isinstance(entered, users.Leaver)
    with db.writing() as session:
        credentials = users.begin_sign_in(session, EMAIL, HERE)
    proof = users.prove(credentials, PASSWORD)
    with db.writing() as session, pytest.raises(Forbidden, match="being deleted"):
        users.vouch(session, proof, HERE)
    back = stay(entered)
    assert who(back.token).email == EMAIL
    assert "Your account stays" in {letter.subject for letter in letters()}
    assert isinstance(enter(), users.SignedIn)


def test_the_way_back_works_once_and_only_while_it_is_one() -> None:
    first = leave(opened())
    second = enter()
    stay(second)
    for used in (first, second):
        with pytest.raises(NotSignedIn):
            stay(used)
    with db.writing() as session, pytest.raises(NotSignedIn):
        users.stay(session, "x" * 43, HERE, GUEST, None)


def test_a_second_step_is_asked_of_who_leaves_and_of_who_comes_back() -> None:
    olive = opened()
    secret, _ = protect(olive)
    with pytest.raises(Invalid):
        leave(olive, "000000")
    assert isinstance(enter(), users.HalfIn)
    leave(olive, app_code(secret))
    half = enter()
    assert isinstance(half, users.HalfIn)
    with db.writing() as session:
        users.begin_second_step(session, half.token)
    with db.writing() as session:
        entered = users.finish_sign_in(
            session, half.token, app_code(secret, steps=1), HERE, GUEST, None
        )
    assert who(stay(entered).token).strong


def test_a_forgotten_password_does_not_keep_anybody_from_coming_back() -> None:
    leave(opened())
    with db.writing() as session:
        users.forgot_password(session, EMAIL, HERE)
    token = link_token(kind="reset")
    fresh = users.new_hash("some other words entirely", ())
    with db.writing() as session:
        entered = users.reset_password(session, token, fresh, HERE, GUEST, None)
    assert who(stay(entered).token).email == EMAIL


def test_a_demonstration_account_stays() -> None:
    with db.writing() as session:
        demo = identity_of(make_user(session, demo=True))
    with pytest.raises(Forbidden, match="stay as they are"):
        leave(demo)


def test_nothing_is_deleted_before_the_day_and_all_of_it_on_the_day() -> None:
    olive = opened()
    leave(olive)
    call_due()
    with db.reading() as session:
        assert account(session)
    let_grace_end(olive.user_id or "")
    call_due()
    drain()
    with db.reading() as session:
        assert account(session) is None
    (gone,) = jobs("user.wipe_database")
    assert gone.payload == {"user_id": olive.user_id}
    assert gone.state == "done"
    with pytest.raises(NotSignedIn):
        enter()


def test_the_good_bye_is_said_before_the_address_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    olive = opened()
    leave(olive)
    letters()
    let_grace_end(olive.user_id or "")
    mailbox = Mailbox(tmp_path).start()
    try:
        monkeypatch.setenv("MAIL_URL", f"smtp://{mailbox.address}?tls=none")
        settings.cache_clear()
        call_due()
        (taken,) = mailbox.letters()
    finally:
        mailbox.kill()
    assert (taken.message["Subject"], taken.to) == ("Your account is deleted", [EMAIL])
    with db.reading() as session:
        assert account(session) is None
        assert session.exec(select(LetterRow)).all() == []


def test_deleting_twice_or_after_somebody_stayed_does_nothing() -> None:
    olive = opened()
    leave(olive)
    entered = enter()
    let_grace_end(olive.user_id or "")
    with db.writing() as session:
        assert users.call_due(session) == 1
        assert users.call_due(session) == 1
    stay(entered)
    drain()
    with db.reading() as session:
        assert account(session)
    leave(who(sign_in().token))
    let_grace_end(olive.user_id or "")
    for expected in (True, False):
        with db.writing() as session:
            assert users.erase_account(session, olive.user_id or "") is expected


def test_the_address_is_free_for_a_new_account_afterwards() -> None:
    olive = opened()
    leave(olive)
    let_grace_end(olive.user_id or "")
    call_due()
    with db.writing() as session:
        make_user(session, name="Olive Again")
    assert who(sign_in().token).name == "Olive Again"


def test_the_day_is_by_the_clock_of_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    leave(opened())
    monkeypatch.setattr("pet_app.core.clock.now", lambda: datetime.max.replace(tzinfo=UTC))
    with db.writing() as session:
        assert users.call_due(session) == 0
