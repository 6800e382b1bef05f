"""Where somebody is signed in, new devices, and what their browsers are called."""

import pytest
from sqlmodel import select

from pet_app.core import db
from pet_app.core.errors import NotFound, NotSignedIn
from pet_app.core.security import Identity
from pet_app.user import service as users
from pet_app.user.client import Client
from pet_app.user.device import device_label
from pet_app.user.models import SeenDevice
from tests.user.factory import ELSEWHERE, GUEST, letters, make_user, sign_in, who

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
ANDROID = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, "
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
PHONE = Client("203.0.113.7", loopback=False, device="Safari on iPhone")


@pytest.fixture
def _olive(database: str) -> None:
    with db.writing() as session:
        make_user(session)


def listed(identity: Identity) -> list[users.SessionRecord]:
    with db.reading() as session:
        return users.list_sessions(session, identity)


@pytest.mark.usefixtures("_olive")
def test_every_session_is_listed_with_what_its_owner_knows_it_by() -> None:
    sign_in(client=PHONE)
    here = who(sign_in(client=ELSEWHERE).token)
    first, second = listed(here)
    assert (first.device, first.address, first.current) == (
        "Firefox on Linux",
        "192.168.1.20",
        True,
    )
    assert (second.device, second.current) == ("Safari on iPhone", False)


@pytest.mark.usefixtures("_olive")
def test_one_session_is_ended_and_only_ones_own() -> None:
    with db.writing() as session:
        make_user(session, "mallory@example.com")
    mine, other = sign_in().token, sign_in().token
    mallory = who(sign_in("mallory@example.com").token)
    with db.writing() as session, pytest.raises(NotFound):
        users.end_session(session, mallory, who(other).session)
    assert who(other).signed_in
    with db.writing() as session:
        users.end_session(session, who(mine), who(other).session)
    assert not who(other).signed_in
    assert who(mine).signed_in


@pytest.mark.usefixtures("_olive")
def test_signing_out_elsewhere_and_everywhere() -> None:
    tokens = [sign_in().token for _ in range(3)]
    with db.writing() as session:
        users.end_other_sessions(session, who(tokens[0]))
    assert [who(token).signed_in for token in tokens] == [True, False, False]
    with db.writing() as session:
        users.sign_out_everywhere(session, who(tokens[0]))
    assert not who(tokens[0]).signed_in


@pytest.mark.usefixtures("database")
def test_a_guest_has_no_sessions() -> None:
    with pytest.raises(NotSignedIn):
        listed(GUEST)


@pytest.mark.usefixtures("_olive")
def test_a_sign_in_from_somewhere_new_is_told_by_letter_once() -> None:
    sign_in(client=ELSEWHERE)
    assert letters() == []
    for _ in range(2):
        sign_in(client=PHONE)
    [letter] = letters()
    assert letter.subject == "New sign-in to your account"
    assert "Safari on iPhone" in letter.text
    assert "203.0.113.0/24" in letter.text
    assert "choose a new password" in letter.text


@pytest.mark.usefixtures("_olive")
def test_another_address_in_the_same_network_is_nothing_new() -> None:
    sign_in(client=PHONE)
    sign_in(client=Client("203.0.113.99", loopback=False, device="Safari on iPhone"))
    assert letters() == []
    with db.reading() as session:
        assert len(session.exec(select(SeenDevice)).all()) == 1


@pytest.mark.usefixtures("_olive")
def test_a_guess_that_failed_makes_no_browser_known() -> None:
    with pytest.raises(NotSignedIn):
        sign_in(password="a wrong one", client=PHONE)
    with db.reading() as session:
        assert session.exec(select(SeenDevice)).all() == []


@pytest.mark.parametrize(
    ("header", "label"),
    [
        (WINDOWS + "Chrome/131.0.0.0 Safari/537.36", "Chrome on Windows"),
        (WINDOWS + "Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0", "Edge on Windows"),
        (WINDOWS + "Chrome/131.0.0.0 Safari/537.36 OPR/116.0.0.0", "Opera on Windows"),
        (WINDOWS + "Chrome/131.0.0.0 Safari/537.36 Vivaldi/7.0.3495.11", "Vivaldi on Windows"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0",
            "Firefox on Windows",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0",
            "Firefox on Linux",
        ),
        (
            "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/131.0.0.0 Safari/5",
            "Chrome on ChromeOS",
        ),
        (ANDROID + "Chrome/131.0.0.0 Mobile Safari/537.36", "Chrome on Android"),
        (
            ANDROID + "SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36",
            "Samsung Internet on Android",
        ),
        (
            "Mozilla/5.0 (Android 14; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0",
            "Firefox on Android",
        ),
        (IPHONE + "like Gecko) Version/18.1 Mobile/15E148 Safari/604.1", "Safari on iPhone"),
        (IPHONE + "like Gecko) CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1", "Chrome on iPhone"),
        (IPHONE + "like Gecko) FxiOS/133.0 Mobile/15E148 Safari/605.1.15", "Firefox on iPhone"),
        (
            IPHONE + "like Gecko) Version/18.0 EdgiOS/131.0 Mobile/15E148 Safari/604.1",
            "Edge on iPhone",
        ),
        (
            IPHONE.replace("iPhone", "iPad") + "like Gecko) Version/18.1 Safari/604.1",
            "Safari on iPad",
        ),
        (MAC + "Version/18.1 Safari/605.1.15", "Safari on Mac"),
        (MAC + "Chrome/131.0.0.0 Safari/537.36", "Chrome on Mac"),
        (MAC + "Version/18.1 Safari/605.1.15 Ddg/18.1", "DuckDuckGo on Mac"),
    ],
)
def test_a_browser_is_called_by_two_words(header: str, label: str) -> None:
    assert device_label(header) == label


@pytest.mark.parametrize(
    "header",
    [
        "",
        "curl/8.5.0",
        "python-httpx/0.28",
        "<script>alert(1)</script>",
        "Mozilla/5.0",
        "\x00\ud800",
        "Firefox " * 10_000,
        "Windows NT Firefox/",
        "x" * 2000 + " (X11; Linux) Firefox/133.0",
    ],
)
def test_junk_is_called_nothing(header: str) -> None:
    assert device_label(header) == ""
