"""What a provider signed, judged: every token here was made by hand to be refused."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from pet_app.core.provider import Provider
from pet_app.user.oidc.claims import Known, judge
from pet_app.user.oidc.trouble import NotLetIn, Trouble

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)
AT = int(NOW.timestamp())
PROVIDER = Provider(name="acme", label="Acme", issuer="https://id.example", client_id="us")
NONCE = "n" * 43
RSA = rsa.generate_private_key(65537, 2048)
KEYS: dict[str, Any] = {
    "RS256": RSA,
    "ES256": ec.generate_private_key(ec.SECP256R1()),
    "EdDSA": ed25519.Ed25519PrivateKey.generate(),
}
SAID = {
    "iss": PROVIDER.issuer,
    "sub": "olive",
    "aud": "us",
    "exp": AT + 300,
    "iat": AT,
    "nonce": NONCE,
    "email": "olive@example.com",
    "email_verified": True,
    "name": "Olive",
}
PEM = RSA.public_key().public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
)


def published(kind: str, kid: str = "", **more: Any) -> dict[str, Any]:
    """A public key as the provider shows it."""
    algorithm = jwt.get_algorithm_by_name(kind)
    shown: dict[str, Any] = json.loads(algorithm.to_jwk(KEYS[kind].public_key()))  # pyright: ignore[reportAttributeAccessIssue]
    shown.pop("key_ops", None)
    return shown | {"kid": kid or kind, "use": "sig"} | more


def signed(kind: str = "RS256", kid: str | None = None, **changed: Any) -> str:
    """An id_token with some claims changed; those that are None are left out."""
    said = {name: value for name, value in (SAID | changed).items() if value is not None}
    return jwt.encode(said, KEYS[kind], kind, {"kid": kid or kind})


def by_hand(head: dict[str, Any], signature: bytes = b"", **changed: Any) -> str:
    """A token no library would make."""
    parts = [json.dumps(part).encode() for part in (head, SAID | changed)]
    return b".".join(
        base64.urlsafe_b64encode(part).rstrip(b"=") for part in (*parts, signature)
    ).decode()


def judged(token: Any, *keys: dict[str, Any], now: datetime = NOW, nonce: str = NONCE) -> Known:
    shown = list(keys) or [published(kind) for kind in KEYS]
    return judge(token, lambda _afresh: shown, PROVIDER, nonce, now)


def trouble(token: Any, *keys: dict[str, Any], **more: Any) -> tuple[Trouble, str]:
    with pytest.raises(NotLetIn) as refused:
        judged(token, *keys, **more)
    return refused.value.trouble, refused.value.reason.removeprefix("id_token: ")


@pytest.mark.parametrize("kind", KEYS)
def test_a_good_token_says_whom_it_is_about(kind: str) -> None:
    assert judged(signed(kind)) == Known("olive", "olive@example.com", "Olive")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"iss": "https://evil.example"}, "issuer"),
        ({"iss": None}, "issuer"),
        ({"iss": "https://id.example/"}, "issuer"),
        ({"aud": "another"}, "audience"),
        ({"aud": None}, "audience"),
        ({"aud": []}, "audience"),
        ({"aud": {"us": 1}}, "audience"),
        ({"aud": ["us", "another"]}, "authorised party"),
        ({"azp": "another"}, "authorised party"),
        ({"nonce": "m" * 43}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"nonce": ""}, "nonce"),
        ({"sub": ""}, "subject"),
        ({"sub": 7}, "subject"),
        ({"sub": "x" * 256}, "subject"),
        ({"exp": None}, "exp"),
        ({"iat": None}, "iat"),
        ({"exp": 1e300}, "exp"),
    ],
)
def test_a_token_that_is_not_for_us_and_now_is_refused(
    changed: dict[str, Any], reason: str
) -> None:
    assert trouble(signed(**changed)) == (Trouble.UNUSABLE, reason)


def test_a_token_for_several_says_that_it_was_made_for_us() -> None:
    assert judged(signed(aud=["us", "another"], azp="us")).subject == "olive"


@pytest.mark.parametrize(
    "token", [None, 7, "", "x", "a.b.c", "...", "x" * 40_000, "\x00.\ud800.", ["x"]]
)
def test_what_is_no_token_is_refused(token: Any) -> None:
    assert trouble(token)[0] == Trouble.UNUSABLE


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "", None, ["RS256"], "RS512"])
def test_a_token_without_a_signature_we_believe_is_refused(algorithm: Any) -> None:
    assert trouble(by_hand({"alg": algorithm, "kid": "RS256"}))[0] == Trouble.UNUSABLE


def test_a_public_key_is_never_taken_for_a_shared_secret() -> None:
    key = jwt.get_algorithm_by_name("HS256")
    for secret in (PEM, PEM.strip(), json.dumps(published("RS256")).encode(), b"us"):
        for kid in ("RS256", "x"):
            body = by_hand({"alg": "HS256", "typ": "JWT", "kid": kid}).rpartition(".")[0]
            signature = base64.urlsafe_b64encode(key.sign(body.encode(), secret)).rstrip(b"=")
            assert trouble(f"{body}.{signature.decode()}") == (Trouble.UNUSABLE, "algorithm")


def test_a_key_published_for_one_kind_is_not_used_for_another() -> None:
    assert trouble(signed("ES256", kid="RS256"))[1] == "key"
    assert trouble(signed(), published("RS256", use="enc"))[1] == "key"
    assert trouble(signed(), published("RS256", alg="PS256"))[1] == "key"
    shared = {"kty": "oct", "k": "c2VjcmV0", "kid": "RS256"}
    assert trouble(signed(), shared)[1] == "key"


def test_another_key_under_the_same_name_does_not_fit() -> None:
    stranger = rsa.generate_private_key(65537, 2048)
    token = jwt.encode(SAID, stranger, "RS256", {"kid": "RS256"})
    assert trouble(token) == (Trouble.UNUSABLE, "InvalidSignatureError")


def test_a_key_that_comes_with_the_token_counts_for_nothing() -> None:
    stranger = rsa.generate_private_key(65537, 2048)
    own = json.loads(jwt.get_algorithm_by_name("RS256").to_jwk(stranger.public_key()))  # pyright: ignore[reportAttributeAccessIssue]
    head = {"jwk": own, "jku": "https://evil.example/jwks", "kid": "x"}
    assert trouble(jwt.encode(SAID, stranger, "RS256", head))[1] == "key"


def test_a_changed_claim_breaks_the_signature() -> None:
    head, _, signature = signed().split(".")
    body = base64.urlsafe_b64encode(json.dumps(SAID | {"sub": "eve"}).encode()).rstrip(b"=")
    assert trouble(f"{head}.{body.decode()}.{signature}")[1] == "InvalidSignatureError"


def test_a_key_that_is_not_known_yet_is_asked_for_once() -> None:
    asked: list[bool] = []

    def keys(afresh: bool) -> list[dict[str, Any]]:
        asked.append(afresh)
        return [published("RS256")] if afresh else [published("RS256", kid="old")]

    assert judge(signed(), keys, PROVIDER, NONCE, NOW).subject == "olive"
    assert asked == [False, True]


def test_without_a_name_the_key_has_to_be_the_only_one() -> None:
    token = jwt.encode(SAID, RSA, "RS256")
    assert judged(token, published("RS256")).subject == "olive"
    assert trouble(token, published("RS256", "one"), published("RS256", "two"))[1] == "key"


@pytest.mark.parametrize("minutes", [-10, 10])
def test_a_clock_that_is_ten_minutes_off_is_said_whichever_it_is(minutes: int) -> None:
    moved = NOW + timedelta(minutes=minutes)
    assert trouble(signed(), now=moved)[0] == Trouble.CLOCK
    assert trouble(signed(exp=AT + 3600), now=moved)[0] == Trouble.CLOCK


@pytest.mark.parametrize("seconds", [-59, 0, 59])
def test_a_minute_is_forgiven(seconds: int) -> None:
    assert judged(signed(), now=NOW + timedelta(seconds=seconds))
    assert judged(signed(exp=AT, iat=AT - 9), now=NOW + timedelta(seconds=seconds))


def test_a_minute_is_all_that_is_forgiven() -> None:
    assert trouble(signed(exp=AT), now=NOW + timedelta(seconds=61))[0] == Trouble.CLOCK
    assert trouble(signed(iat=AT + 61))[0] == Trouble.CLOCK
    assert trouble(signed(nbf=AT + 61))[0] == Trouble.CLOCK


@pytest.mark.parametrize("checked", [False, None, "false", "yes", 1, [True]])
def test_an_address_counts_only_when_the_provider_has_checked_it(checked: Any) -> None:
    assert judged(signed(email_verified=checked)).email == ""
    assert judged(signed(email_verified="true")).email == "olive@example.com"
