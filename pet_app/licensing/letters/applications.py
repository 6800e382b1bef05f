"""What we write about an application: it lies with the town, it wants something, it is decided."""

from pet_app.core.mail.letter import Block, Button, Facts, Fine, Letter, Text
from pet_app.core.moments import day
from pet_app.core.money import Money
from pet_app.licensing.letters.words import ANSWER, APPLICATION, ASKED_FOR, called
from pet_app.licensing.rules.standing import Kind
from pet_app.licensing.told import AboutApplication

NEXT = "A clerk looks at it now. We write again as soon as it is decided."
COUNTS = "What it waits there makes nothing late: {day} is the day that counts."


def handed_in(about: AboutApplication) -> Letter:
    """Everything is there; the town has it."""
    name = called(about.animal)
    said = (
        "Your answer has arrived. "
        if about.again
        else f"Your application for {name} is complete"
        + (", and your payment is here. " if about.paid else ". ")
    ) + NEXT
    counts = (
        [Text(COUNTS.format(day=day(about.handed_in)))]
        if about.handed_in and about.kind in (Kind.NEW, Kind.RENEWAL)
        else []
    )
    return Letter(
        "licence.handed_in",
        f"Your {'answer about' if about.again else 'application for'} {name} is with the clerk",
        (
            Text(said),
            *counts,
            Button("Follow your application", _link(about)),
            _facts(about),
            ANSWER,
        ),
        preheader="Everything is there. We write again as soon as it is decided.",
    )


def more_asked(about: AboutApplication, words: str) -> Letter:
    """The clerk needs something from the owner; `words` are the clerk's."""
    return Letter(
        "licence.more_asked",
        f"The clerk asks you something about {called(about.animal)}",
        (
            Text("The clerk who looked at your application writes:"),
            Text(f"“{words}”"),
            Button("Answer", _link(about)),
            Text("Your place is kept: the day on which you first handed it in goes on counting."),
            _facts(about),
            ANSWER,
        ),
        preheader=words,
    )


def rejected(about: AboutApplication) -> Letter:
    """The town did not approve it; why, and what becomes of the money."""
    return Letter(
        "licence.rejected",
        f"Your application for {called(about.animal)} is not approved",
        (
            Text("The clerk who decided on your application writes:"),
            Text(f"“{about.words}”"),
            *_money(about),
            Text("When that is cleared up you can apply again; what you told us is still there."),
            Button("See your application", _link(about)),
            _facts(about),
            Fine(
                "You think that this is a mistake? Answer this letter, or ask the issuer directly."
            ),
        ),
    )


def withdrawn(about: AboutApplication) -> Letter:
    """The owner does not want it any more."""
    return Letter(
        "licence.withdrawn",
        f"Your application for {called(about.animal)} is withdrawn",
        (
            Text("As you asked, nobody looks at this application any more."),
            *_money(about),
            Button("See what you withdrew", _link(about)),
            _facts(about),
            ANSWER,
        ),
    )


def delayed(about: AboutApplication) -> Letter:
    """The owner did their part and the bank takes some days."""
    return Letter(
        "licence.payment_delayed",
        f"We wait for your bank: the licence for {called(about.animal)}",
        (
            Text(
                "You have done everything. Your bank takes some days to send the money; as soon "
                "as it is here, a clerk looks at your application, and we write to you."
            ),
            Button("See your application", _link(about)),
            _facts(about),
            ANSWER,
        ),
    )


def failed(about: AboutApplication, reason: str) -> Letter:
    """A payment came to nothing."""
    return Letter(
        "licence.payment_failed",
        f"Your payment did not arrive: the licence for {called(about.animal)}",
        (
            Text(reason or "The payment did not go through. Nothing was charged."),
            Text(
                "Your application is looked at once it is paid. Everything you told us is kept; "
                "try again, or pay in another way."
            ),
            Button("Pay now", _link(about)),
            _facts(about),
            ANSWER,
        ),
    )


def refunded(about: AboutApplication, amount: Money) -> Letter:
    """Money has left us."""
    return Letter(
        "licence.refunded",
        f"{amount} is on its way back to you",
        (
            Text(
                "We sent back what you paid for this application, the way it came. Your bank shows "
                "it within five to ten working days."
            ),
            Button("See your application", _link(about)),
            Facts((*_what(about), ("Back to you", str(amount)))),
            ANSWER,
        ),
    )


def _link(about: AboutApplication) -> str:
    return APPLICATION.format(id=about.id)


def _what(about: AboutApplication) -> tuple[tuple[str, str], ...]:
    pet = (("Pet", about.animal),) if about.animal else ()
    return (*pet, ("Asked for", ASKED_FOR[about.kind]), ("Issuer", about.town.issuer))


def _facts(about: AboutApplication) -> Facts:
    handed = (("Handed in", day(about.handed_in)),) if about.handed_in else ()
    fee = (("Fee", str(about.fee) if about.fee.cents else "Free"),)
    return Facts((*_what(about), *handed, *fee))


def _money(about: AboutApplication) -> list[Block]:
    if not about.paid or not about.fee.cents:
        return []
    said = (
        f"What you paid, {about.fee}, goes back to where it came from. Banks take five to ten "
        "working days; we write again when it has left us."
        if about.goes_back
        else f"What you paid, {about.fee}, stays with the town, by its rule: {about.refund_words}"
    )
    return [Text(said)]
