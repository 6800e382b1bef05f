"""The verbs of accounts: opening one, signing in and out."""

from pet_app.core.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from pet_app.user.service.accounts import Newcomer, add_demo_accounts, register
from pet_app.user.service.addresses import (
    Address,
    AddressRecord,
    add_address,
    change_address,
    checked_address,
    get_address,
    list_addresses,
    prefer_address,
    remove_address,
)
from pet_app.user.service.profile import (
    Profile,
    prefer,
    preferences_of,
    profile_of,
    rename,
    tell,
    wants,
)
from pet_app.user.service.registration import begin_registration, join, newcomer
from pet_app.user.service.sign_in import (
    Credentials,
    Proof,
    SignedIn,
    begin_sign_in,
    prove,
    sign_in,
    sign_out,
)

__all__ = [
    "DEMO_ACCOUNTS",
    "DEMO_PASSWORD",
    "Address",
    "AddressRecord",
    "Credentials",
    "Newcomer",
    "Profile",
    "Proof",
    "SignedIn",
    "add_address",
    "add_demo_accounts",
    "begin_registration",
    "begin_sign_in",
    "change_address",
    "checked_address",
    "get_address",
    "join",
    "list_addresses",
    "newcomer",
    "prefer",
    "prefer_address",
    "preferences_of",
    "profile_of",
    "prove",
    "register",
    "remove_address",
    "rename",
    "sign_in",
    "sign_out",
    "tell",
    "wants",
]
