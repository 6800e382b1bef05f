"""What we write to people about their accounts.

A letter to an address nobody has proved yet holds no word a stranger chose, not even a name:
otherwise they could have us deliver theirs.
"""

from datetime import datetime

from pet_app.core.mail.letter import Button, Facts, Fine, Letter, Text
from pet_app.core.moments import day, minute

NOT_YOU = (
    "If this was not you, choose a new password at once: it signs out everybody else. "
    "Then look at your second step and your sessions in your settings."
)
IGNORE = "If you did not ask for this, you need not do anything: without this link nothing happens."
FORGOT = "/forgot"
SECURITY = "/dashboard/settings/security"
SESSIONS = "/dashboard/settings/sessions"
DATA = "/dashboard/settings/data"


def confirm_address(token: str) -> Letter:
    """To whoever applied for an account."""
    return Letter(
        "account.confirm",
        "Confirm your e-mail address",
        (
            Text("One step and your account is open: confirm that this address is yours."),
            Button("Open my account", f"/verify#{token}"),
            Fine("The link works once, within 24 hours."),
            Fine(IGNORE),
        ),
    )


def have_one_already(name: str) -> Letter:
    """To the owner of an account that somebody tried to open again."""
    return Letter(
        "account.taken",
        "You have an account with us already",
        (
            Text(f"Hello {name},"),
            Text(
                "Somebody, probably you, wanted to use this address for an account. It has one "
                "already, so there is nothing to open. Just sign in."
            ),
            Button("Sign in", "/login"),
            Text("You don't remember your password? Choose a new one."),
            Button("Choose a new password", FORGOT),
            Fine("If it was not you: nobody was let in, and nobody was told that you are with us."),
        ),
    )


def new_password_link(name: str, token: str) -> Letter:
    """To who forgot their password."""
    return Letter(
        "account.reset",
        "Choose a new password",
        (
            Text(f"Hello {name},"),
            Text("Here is the link to choose a new password. It signs out every other browser."),
            Button("Choose a new password", f"/reset#{token}"),
            Fine("The link works once, within an hour."),
            Fine(IGNORE),
        ),
    )


def password_changed(name: str, at: datetime) -> Letter:
    """To who has a new password."""
    return _told(
        "account.password_changed",
        "Your password was changed",
        name,
        "Your account has a new password, and every other browser was signed out.",
        at,
    )


def confirm_new_address(token: str) -> Letter:
    """To the address somebody wants their account to have."""
    return Letter(
        "account.new_email",
        "Confirm your new e-mail address",
        (
            Text("Confirm that this address is yours, and your account moves to it."),
            Button("Use this address", f"/new-email#{token}"),
            Fine("The link works once, within 24 hours."),
            Fine(IGNORE),
        ),
    )


def address_change_asked(name: str, new: str) -> Letter:
    """To the address an account has now."""
    return Letter(
        "account.email_asked",
        "Your account is to have another address",
        (
            Text(f"Hello {name},"),
            Text(
                "Somebody who knows your password asked to move your account to another address. "
                "It moves when the link we sent there is followed."
            ),
            Facts((("New address", new),)),
            Fine(
                "If this was not you, choose a new password now: the link stops working, and "
                "everybody else is signed out."
            ),
            Button("Choose a new password", FORGOT),
        ),
    )


def address_changed(name: str, new: str, at: datetime) -> Letter:
    """To the address an account had."""
    return Letter(
        "account.email_changed",
        "Your account has another address now",
        (
            Text(f"Hello {name},"),
            Text("Your account has moved to another address. We will not write to this one again."),
            Facts((("New address", new), ("When", minute(at)))),
            Fine("If this was not you, answer this letter, so that we can give it back to you."),
        ),
    )


def second_step_set(name: str, at: datetime) -> Letter:
    """To who turned the second step on."""
    return _told(
        "account.second_step_on",
        "Signing in takes a code now",
        name,
        "Your account asks for a code from your authenticator app at each sign-in. Keep the "
        "recovery codes where you find them without your phone.",
        at,
    )


def second_step_removed(name: str, at: datetime) -> Letter:
    """To whose second step was turned off."""
    return _told(
        "account.second_step_off",
        "Signing in takes no code any more",
        name,
        "The second step of signing in was turned off. Your password alone opens your account now.",
        at,
    )


