"""The pages where people govern their account: a list of parts, and a page for each."""

from pet_app.user.pages.settings import (
    address,
    addresses,
    data,
    email,
    leave,
    overview,
    password,
    preferences,
    profile,
    providers,
    security,
    sessions,
    token,
    tokens,
)

PARTS = (
    overview,
    profile,
    addresses,
    address,
    preferences,
    security,
    password,
    email,
    providers,
    sessions,
    tokens,
    token,
    data,
    leave,
)
PAGES = [part.PAGE for part in PARTS]
