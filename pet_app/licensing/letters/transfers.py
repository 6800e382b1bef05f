"""What we write when a licence is handed on: to who is offered it, and to who offers it.

A letter to an address nobody has proved here holds no word a stranger chose, not even the name of
an animal: otherwise they could have us deliver theirs. The page behind the link says the rest.
"""

from pet_app.core.mail.letter import Button, Facts, Fine, Letter, Text
from pet_app.core.moments import day
from pet_app.licensing.letters.words import ANSWER, DASHBOARD, TRANSFER, called
from pet_app.licensing.rules.standing import OfferState
from pet_app.licensing.told import AboutOffer


def offered(about: AboutOffer, token: str) -> Letter:
    """To the address a licence is offered to."""
    who = about.giver.email if about.giver else ""
    return Letter(
        "licence.transfer_offered",
        f"A {about.species}'s licence is offered to you",
        (
            Text(
                f"The owner of a licensed {about.species} says that it is yours now, and offers "
                "you its licence. It is in your name as soon as you agree and the town's fee for "
                "that, if it has one, is paid."
            ),
            Button("See whose it is, and answer", TRANSFER.format(token=token)),
            Facts(
                (
                    *((("Offered by", who),) if who else ()),
                    ("Licence", about.number),
                    ("Issued by", about.town.issuer),
                    ("Answer by", day(about.expires)),
                )
            ),
            Fine("You need an account with this address to agree; to decline you need none."),
            Fine("You do not know what this is about? Do nothing: without you nothing happens."),
        ),
        preheader="You can agree or decline; nothing happens without you.",
    )


def taken_back(about: AboutOffer) -> Letter:
    """To the address a licence was offered to."""
    return Letter(
        "licence.transfer_taken_back",
        "The offer of a licence was taken back",
        (
            Text(
                f"The owner of licence {about.number} has taken back their offer to you. You need "
                "not do anything."
            ),
            Fine("If the animal is with you, ask them to offer the licence again."),
        ),
    )


ANSWERS = {
    OfferState.ACCEPTED: (
        "They agreed: the licence of {name}",
        (
            "{email} has agreed to take over {name}'s licence. It is theirs as soon as the town "
            "has put it into their name; until then you can take the offer back."
        ),
    ),
    OfferState.DECLINED: (
        "They declined: the licence of {name}",
        "{email} does not want to take over {name}'s licence. It is yours as before.",
    ),
    OfferState.LAPSED: (
        "The licence of {name} stays yours",
        (
            "{email} had agreed to take over {name}'s licence, but nothing came of it. It is yours "
            "as before."
        ),
    ),
    OfferState.EXPIRED: (
        "Nobody answered: the licence of {name}",
        (
            "{email} did not answer your offer of {name}'s licence in time. It is yours as before; "
            "you can offer it again."
        ),
    ),
    OfferState.DONE: (
        "The licence of {name} is handed on",
        (
            "The licence of {name} is in the name of {email} now. You need not renew or pay for it "
            "any more, and whoever finds the tag writes to them."
        ),
    ),
}


def answered(about: AboutOffer) -> Letter:
    """To who offered it: how it went."""
    subject, said = ANSWERS[about.state]
    name = called(about.animal)
    named = {"name": name, "email": about.email}
    return Letter(
        f"licence.transfer_{about.state.value}",
        subject.format(**named),
        (
            Text(said.format(**named)),
            Button("See your licences", DASHBOARD),
            Facts((("Licence", about.number), ("Issued by", about.town.issuer))),
            ANSWER,
        ),
    )
