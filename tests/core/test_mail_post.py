"""Letters against a real SMTP server: what arrives, what is tried again, what is given up."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from sqlmodel import select

from pet_app.core import db
from pet_app.core.mail.letter import Button, Fine, Letter, Text
from pet_app.core.mail.post import MailDown, post
from pet_app.core.models import LetterRow, LetterState
from pet_app.core.settings import settings
from tests import servers
from tests.mailbox import PASSWORD, USER, Mailbox, certificate

LETTER = Letter(
    "account.verify",
    "Confirm your e-mail address",
    (Text("Hello Zoë,"), Button("Confirm", "/verify#token"), Fine("It works once.")),
)
TO = "zoe@example.test"
SIGNED_IN = f"{USER}:{quote(PASSWORD, safe='')}@"

Open = Callable[..., Mailbox]


@pytest.fixture
def mailboxes(shop: Path) -> Iterator[Open]:
    """Starts mail servers with options; they end with the test."""
    started: list[Mailbox] = []

    def start(**options: Any) -> Mailbox:
        started.append(Mailbox(shop, **options).start())
        return started[-1]

    yield start
    for mailbox in started:
        mailbox.kill()


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Names the mail server in the settings."""

    def name(url: str) -> None:
        monkeypatch.setenv("MAIL_URL", url)
        monkeypatch.setenv("MAIL_FROM", "Harness Hero <hello@shop.test>")
        settings.cache_clear()

    return name


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mailbox]:
    """One mail server without TLS for all who want no other."""
    found = Mailbox(tmp_path_factory.mktemp("mailbox"))
    yield found
    found.kill()


@pytest.fixture
def mailbox(plain: Mailbox, use: Callable[[str], None], sqlite_database: str) -> Mailbox:
    """An empty mail server the shop uses."""
    plain.empty()
    use(f"smtp://{plain.address}?tls=none")
    return plain


def send(key: str = "event:user.send", to: str = TO, letter: Letter = LETTER) -> None:
    post(letter, person="", to=to, key=key)


def row(key: str = "event:user.send") -> LetterRow:
    with db.reading() as session:
        return session.exec(select(LetterRow).where(LetterRow.id == key)).one()


def test_a_letter_arrives_whole(database: str, mailboxes: Open, use: Callable[[str], None]) -> None:
    mailbox = mailboxes()
    use(f"smtp://{mailbox.address}?tls=none")
    send()
    (taken,) = mailbox.letters()
    assert (taken.sender, taken.to) == ("hello@shop.test", [TO])
    headers = {name.lower(): value for name, value in taken.message.items()}
    assert headers["from"] == "Harness Hero <hello@shop.test>"
    assert headers["to"] == TO
    assert headers["subject"] == "Confirm your e-mail address"
    assert headers["auto-submitted"] == "auto-generated"
    assert headers["message-id"].endswith("@shop.test>")
    assert "date" in headers
    assert "Hello Zoë," in taken.part("plain")
    assert f"{settings().site_url}/verify#token" in taken.part("plain")
    assert "Hello Zoë," in taken.part("html")
    assert taken.raw.isascii()
    assert max(len(line) for line in taken.raw.splitlines()) <= 998
    found = row()
    assert (found.state, found.tries, found.sealed, found.reason) == (LetterState.SENT, 1, "", "")


def test_a_letter_that_was_sent_is_not_sent_again(mailbox: Mailbox) -> None:
    send()
    send()
    assert len(mailbox.letters()) == 1
    assert row().tries == 1


def test_a_try_repeated_after_a_crash_is_the_same_message(mailbox: Mailbox) -> None:
    mailbox.answer("after data", "vanish")
    with pytest.raises(MailDown):
        send()
    mailbox.answer("")
    mailbox.start()
    send()
    first, second = mailbox.letters()
    assert first.raw == second.raw


def test_a_process_that_died_before_it_wrote_so_had_sent_the_letter(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr("pet_app.core.mail.post._note_sent", die)
        with pytest.raises(SystemExit):
            send()
    assert row().state == LetterState.WAITING
    send()
    assert len(mailbox.letters()) == 1
    assert (row().state, row().tries) == (LetterState.SENT, 2)


def test_a_server_that_is_away_gets_the_letter_when_it_is_back(mailbox: Mailbox) -> None:
    mailbox.kill()
    for tries in (1, 2):
        with pytest.raises(MailDown):
            send()
        waiting = row()
        assert (waiting.state, waiting.tries) == (LetterState.WAITING, tries)
        assert waiting.reason.startswith("The mail server does not answer.")
    mailbox.start()
    send()
    assert len(mailbox.letters()) == 1
    assert (row().state, row().reason) == (LetterState.SENT, "")


@pytest.mark.parametrize("step", ["rcpt", "data"])
def test_a_refusal_for_good_is_not_tried_again(mailbox: Mailbox, step: str) -> None:
    mailbox.answer(step, f"550 5.1.1 <{TO}>: no such mailbox")
    send()
    refused = row()
    assert refused.state == LetterState.FAILED
    assert "refuses this" in refused.reason
    assert "550" in refused.reason
    assert TO not in refused.reason
    mailbox.answer("")
    send()
    assert mailbox.letters() == []


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("rcpt", "451 4.7.1 greylisted"),
        ("data", "452 4.3.1 disk full"),
        ("rcpt", "421 4.3.2 going down"),
        ("rcpt", "530 5.7.0 sign in first"),
    ],
)
def test_a_refusal_for_now_is_tried_again(mailbox: Mailbox, step: str, said: str) -> None:
    mailbox.answer(step, said)
    with pytest.raises(MailDown):
        send()
    assert row().state == LetterState.WAITING
    mailbox.answer("")
    send()
    assert len(mailbox.letters()) == 1


