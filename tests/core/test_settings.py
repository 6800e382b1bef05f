"""Settings are read from the environment, and production refuses the ones made for play."""

import pytest
from pydantic import ValidationError

from pet_app.core.settings import DEVELOPMENT_SECRET, Settings, settings


def test_everything_has_a_value_that_works(shop: object) -> None:
    found = settings()
    assert found.database_url == f"sqlite:///{found.data_dir / 'shop.db'}"
    assert found.site_url == f"http://localhost:{found.port}"
    assert (found.redis_url, found.chosen_sections) == (None, ())


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_a_postgres_address_names_the_driver_we_have(
    monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"{scheme}://shop@db/shop")
    assert Settings().database_url == "postgresql+psycopg://shop@db/shop"


def test_an_empty_variable_is_no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "")
    assert Settings().redis_url is None


@pytest.mark.parametrize("secret", [None, DEVELOPMENT_SECRET, "short"])
def test_production_refuses_a_secret_anybody_could_know(
    monkeypatch: pytest.MonkeyPatch, secret: str | None
) -> None:
    monkeypatch.setenv("PET_ENV", "production")
    if secret is not None:
        monkeypatch.setenv("SECRET_KEY", secret)
    with pytest.raises(ValidationError, match="SECRET_KEY"):
        Settings()


def test_no_secret_is_shown_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://shop:hunter2@db/shop")
    assert "hunter2" not in repr(Settings())
    assert DEVELOPMENT_SECRET not in repr(Settings())


def test_sections_are_a_list_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PET_SECTIONS", "user, pet,,builder")
    assert Settings().chosen_sections == ("user", "pet", "builder")


@pytest.mark.parametrize(
    ("secret", "base", "fault"),
    [
        ("", "", "STRIPE_WEBHOOK_SECRET"),
        ("  ", "", "STRIPE_WEBHOOK_SECRET"),
        ("whsec_1", "http://localhost:12111", "STRIPE_API_BASE"),
    ],
)
def test_a_production_that_takes_money_must_believe_stripe_and_nobody_else(
    monkeypatch: pytest.MonkeyPatch, secret: str, base: str, fault: str
) -> None:
    for name, value in {
        "PET_ENV": "production",
        "SECRET_KEY": "s" * 40,
        "MAIL_URL": "smtps://mail.example.com",
        "MAIL_FROM": "shop@example.com",
        "STRIPE_SECRET_KEY": "sk_live_1",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("STRIPE_WEBHOOK_SECRET", "whsec_old whsec_new")
    assert "sk_live_1" not in repr(Settings())
    monkeypatch.setenv("STRIPE_WEBHOOK_SECRET", secret)
    monkeypatch.setenv("STRIPE_API_BASE", base)
    with pytest.raises(ValidationError, match=fault):
        Settings()
