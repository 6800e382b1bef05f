"""Whether a request came from this machine, which only the connection can prove."""

import pytest

from pet_app.core.proxies import UNKNOWN
from pet_app.user.client import client_of

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_a_connection_from_this_machine_is_loopback(host: str) -> None:
    assert client_of(host, {}).loopback


@pytest.mark.parametrize("host", [None, "", "testclient", "localhost", UNKNOWN, "192.168.1.20"])
def test_any_other_is_not_whatever_its_headers_say(host: str | None) -> None:
    headers = {"x-forwarded-for": "127.0.0.1", "x-real-ip": "::1", "host": "localhost"}
    assert not client_of(host, headers).loopback


def test_a_client_has_an_address_and_a_browser_its_owner_knows() -> None:
    client = client_of("203.0.113.9", {"user-agent": FIREFOX})
    assert (client.address, client.device) == ("203.0.113.9", "Firefox on Linux")
    assert client_of(None, {}).address == UNKNOWN