@pytest.mark.parametrize(
    "to",
    [
        "a@b.test\r\nBcc: all@b.test",
        "a@b.test, c@b.test",
        "<a@b.test>",
        "a b@b.test",
        "a@b@c.test",
        "@b.test",
        "a@",
        "",
        "a@b.test\0",
        "a@" + "b" * 300 + ".test",
    ],
)
def test_what_is_not_one_address_is_never_written_to(mailbox: Mailbox, to: str) -> None:
    send(to=to)
    assert row().state == LetterState.FAILED
    assert mailbox.letters() == []


def test_a_subject_cannot_begin_a_header_of_its_own(mailbox: Mailbox) -> None:
    hostile = Letter("x", "Rex\r\nBcc: all@b.test\r\n\r\nBody\0\u202e", (Text("Hello"),))
    send(letter=hostile)
    (taken,) = mailbox.letters()
    assert taken.message["Subject"] == "Rex Bcc: all@b.test Body"
    assert taken.message["Bcc"] is None
    assert taken.to == [TO]


def test_an_address_in_another_script_is_written_to(mailbox: Mailbox) -> None:
    send(to="jürgen@bücher.test")
    (taken,) = mailbox.letters()
    assert taken.to == ["jürgen@xn--bcher-kva.test"]
    assert "jürgen@xn--bcher-kva.test".encode() in taken.raw


def test_a_server_that_cannot_write_such_an_address_is_named_as_the_reason(
    mailboxes: Open, use: Callable[[str], None], sqlite_database: str
) -> None:
    mailbox = mailboxes(utf8=False)
    use(f"smtp://{mailbox.address}?tls=none")
    send(to="jürgen@example.test")
    assert row().state == LetterState.FAILED
    assert "in this script" in row().reason
    # A domain of another script needs no such server.
    send(key="second", to="zoe@bücher.test")
    assert [taken.to for taken in mailbox.letters()] == [["zoe@xn--bcher-kva.test"]]


@pytest.mark.parametrize(("tls", "scheme"), [("starttls", "smtp"), ("tls", "smtps")])
def test_letters_travel_under_tls_that_is_verified(
    mailboxes: Open,
    use: Callable[[str], None],
    sqlite_database: str,
    shop: Path,
    monkeypatch: pytest.MonkeyPatch,
    tls: str,
    scheme: str,
) -> None:
    of_another = certificate(shop, "127.0.0.2")
    for pem in (certificate(shop), of_another):
        mailbox = mailboxes(tls=tls, pem=str(pem), auth=True)
        use(f"{scheme}://{SIGNED_IN}{mailbox.address}")
        with pytest.raises(MailDown, match="prove"):
            send()
        # The second is signed by somebody we trust, and still speaks for another server.
        monkeypatch.setenv("SSL_CERT_FILE", str(of_another))
        assert mailbox.letters() == []


@pytest.mark.parametrize(("tls", "scheme"), [("starttls", "smtp"), ("tls", "smtps")])
def test_the_shop_signs_in_to_its_mail_server(
    mailboxes: Open,
    use: Callable[[str], None],
    sqlite_database: str,
    shop: Path,
    monkeypatch: pytest.MonkeyPatch,
    tls: str,
    scheme: str,
) -> None:
    pem = certificate(shop)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    mailbox = mailboxes(tls=tls, pem=str(pem), auth=True)
    use(f"{scheme}://{USER}:wrong@{mailbox.address}")
    with pytest.raises(MailDown, match="name and password"):
        send()
    use(f"{scheme}://{SIGNED_IN}{mailbox.address}")
    send()
    assert len(mailbox.letters()) == 1
    assert "p@ss" not in row().reason


def test_nothing_is_sent_where_starttls_is_missing(
    mailboxes: Open, use: Callable[[str], None], sqlite_database: str
) -> None:
    mailbox = mailboxes()
    use(f"smtp://{SIGNED_IN}{mailbox.address}")
    with pytest.raises(MailDown, match="does not offer"):
        send()
    assert mailbox.letters() == []


def test_a_server_that_says_nothing_is_waited_for_only_so_long(
    use: Callable[[str], None], sqlite_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pet_app.core.mail.gateway.TIMEOUT_S", 0.3)
    with servers.silent() as port:
        use(f"smtp://127.0.0.1:{port}?tls=none")
        with pytest.raises(MailDown, match="does not answer"):
            send()
