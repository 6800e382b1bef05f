"""The pages of the stand-in: one to pay on, one for 3-D Secure, and one that shows everything."""

from dataclasses import dataclass
from html import escape
from typing import Any

from tests.stripe import disputes, refunds, sessions
from tests.stripe.errors import Refused
from tests.stripe.store import Store, Thing

CARDS = (
    ("4242424242424242", "Pay"),
    ("4000000000000002", "Be declined"),
    ("4000000000009995", "Have too little money"),
    ("4000002760003184", "Be asked for 3-D Secure"),
    ("", "Pay by bank debit, which takes days"),
    ("4000000000007726", "Pay; a refund will take days"),
    ("4000000000000259", "Pay, and dispute it"),
    ("4000000000005423", "Pay with a stolen card"),
)
LOOK = """
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:0 auto;padding:1.5rem}
body.wide{max-width:64rem} main{overflow-x:auto}
h1{font-size:1.25rem;margin:0 0 .25rem} .sum{font-size:2rem;font-weight:650;margin:.25rem 0 1rem}
.note{border:1px solid;border-radius:.5rem;padding:.5rem .75rem;margin:0 0 1.25rem}
.bad{border-color:#c0392b} ul{list-style:none;padding:0;margin:0 0 1.25rem}
li{display:flex;justify-content:space-between;gap:1rem;padding:.35rem 0;
border-bottom:1px solid #8884} form{margin:0 0 .5rem}
button{font:inherit;width:100%;min-height:44px;border-radius:.5rem;
border:1px solid #8888;background:transparent;color:inherit;cursor:pointer;text-align:left;
padding:.5rem .75rem} form:first-of-type button{background:#1d4d4f;border-color:#1d4d4f;color:#fff}
button{display:flex;justify-content:space-between;align-items:center;gap:.75rem}
button small{opacity:.75;font-variant-numeric:tabular-nums}
table{width:100%;border-collapse:collapse;font-size:.875rem}
td,th{text-align:left;padding:.4rem .5rem .4rem 0;border-bottom:1px solid #8884;vertical-align:top}
td form{display:inline-block;margin:0 .25rem 0 0} td button{width:auto;min-height:0;
padding:.15rem .5rem;background:transparent!important;color:inherit!important;
border-color:#8888!important}
"""


@dataclass(frozen=True)
class Shown:
    """A page, or where the browser is sent."""

    html: str = ""
    to: str = ""


def show(store: Store, method: str, path: str, given: dict[str, Any]) -> Shown:
    """Answer a request of a browser; raises `Refused`."""
    match [method, *path.strip("/").split("/")]:
        case ["GET", ""]:
            return Shown(_overview(store))
        case ["POST", ""]:
            _happen(store, given)
            return Shown(to="/")
        case ["GET", "pay", id]:
            return Shown(_bill(store.get("checkout.session", id)))
        case ["POST", "pay", id]:
            return _pay(store, store.get("checkout.session", id), given)
        case ["GET", "authenticate", id]:
            return Shown(_question(store.get("payment_intent", id)))
        case ["POST", "authenticate", id]:
            intent = store.get("payment_intent", id)
            sessions.authenticated(store, intent, passed=given.get("how") == "pass")
            return _after(store, intent)
        case _:
            raise Refused(404, "invalid_request_error", "There is no such page.")


def refusal(said: str) -> str:
    """A page that says what cannot be done."""
    return _page("Not possible", f'<h1>Not possible</h1><p class="note bad">{escape(said)}</p>')


def _pay(store: Store, session: Thing, given: dict[str, Any]) -> Shown:
    if given.get("how") == "leave":
        return Shown(to=session["cancel_url"] or "/")
    intent = sessions.pay(store, session, given.get("number", ""), given.get("email", ""))
    return _after(store, intent)


def _after(store: Store, intent: Thing) -> Shown:
    """Where the payer goes when an attempt has come to something."""
    session = sessions.of(store, intent)
    if session is None:
        return Shown(to=intent["_return_url"] or "/")
    if intent["status"] == "requires_action":
        return Shown(to=f"/authenticate/{intent['id']}")
    if session["status"] == "complete":
        return Shown(to=session["success_url"].replace("{CHECKOUT_SESSION_ID}", session["id"]))
    return Shown(_bill(session, (intent["last_payment_error"] or {}).get("message", "")))


