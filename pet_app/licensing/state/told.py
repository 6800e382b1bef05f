"""An application put into words: where it stands, what comes next, what happened."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from pet_app.core.moments import day
from pet_app.licensing.rules.standing import DECIDED, Kind, Status
from pet_app.licensing.service import ApplicationView
from pet_app.licensing.state.apply.shown import KIND_WORDS

HAPPENED = {
    "draft": "Taken back to be changed",
    "awaiting_payment": "Handed in",
    "paid": "Paid",
    "in_review": "Arrived at the clerk's desk",
    "needs_more": "The clerk asked for something",
    "approved": "Approved",
    "rejected": "Not approved",
    "withdrawn": "Withdrawn",
    "refund": "About your money",
    "payment_failed": "The payment did not go through",
    "payment_delayed": "The payment is on its way",
    "payment_refused": "Money came that could not be taken",
}


@dataclass(frozen=True)
class Stop:
    """A stop on the way: `state` is `done`, `here`, `ahead` or `off`."""

    title: str
    when: str
    state: str


@dataclass(frozen=True)
class Happening:
    """Something that happened."""

    title: str
    words: str
    when: str


@dataclass(frozen=True)
class Head:
    """What stands at the top: the sign, the sentence, what comes next; `mood` colours it."""

    title: str = ""
    lead: str = ""
    next: str = ""
    mood: str = "calm"


@dataclass(frozen=True)
class About:
    """What the application is for."""

    id: str = ""
    title: str = ""
    town: str = ""
    issuer: str = ""
    status: str = ""
    licence_id: str = ""
    stops: list[Stop] = field(default_factory=list)


def happened_of(view: ApplicationView) -> list[Happening]:
    """What happened, the latest first."""
    return [
        Happening(
            HAPPENED[step.what],
            "" if step.what == "paid" else step.words,
            town_day(view, step.created),
        )
        for step in reversed(view.steps)
        if step.what in HAPPENED
    ]


def head_of(view: ApplicationView, *, under_way: bool) -> Head:
    """What to say first about an application, and what comes next."""
    name = view.form.animal.name or "Your pet"
    issuer = view.town.issuer
    handed = day(view.handed_in) if view.handed_in else ""
    if view.status is Status.AWAITING_PAYMENT:
        if under_way:
            return Head(
                "One moment",
                "Your payment is on its way to us.",
                "This page changes by itself. You may also close it: we write to you.",
            )
        return Head(
            "One thing left: the fee",
            f"{name}'s application is complete. It goes to {issuer} once it is paid.",
            "Paid today, it counts as handed in today.",
            "do",
        )
    if view.status is Status.IN_REVIEW:
        return Head(
            "All done on your side",
            f"{issuer} has {name}'s application. There is nothing you need to do.",
            f"You handed in on {handed}. That is the day that counts, however long it takes. "
            "We write to you as soon as it is decided.",
        )
    if view.status is Status.NEEDS_MORE:
        return Head(
            "The clerk asks for one more thing",
            view.words or "Have a look at what you sent.",
            f"Take your time: the day you handed in, {handed}, still counts.",
            "do",
        )
    return _approved(view, name) if view.status is Status.APPROVED else _closed(view, issuer)


def _closed(view: ApplicationView, issuer: str) -> Head:
    if view.status is Status.REJECTED:
        return Head(
            "The town has not approved this",
            view.words or "The clerk gave no further words.",
            f"Questions? {issuer} decides, and can tell you more. You can apply anew at any time.",
            "sad",
        )
    return Head(
        "You have withdrawn this application",
        "Nothing more happens with it. You can apply anew at any time.",
        "",
        "sad",
    )


def _approved(view: ApplicationView, name: str) -> Head:
    said = {
        Kind.NEW: (f"{name} is licensed", "The certificate is on its way to you by e-mail."),
        Kind.RENEWAL: (f"{name}'s licence is renewed", "The new certificate comes by e-mail."),
        Kind.BOOSTER: (f"{name}'s licence lasts longer", "The new certificate comes by e-mail."),
        Kind.REPLACEMENT: (f"{name} has a new tag", "The code on the old one leads nowhere now."),
        Kind.TRANSFER: (f"{name}'s licence is yours", "The new certificate comes by e-mail."),
    }
    title, lead = said[view.kind]
    ends = view.priced.ends if view.priced else None
    until = f"It holds until {day(ends)}. We remind you before that." if ends else ""
    return Head(title, lead, until, "glad")


def about_of(view: ApplicationView) -> About:
    """What it is for, and its way."""
    name = view.form.animal.name or "your pet"
    return About(
        view.id,
        f"{KIND_WORDS[view.kind]} for {name}",
        view.town.name,
        view.town.issuer,
        view.status.value,
        view.licence_id,
        stops_of(view),
    )


def stops_of(view: ApplicationView) -> list[Stop]:
    """The way from handing in to the decision."""
    status = view.status
    reached = {
        Status.AWAITING_PAYMENT: 1,
        Status.IN_REVIEW: 2,
        Status.NEEDS_MORE: 2,
    }.get(status, 3)
    ends = {
        Status.APPROVED: "Approved",
        Status.REJECTED: "Not approved",
        Status.WITHDRAWN: "Withdrawn",
    }
    free = view.priced is not None and view.priced.total.cents == 0
    titles = [
        ("Handed in", day(view.handed_in) if view.handed_in else ""),
        ("Nothing to pay" if free else "Paid", town_day(view, view.paid) if view.paid else ""),
        (
            "The clerk waits for you" if status is Status.NEEDS_MORE else "The clerk looks at it",
            "",
        ),
        (ends.get(status, "Decided"), town_day(view, view.decided) if view.decided else ""),
    ]
    if status is Status.WITHDRAWN and view.paid is None:
        titles = [titles[0], titles[3]]
        reached = 1
    last = len(titles) - 1
    closed = "off" if status in (Status.REJECTED, Status.WITHDRAWN) else "done"
    found = []
    for place, (title, when) in enumerate(titles):
        state = "done" if place < reached else "here" if place == reached else "ahead"
        if place == last and status in DECIDED:
            state = closed
        found.append(Stop(title, when, state))
    return found


def town_day(view: ApplicationView, moment: datetime) -> str:
    """The day a moment was where the application lies: `7 March 2026`."""
    # The day of handing in is the town's; another clock beside it would contradict it.
    return day(moment.astimezone(ZoneInfo(view.town.time_zone)))


def refund_words(view: ApplicationView) -> str:
    """What becomes of the money of who turns back now."""
    if view.paid is None:
        return "Nothing has been paid, so nothing is lost."
    rule = view.town.refund
    back = "What you paid goes back in full." if rule.withdrawn else "The town keeps the fee."
    return f"{back} {rule.words}".strip()
