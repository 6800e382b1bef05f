"""The verbs of accounts: opening one, signing in and out."""

from pet_app.core.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from pet_app.user.service.accounts import Newcomer, add_demo_accounts, register
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
    "Credentials",
    "Newcomer",
    "Proof",
    "SignedIn",
    "add_demo_accounts",
    "begin_registration",
    "begin_sign_in",
    "join",
    "newcomer",
    "prove",
    "register",
    "sign_in",
    "sign_out",
]
