"""Words that letters about licences have in common."""

from pet_app.core.mail.letter import Fine
from pet_app.core.moments import day
from pet_app.licensing.rules.standing import Kind
from pet_app.licensing.told import AboutLicence

DASHBOARD = "/dashboard/licensing"
PREFERENCES = "/dashboard/settings/notifications"
APPLICATION = "/licensing/applications/{id}"
CARD = "/licensing/card/{id}"
TRANSFER = "/licensing/transfer#{token}"

ANSWER = Fine("Questions? Answer this letter, and somebody of ours reads it.")

ASKED_FOR = {
    Kind.NEW: "A licence",
    Kind.RENEWAL: "The next term of the licence",
    Kind.REPLACEMENT: "A new tag",
    Kind.TRANSFER: "A licence in your name",
    Kind.BOOSTER: "A newer vaccination",
}


def called(animal: str) -> str:
    """The pet's name, or what stands in for one nobody told."""
    return animal or "your pet"


def licence_facts(about: AboutLicence) -> tuple[tuple[str, str], ...]:
    """What a licence is known by."""
    pet = (("Pet", about.animal),) if about.animal else ()
    return (
        *pet,
        ("Licence", about.number),
        ("Issued by", about.town.issuer),
        ("Last day", day(about.ends)) if about.ends else ("Holds for", "The animal's life"),
        ("Tag", about.tag_code),
    )
