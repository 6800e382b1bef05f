"""What we write about a licence: issued, running out, lost and found, closed."""

from pet_app.core.mail.letter import Block, Button, Code, Facts, Fine, Letter, Text
from pet_app.core.moments import day
from pet_app.licensing.letters.words import (
    ANSWER,
    CARD,
    DASHBOARD,
    PREFERENCES,
    called,
    licence_facts,
)
from pet_app.licensing.rules.standing import Kind, LicenceState, Reminding
from pet_app.licensing.told import AboutLicence, Found

ISSUED: dict[str, tuple[str, str]] = {
    Kind.NEW: (
        "{name} is licensed",
        (
            "Your application is approved, and the certificate is ready. Show it on your phone, or "
            "print it."
        ),
    ),
    Kind.RENEWAL: (
        "{name}'s licence is renewed",
        "{name}'s licence is renewed. Its number and its tag stay the same.",
    ),
    Kind.BOOSTER: (
        "{name}'s licence is longer again",
        "The newer vaccination is accepted, so {name}'s licence holds longer again.",
    ),
    Kind.REPLACEMENT: (
        "{name}'s new tag",
        "{name} has a new tag code. The old one leads nobody to you any more.",
    ),
    Kind.TRANSFER: (
        "{name}'s licence is yours",
        "{name}'s licence is in your name now. Its number stays the same.",
    ),
    "restored": (
        "The licence of {name} holds again",
        (
            "{name}'s licence was revoked, and that is taken back. It holds again, with a new "
            "certificate."
        ),
    ),
}
AFRESH = (
    "A new certificate for {name}",
    (
        "We have signed {name}'s certificate afresh. The one you had is not recognised any more; "
        "please use this one. Nothing else about the licence has changed."
    ),
)


def certificate_ready(about: AboutLicence, why: str) -> Letter:
    """The certificate can be fetched; `why` is the kind of application that led to it."""
    subject, said = ISSUED.get(why, AFRESH)
    name = called(about.animal)
    named = {"name": name[:1].upper() + name[1:]}
    short = (
        f"It ends with the rabies vaccination, on {day(about.ends)}. Bring a newer certificate "
        f"before that, and it holds until {day(about.term_ends)}."
        if about.cut_short and about.ends and about.term_ends
        else ""
    )
    return Letter(
        "licence.certificate_ready",
        subject.format(**named),
        (
            Text(said.format(**named)),
            Button("Open the licence", CARD.format(id=about.id)),
            Code(about.tag_code, "The code for the tag"),
            Facts(licence_facts(about)[:-1]),
            *([Text(short)] if short else []),
            Fine(
                "The certificate is there as a PDF, to print or to keep. Its code proves that it "
                "is genuine, also without a connection, and tells nobody who you are."
            ),
            ANSWER,
        ),
        preheader=f"Licence {about.number}. The certificate is ready.",
    )


def runs_out(about: AboutLicence, stage: Reminding, days_left: int) -> Letter:
    """A licence comes to its end, or is past it."""
    name = called(about.animal)
    return Letter(
        f"licence.reminder_{stage.value}",
        _headline(about, stage, days_left),
        (
            Text(_what_is_to_do(about, stage, days_left)),
            Button(
                "Add the new vaccination" if about.cut_short else f"Renew {name}'s licence",
                DASHBOARD,
            ),
            *_consequence(about, stage),
            Facts(licence_facts(about)),
            Fine(
                f"{name[:1].upper() + name[1:]} is not with you any more? Put the pet into your "
                "archive, and we stay quiet."
            ),
            ANSWER,
        ),
        unsubscribe=PREFERENCES,
    )


def found(about: AboutLicence, told: Found) -> Letter:
    """Somebody wrote to the owner through the page of the tag."""
    reach = [Facts((("How to reach them", told.contact),))] if told.contact else []
    silent = "They left no address or number, so there is no way to answer them through us."
    return Letter(
        "licence.found",
        f"Somebody has found {called(about.animal)}",
        (
            Text(f"On {day(told.at)} somebody opened the page of tag {about.tag_code} and wrote:"),
            Text(f"“{told.words}”"),
            *(reach or [Text(silent)]),
            *([Button(f"{called(about.animal)} is back", DASHBOARD)] if about.lost else []),
            Fine(
                "They do not know your name or address. We do not know who wrote this: never "
                "send money to get a pet back, and meet where other people are."
            ),
        ),
        preheader=told.words,
    )


