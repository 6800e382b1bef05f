"""One letter, two renderings: the same words in both, and nothing in them that acts."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pet_app.core.mail import look, render
from pet_app.core.mail.letter import Button, Code, Facts, Fine, Letter, Text
from pet_app.core.mail.server import MailServer
from pet_app.core.settings import ROOT, Settings, settings

TOKEN = "/verify#" + "k" * 90
LETTER = Letter(
    "test",
    "A headline",
    (
        Text("Hello Zoë,\nthis goes on for long enough that it has to be wrapped somewhere here."),
        Code("482 915", "Your code"),
        Facts((("When", "today"), ("Where", "at home"))),
        Button("Press me", TOKEN),
        Fine("Only once."),
    ),
)
HOSTILE = "</td></table><script>alert(1)</script><img src=x onerror=a()>\"'&\0\u202e\ud800"
NAMES = ["محمد بن سلمان", "木" * 200, "Zoë 🐕‍🦺", "x" * 10_000, HOSTILE]


class Page(HTMLParser):
    """The elements, the attributes and the words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += f" {data}"

    @property
    def names(self) -> set[str]:
        return {tag for tag, _ in self.elements}


def test_both_say_the_same() -> None:
    html, text = Page(render.html(LETTER)), render.text(LETTER)
    for said in ("A headline", "Hello Zoë,", "482 915", "Your code", "today", "at home"):
        assert said in html.words
        assert said in text
    for said in ("Press me", "Only once.", settings().site_url + TOKEN, look.NEVER_ASKED):
        assert said in html.words
        assert said in text


def test_text_is_wrapped_at_72_and_addresses_stay_whole() -> None:
    lines = render.text(LETTER).splitlines()
    assert settings().site_url + TOKEN in lines
    assert all(len(line) <= 72 for line in lines if not line.startswith("http"))


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_only_ever_text(name: str) -> None:
    letter = Letter(
        "test",
        name,
        (Text(name), Code(name, name), Facts(((name, name),)), Button(name, "/x"), Fine(name)),
        preheader=name,
    )
    plain = Page(render.html(LETTER))
    page, text = Page(render.html(letter)), render.text(letter)
    assert page.names == plain.names
    assert len(letter.headline) <= 150
    assert all(len(line) <= 72 for line in text.splitlines())
    assert not {"\0", "\u202e"} & set(text + page.words)
    (text + render.html(letter)).encode()


def test_a_letter_loads_nothing() -> None:
    page = Page(render.html(LETTER))
    assert not page.names & {"script", "img", "link", "iframe", "object", "form"}
    assert "url(" not in render.html(LETTER)
    assert "@import" not in render.html(LETTER)
    links = {element.get("href") for tag, element in page.elements if tag == "a"}
    assert links == {settings().site_url, settings().site_url + TOKEN}


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "verify", "http://a\nb"]
)
def test_a_button_leads_only_to_a_web_address(url: str) -> None:
    with pytest.raises(ValueError, match="web address"):
        render.html(Letter("test", "x", (Button("Press", url),)))


def test_what_inboxes_show_beside_the_subject_comes_first() -> None:
    words = Page(render.html(LETTER)).words
    assert words.index("Hello Zoë, this goes on") < words.index("Harness Hero")
    chosen = Letter("test", "x", LETTER.blocks, preheader="Read me")
    assert chosen.glimpse == "Read me"


def test_the_letters_wear_the_colours_of_the_shop() -> None:
    tokens = (ROOT / Path("assets/styles/tokens.css")).read_text()
    light, dark = tokens.split(":root.dark")
    for colours, block in ((look.LIGHT, light), (look.DARK, dark)):
        said = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
        on_paper = {name: colour for name, colour in colours.items() if name != "sunk"}
        assert on_paper.items() <= said.items()


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtps://mail.test", MailServer("mail.test", 465, "tls")),
        ("smtp://mail.test", MailServer("mail.test", 587, "starttls")),
        ("smtp://mail.test:2525?tls=starttls", MailServer("mail.test", 2525, "starttls")),
        ("smtp://mail.test?tls=none", MailServer("mail.test", 25, "none")),
        ("smtp://a%40b:p%2Fw@mail.test", MailServer("mail.test", 587, "starttls", "a@b", "p/w")),
    ],
)
def test_a_mail_server_is_named_by_one_address(url: str, server: MailServer) -> None:
    assert MailServer.from_url(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "http://mail.test",
        "smtp://",
        "smtp://u:hunter2@h:99999",
        "smtp://u:hunter2@mail.test?tls=none",
        "smtp://h?tls=maybe",
        "x",
    ],
)
def test_a_mail_server_nobody_can_reach_is_refused_without_its_password(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("MAIL_URL", url)
    with pytest.raises(ValueError, match="MAIL_URL") as refused:
        Settings()
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("sender", ["nobody", "a@b.test\r\nBcc: c@d.test", "Name <a@b>, c@d.test"])
def test_a_sender_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, sender: str) -> None:
    monkeypatch.setenv("MAIL_FROM", sender)
    with pytest.raises(ValueError, match="MAIL_FROM"):
        Settings()


@pytest.mark.parametrize("missing", ["MAIL_URL", "MAIL_FROM"])
def test_production_does_not_start_without_a_mail_server(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setenv("PET_ENV", "production")
    monkeypatch.setenv("SECRET_KEY", "s" * 40)
    monkeypatch.setenv("MAIL_URL", "smtps://u:hunter2@mail.test")
    monkeypatch.setenv("MAIL_FROM", "Harness Hero <hello@shop.test>")
    assert Settings().mail_server == MailServer("mail.test", 465, "tls", "u", "hunter2")
    assert "hunter2" not in repr(Settings())
    monkeypatch.delenv(missing)
    with pytest.raises(ValueError, match="MAIL_URL and MAIL_FROM"):
        Settings()
