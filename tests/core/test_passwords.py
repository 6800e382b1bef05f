"""How passwords are kept."""

from argon2 import extract_parameters

from pet_app.core import passwords


def test_hashes_are_argon2id_at_the_floor_of_the_standard_or_above() -> None:
    for password_hash in (passwords.hash_password("a long password"), passwords.DECOY):
        kept = extract_parameters(password_hash)
        assert kept.type.name == "ID"
        assert (kept.memory_cost, kept.time_cost, kept.parallelism) >= (19_456, 2, 1)


def test_one_password_never_hashes_the_same_twice() -> None:
    assert passwords.hash_password("same again") != passwords.hash_password("same again")


def test_no_character_of_a_long_password_is_dropped() -> None:
    long = "x" * 500
    kept = passwords.hash_password(long + "a")
    assert passwords.password_matches(kept, long + "a")
    assert not passwords.password_matches(kept, long + "b")
    assert not passwords.password_matches(kept, long)


def test_a_password_matches_however_its_accents_were_typed() -> None:
    assert passwords.password_matches(
        passwords.hash_password("caf\u00e9 caf\u00e9"), "cafe\u0301 cafe\u0301"
    )


def test_a_damaged_hash_or_password_matches_nothing_and_breaks_nothing() -> None:
    assert not passwords.password_matches("not a hash", "anything")
    assert not passwords.password_matches(passwords.DECOY, "\ud800")