def _bill(session: Thing, said: str = "") -> str:
    if session["status"] != "open":
        raise sessions.closed(session)
    lines = "".join(
        f"<li><span>{escape(line['description'])} × {line['quantity']}</span>"
        f"<span>{_money(line['amount_total'], session['currency'])}</span></li>"
        for line in session["_lines"]
    )
    buttons = "".join(
        _button(f"/pay/{session['id']}", words, number, number=number) for number, words in CARDS
    )
    leave = _button(f"/pay/{session['id']}", "Leave without paying", how="leave")
    note = f'<p class="note bad" role="alert">{escape(said)}</p>' if said else ""
    return _page(
        "Pay",
        '<p class="note">This is a stand-in for Stripe. It moves no money.</p>'
        f"<h1>{escape(session['_intent'].get('description') or 'Pay')}</h1>"
        f'<p class="sum">{_money(session["amount_total"], session["currency"])}</p>'
        f"{note}<ul>{lines}</ul>{buttons}{leave}",
    )


def _question(intent: Thing) -> str:
    there = f"/authenticate/{intent['id']}"
    return _page(
        "3-D Secure",
        "<h1>Your bank asks whether this is you</h1>"
        f'<p class="sum">{_money(intent["amount"], intent["currency"])}</p>'
        f"{_button(there, 'It is me', how='pass')}{_button(there, 'It is not me', how='fail')}",
    )


def _happen(store: Store, given: dict[str, Any]) -> None:
    """What a button of the overview lets happen."""
    named, outcome = given.get("id", ""), given.get("outcome", "")
    if intent := store.find("payment_intent", named):
        sessions.arrive(store, intent, came=outcome == "came")
    elif refund := store.find("refund", named):
        refunds.settle(store, refund, came=outcome == "came")
    elif dispute := store.find("dispute", named):
        disputes.decide(store, dispute, won=outcome == "won")
    elif charge := store.find("charge", named):
        if outcome == "refund":
            refunds.create(store, {"charge": charge["id"]})
        else:
            disputes.dispute(store, charge, "fraudulent")


def _overview(store: Store) -> str:
    rows: list[str] = []
    for kind in ("checkout.session", "payment_intent", "charge", "refund", "dispute"):
        rows += [_row(thing) for thing in reversed(store.all(kind)[-20:])]
    events = "".join(
        f"<tr><td>{event['type']}<td>{event['id']}<td>{_delivered(store, event)}</tr>"
        for event in reversed(store.all("event")[-40:])
    )
    return _page(
        "Stand-in for Stripe",
        '<h1>Stand-in for Stripe</h1><p class="note">It moves no money.</p><h2>Objects</h2>'
        f"<table><tr><th>What<th>Id<th>State<th>Amount<th></tr>{''.join(rows)}</table>"
        f"<h2>Events</h2><table><tr><th>Type<th>Id<th>Deliveries</tr>{events}</table>",
        wide=True,
    )


def _row(thing: Thing) -> str:
    state = thing.get("status") or ""
    if thing["object"] == "checkout.session":
        state += f", {thing['payment_status']}"
    amount = thing["amount"] if "amount" in thing else thing["amount_total"]
    choices: tuple[tuple[str, str], ...] = ()
    match thing["object"], thing.get("status"):
        case "payment_intent", "processing":
            choices = (("came", "The money comes"), ("failed", "It does not"))
        case "refund", "pending":
            choices = (("came", "The money is back"), ("failed", "It could not go back"))
        case "charge", "succeeded":
            choices = (("refund", "Refund"), ("dispute", "Dispute"))
        case "dispute", "needs_response" | "under_review":
            choices = (("won", "Win"), ("lost", "Lose"))
        case "checkout.session", "open":
            words = f'<a href="/pay/{thing["id"]}">Pay page</a>'
            return _cells(thing, state, amount, words)
    buttons = "".join(_button("/", words, id=thing["id"], outcome=how) for how, words in choices)
    return _cells(thing, state, amount, buttons)


def _cells(thing: Thing, state: str, amount: int, last: str) -> str:
    money = _money(amount, thing["currency"])
    shown = f"{thing['id'][:14]}…"
    return (
        f"<tr><td>{thing['object']}</td><td>{shown}</td><td>{escape(state)}</td>"
        f"<td>{money}</td><td>{last}</td></tr>"
    )


def _delivered(store: Store, event: Thing) -> str:
    found = [one for one in store.all("delivery") if one["event"] == event["id"]]
    return escape("; ".join(f"{one['state']} {one['answers'] or ''}" for one in found))


def _button(to: str, words: str, aside: str = "", **values: str) -> str:
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in values.items()
    )
    small = f" <small>{aside}</small>" if aside else ""
    return (
        f'<form method="post" action="{to}">{hidden}<button>{escape(words)}{small}</button></form>'
    )


def _money(cents: int, currency: str) -> str:
    return f"{cents / 100:,.2f} {escape(currency.upper())}"


def _page(title: str, body: str, *, wide: bool = False) -> str:
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{LOOK}</style><body{' class=wide' if wide else ''}><main>{body}</main></html>"
    )