def lost(about: AboutLicence) -> Letter:
    """The owner has said that a pet is lost: what whoever finds it sees."""
    name = called(about.animal)
    shown = [Facts((("A finder reads", about.lost_words),))] if about.lost_words else []
    return Letter(
        "licence.lost",
        f"{name[:1].upper() + name[1:]} is marked as lost",
        (
            Text(
                f"Whoever enters the code {about.tag_code} from the tag now reads that {name} is "
                "looked for, and can write to you without learning who you are. We send you "
                "every message at once."
            ),
            *shown,
            Text("Ask the shelters and vets around you too; many finders go there first."),
            Button(f"{name[:1].upper() + name[1:]} is back", DASHBOARD),
            Fine("If this was not you, sign in, switch it off, and choose a new password."),
        ),
    )


def closed(about: AboutLicence) -> Letter:
    """A licence holds no more, and why."""
    subject, said = CLOSED[about.state]
    name = called(about.animal)
    why: list[Block] = [Text(f"“{about.reason}”")] if about.reason else []
    return Letter(
        f"licence.{about.state.value}",
        subject.format(name=name),
        (
            Text(said.format(name=name, number=about.number)),
            *(why if about.state is LicenceState.REVOKED else []),
            Button("See your licences", DASHBOARD),
            Facts((("Licence", about.number), ("Issued by", about.town.issuer))),
            ANSWER,
        ),
    )


CLOSED = {
    LicenceState.REVOKED: (
        "The licence of {name} was revoked",
        (
            "Licence {number} was revoked. Its certificate and its tag hold no more. "
            "The clerk gave this reason:"
        ),
    ),
    LicenceState.MOVED: (
        "The former licence of {name} has ended",
        (
            "Your new town has licensed {name}, so the one from where you lived before has ended. "
            "You need not do anything there."
        ),
    ),
    LicenceState.ENDED: (
        "The licence of {name} has ended",
        (
            "Licence {number} has ended, as you asked. We remind you of nothing more, and its tag "
            "leads nobody to you."
        ),
    ),
}


def _headline(about: AboutLicence, stage: Reminding, days_left: int) -> str:
    name = called(about.animal)
    if stage is Reminding.OVERDUE:
        return f"The licence of {name} has run out"
    if days_left == 0:
        return f"The licence of {name} ends today"
    if days_left == 1:
        return f"The licence of {name} ends tomorrow"
    return f"The licence of {name} ends in {days_left} days"


def _what_is_to_do(about: AboutLicence, stage: Reminding, days_left: int) -> str:
    assert about.ends is not None
    ended = "ended" if days_left < 0 else "ends"
    last = f"{'Its last day was' if days_left < 0 else 'Its last day is'} {day(about.ends)}."
    if about.cut_short and about.term_ends:
        restored = (
            f"Add the certificate of the next vaccination, and it holds until "
            f"{day(about.term_ends)}, for which you have paid already."
        )
        return f"It {ended} with the rabies vaccination. {last} {restored}"
    if stage is Reminding.OVERDUE:
        return f"{last} Renew it now, and the number and the tag stay the same."
    early = days_left > about.town.renew_days
    when = (
        f"You can renew it from {about.town.renew_days} days before that."
        if early
        else "You can renew it now: where nothing has changed it takes a minute, and no day that "
        "you have paid for is lost."
    )
    return f"{last} {when}"


def _consequence(about: AboutLicence, stage: Reminding) -> list[Block]:
    if stage in (Reminding.SIXTY, Reminding.THIRTY) or about.cut_short:
        return []
    return [
        Text(
            "A renewal that is handed in late may cost more; the fee, with "
            "every rule that makes it, stands on the page before you pay."
        )
    ]
