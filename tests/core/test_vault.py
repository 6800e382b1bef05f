"""Values sealed for one person are read by the shop alone, and by nobody once their key is gone."""

import pytest

from pet_app.core import db, vault


@pytest.fixture(autouse=True)
def _tables(empty_database: str) -> None:
    db.create_all()


def test_a_sealed_value_comes_back_for_its_person_alone() -> None:
    with db.writing() as session:
        sealed = vault.seal(session, "olive", "olive@example.com")
        vault.seal(session, "sasha", "something")
        assert "olive@" not in sealed
        assert vault.unseal(session, "olive", sealed) == "olive@example.com"
        with pytest.raises(vault.Unreadable):
            vault.unseal(session, "sasha", sealed)


def test_a_value_is_noise_once_the_key_is_destroyed() -> None:
    with db.writing() as session:
        sealed = vault.seal(session, "olive", "olive@example.com")
        vault.destroy_key(session, "olive")
        with pytest.raises(vault.Unreadable):
            vault.unseal(session, "olive", sealed)
        vault.seal(session, "olive", "a new key")
        with pytest.raises(vault.Unreadable):
            vault.unseal(session, "olive", sealed)


def test_a_changed_value_is_refused() -> None:
    sealed = vault.seal_for_shop("registration", "text")
    assert vault.unseal_for_shop("registration", sealed) == "text"
    changed = sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:]
    for bad in (changed, "", "!!", sealed[:10]):
        with pytest.raises(vault.Unreadable):
            vault.unseal_for_shop("registration", bad)
    with pytest.raises(vault.Unreadable):
        vault.unseal_for_shop("another purpose", sealed)
