"""Signing in on a site beside the main one, through it, by a code that works once.

Both sites stand on one database. The sister keeps a state and a verifier, sends the browser to the
main site with the state and the verifier's hash, and changes the code it comes back with. The code
is good for a minute, for that site, that state and that verifier; it is gone with the first try.
"""

import base64
import hashlib
import json
import secrets
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from urllib.parse import urlencode

from sqlmodel import Session

from pet_app.core import vault
from pet_app.core.errors import Invalid, NotFound
from pet_app.core.security import Identity, Permission, fingerprint, is_token
from pet_app.core.settings import settings
from pet_app.user.attempts import count_link
from pet_app.user.client import Client
from pet_app.user.models import Purpose, User
from pet_app.user.oidc.trouble import NotLetIn, Trouble
from pet_app.user.service import one_time
from pet_app.user.service.sign_in import SignedIn, open_for

WAY_LASTS = timedelta(minutes=10)
CODE_LASTS = timedelta(seconds=60)
WAYS = "ways to the main site and back"
PASSES = "codes for sister sites"
ENTER = "/api/v1/sister-sites/enter"
BACK = "/api/v1/main-site/callback"

NO_MAIN_SITE = "This site has accounts of its own. Sign in here."
NO_SUCH_SITE = "No site of ours asked for this. Go back to where you came from and start again."


@dataclass(frozen=True)
class Way:
    """Somebody is on their way to the main site and back, in the browser that holds the token
    whose fingerprint `browser` is; `then` is the page to show afterwards, or empty."""

    browser: str
    verifier: str = field(repr=False)
    then: str = ""


@dataclass(frozen=True)
class Pass:
    """Whom a code is for: which site, which way, the hash of which verifier; and whether a second
    factor was shown on the main site."""

    site: str
    state: str
    challenge: str
    strong: bool


def set_out(session: Session, browser: str, then: str, client: Client) -> str:
    """Begin to sign in through the main site: the address there.

    Raises `NotFound` on a site without one, `TooManyRequests`.
    """
    there = settings().main_site_url
    if not there:
        raise NotFound(NO_MAIN_SITE)
    count_link(session, client)
    way = Way(fingerprint(browser), secrets.token_urlsafe(48), then)
    state = one_time.hand_out(
        session,
        Purpose.MAIN_SITE,
        lasts=WAY_LASTS,
        sealed=vault.seal_for_shop(WAYS, json.dumps(asdict(way))),
    )
    asked = {"site": settings().site_url, "state": state, "challenge": challenge_of(way.verifier)}
    return f"{there}{ENTER}?{urlencode(asked)}"


def check_sister(site: str, state: str, challenge: str) -> None:
    """Make sure that a listed site of ours asks. Raises `NotFound`: nobody is sent elsewhere."""
    if site not in settings().sisters or not (is_token(state) and is_token(challenge)):
        raise NotFound(NO_SUCH_SITE)


def hand_pass(session: Session, identity: Identity, site: str, state: str, challenge: str) -> str:
    """Vouch for who is signed in here: where their browser goes on. Raises `NotFound`,
    `NotSignedIn`."""
    check_sister(site, state, challenge)
    identity.must(Permission.ACCOUNT)
    given = Pass(site, state, challenge, identity.strong)
    code = one_time.hand_out(
        session,
        Purpose.SISTER,
        lasts=CODE_LASTS,
        user_id=identity.user_id,
        sealed=vault.seal_for_shop(PASSES, json.dumps(asdict(given))),
    )
    return f"{site}{BACK}?{urlencode({'code': code, 'state': state})}"


def take_up(session: Session, state: str, code: str) -> tuple[Way, Pass, str]:
    """The way that ends here, the pass that came with it and whose it is; both are gone with that.

    Raises `NotLetIn`. Commit before judging, or a second try would find them again.
    """
    if not settings().main_site_url:
        raise NotLetIn(Trouble.UNKNOWN)
    try:
        way = one_time.take_up(session, state, Purpose.MAIN_SITE)
        given = one_time.take_up(session, code, Purpose.SISTER)
        return (
            Way(**json.loads(vault.unseal_for_shop(WAYS, way.sealed))),
            Pass(**json.loads(vault.unseal_for_shop(PASSES, given.sealed))),
            given.user_id or "",
        )
    except (Invalid, vault.Unreadable):
        raise NotLetIn(Trouble.START_AGAIN, "state or code") from None


def check_pass(way: Way, given: Pass, state: str, browser: str) -> None:
    """Make sure that who comes back is who set out, with a pass for this site. Raises `NotLetIn`.

    Otherwise somebody could have a visitor sign in with a pass that is not theirs, or one site use
    what was given to another.
    """
    right = (
        way.browser == fingerprint(browser)
        and given.site == settings().site_url
        and given.state == state
        and secrets.compare_digest(given.challenge, challenge_of(way.verifier))
    )
    if not right:
        raise NotLetIn(Trouble.START_AGAIN, "another browser, site, way or verifier")


def come_in(
    session: Session,
    user_id: str,
    given: Pass,
    client: Client,
    guest: Identity,
    old_token: str | None,
) -> SignedIn:
    """Sign in whom the main site vouches for. Raises `NotLetIn`, `Forbidden` for who is leaving.

    The second step was asked for there; what was shown there counts here.
    """
    user = session.get(User, user_id)
    if user is None or user.disabled:
        raise NotLetIn(Trouble.CLOSED)
    if user.demo and (settings().is_production or not client.loopback):
        raise NotLetIn(Trouble.REFUSED, "a demonstration account from elsewhere")
    return open_for(session, user, client, guest, old_token, strong=given.strong)


def challenge_of(verifier: str) -> str:
    """The SHA-256 of a verifier as it travels."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
