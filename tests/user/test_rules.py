"""Which names, addresses and passwords an account may have."""

import pytest

from pet_app.user import rules


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("owner@demo.test", "owner@demo.test"),
        ("  Olive.Owner@Example.COM ", "olive.owner@example.com"),
        ("me+shop@bücher.example", "me+shop@xn--bcher-kva.example"),
    ],
)
def test_an_email_is_kept_in_one_spelling(typed: str, kept: str) -> None:
    assert rules.normal_email(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "olive",
        "olive@",
        "@example.com",
        "olive@example",
        "olive owner@example.com",
        "olive@exa mple.com",
        "olive@example.com\nBcc: all@example.com",
        "olive@-example.com",
        "olive@example..com",
        "<olive@example.com>",
        "olive\x00@example.com",
        "olive\ud800@example.com",
        "a" * 65 + "@example.com",
        "a@" + "b" * 64 + ".com",
        "a@" + ".".join(["b" * 60] * 5) + ".com",
    ],
)
def test_what_cannot_be_an_email_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        rules.normal_email(typed)


@pytest.mark.parametrize(
    "name",
    [
        "Olive",
        "Łukasz Żak",
        "王小明",
        "نور",
        "O'Brien-Smith",
        "  A  B ",
        "علی\u200cرضا",
        "क्\u200dष",
        "👨\u200d👩\u200d👧",
        "<b>Bo</b>",
    ],
)
def test_a_name_may_be_in_any_script(name: str) -> None:
    assert rules.clean_name(name) == " ".join(name.split())


@pytest.mark.parametrize(
    "name", ["", "   ", "a" * 81, "a" * 10_000, "a\x00b", "a\u202eb", "\u200dab", "a\u200d b"]
)
def test_a_name_that_cannot_be_shown_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        rules.clean_name(name)


@pytest.mark.parametrize(
    "password",
    [
        "",
        "seven77",
        "a" * 1025,
        "password",
        "Password123!",
        "P4ssw0rd",
        "12345678",
        "87654321",
        "aaaaaaaaaaaa",
        "abababababab",
        "qwertyuiop",
        "iloveyou2",
        "Sunshine!",
        "abcdefghijkl",
        "olive.owner",
        "my-Olive-Owner-1",
    ],
)
def test_a_password_anybody_would_try_is_refused(password: str) -> None:
    assert rules.fault_in_password(password, "Olive Owner", "olive.owner") or (
        rules.fault_in_password(password, "olive", "owner")
    )


@pytest.mark.parametrize(
    "password",
    [
        "harness-hero-demo",
        "correct horse battery staple",
        "x7#kPq!m",
        "пароль-собаки-рекс",
        "🐕🐈🐾🦮🐩🐕‍🦺🐱🐶",
        "z" + "abcdefgh0246" * 80,
    ],
)
def test_a_long_or_odd_password_is_welcome(password: str) -> None:
    assert rules.fault_in_password(password, "Olive Owner", "olive") is None