def recovery_code_used(name: str, left: int, at: datetime) -> Letter:
    """To who signed in with a recovery code."""
    kept = f"{left} of your recovery codes are left." if left != 1 else "One recovery code is left."
    return _told(
        "account.recovery_code_used",
        "A recovery code was used",
        name,
        f"Somebody signed in with one of your recovery codes. {kept} You can make new ones in "
        "your settings.",
        at,
    )


def recovery_codes_renewed(name: str, at: datetime) -> Letter:
    """To who made new recovery codes."""
    return _told(
        "account.recovery_codes_renewed",
        "You have new recovery codes",
        name,
        "New recovery codes were made. Those you had before work no more.",
        at,
    )


def provider_linked(name: str, provider: str, at: datetime) -> Letter:
    """To who linked an account of another site."""
    return _told(
        "account.provider_linked",
        f"You can sign in through {provider} now",
        name,
        f"Your account opens through {provider} from now on, beside the ways it had.",
        at,
    )


def provider_unlinked(name: str, provider: str, at: datetime) -> Letter:
    """To who removed the link to another site."""
    return _told(
        "account.provider_unlinked",
        f"{provider} opens your account no more",
        name,
        f"Signing in through {provider} was removed from your account.",
        at,
    )


def new_sign_in(name: str, device: str, network: str, at: datetime) -> Letter:
    """To who signed in from where they never had."""
    return Letter(
        "account.new_sign_in",
        "New sign-in to your account",
        (
            Text(f"Hello {name},"),
            Text("Your account was opened from a browser or a place we had not seen with you."),
            Facts((("Browser", device), ("Network", network), ("When", minute(at)))),
            Text("If this was you, all is well, and we won't tell you of this browser again."),
            Button("See where you are signed in", SESSIONS),
            Fine(NOT_YOU),
        ),
    )


def copy_ready(name: str, until: datetime) -> Letter:
    """To who asked for a copy of their data."""
    return Letter(
        "account.copy_ready",
        "The copy of your data is ready",
        (
            Text(f"Hello {name},"),
            Text(
                "Everything we keep about you is in one file now: your account, your pets, your "
                "designs with their pictures. Fetch it in your settings, where you sign in first."
            ),
            Button("Fetch my data", DATA),
            Facts((("It is there until", minute(until)),)),
            Fine(NOT_YOU),
        ),
    )


def leaving(name: str, until: datetime) -> Letter:
    """To who closed their account."""
    return Letter(
        "account.leaving",
        "Your account will be deleted",
        (
            Text(f"Hello {name},"),
            Text(
                "You closed your account, and everybody was signed out of it. On the day below we "
                "delete it, with your pets, your designs and everything else we keep about you."
            ),
            Facts((("To be deleted on", day(until)),)),
            Text("You would rather stay? Sign in before that day and press “Keep my account”."),
            Button("Keep my account", "/login"),
            Fine(
                "If this was not you: choose a new password first, then sign in and keep the "
                "account."
            ),
        ),
    )


def staying(name: str, at: datetime) -> Letter:
    """To who was leaving and stays."""
    return _told(
        "account.staying",
        "Your account stays",
        name,
        "Welcome back. Your account will not be deleted, and everything in it is as it was. "
        "Personal tokens for programs were removed; make new ones when you need them.",
        at,
    )


def good_bye(name: str) -> Letter:
    """To who is gone, the moment before their address is."""
    return Letter(
        "account.deleted",
        "Your account is deleted",
        (
            Text(f"Hello {name},"),
            Text(
                "As you asked, your account is deleted, with everything we kept about you, this "
                "address included. Thank you for having been with us. Give our best to your pets."
            ),
            Fine("This is the last letter you get from us. You are welcome to come back any time."),
        ),
    )


def _told(kind: str, subject: str, name: str, sentence: str, at: datetime) -> Letter:
    return Letter(
        kind,
        subject,
        (
            Text(f"Hello {name},"),
            Text(sentence),
            Facts((("When", minute(at)),)),
            Button("Look at your security settings", SECURITY),
            Fine(NOT_YOU),
        ),
    )
