"""Whether a request came from this machine, which only the connection can prove."""

import pytest

from pet_app.user.client import client_of


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_a_connection_from_this_machine_is_loopback(host: str) -> None:
    assert client_of(host, {}).loopback


@pytest.mark.parametrize(
    ("host", "headers"),
    [
        (None, {}),
        ("", {}),
        ("testclient", {}),
        ("192.168.1.20", {}),
        ("192.168.1.20", {"x-forwarded-for": "127.0.0.1"}),
        ("127.0.0.1", {"x-forwarded-for": "192.168.1.20"}),
        ("127.0.0.1", {"x-forwarded-for": "127.0.0.1, 192.168.1.20"}),
        ("127.0.0.1", {"x-forwarded-for": ""}),
        ("127.0.0.1", {"x-real-ip": "10.0.0.7"}),
        ("127.0.0.1", {"forwarded": "for=127.0.0.1"}),
    ],
)
def test_a_proxy_can_take_loopback_away_but_never_grant_it(host: str, headers: dict) -> None:
    assert not client_of(host, headers).loopback


@pytest.mark.parametrize(
    ("host", "forwarded", "address"),
    [
        ("192.168.1.20", "203.0.113.9", "192.168.1.20"),
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "10.6.6.6, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "203.0.113.9, ", "127.0.0.1"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
    ],
)
def test_visitors_behind_a_proxy_of_this_machine_are_told_apart(
    host: str, forwarded: str, address: str
) -> None:
    assert client_of(host, {"x-forwarded-for": forwarded}).address == address
