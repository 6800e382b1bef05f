"""Who is asking and what they may do: sessions, cookies, tokens, roles and permissions."""

from pet_app.core.security.cookies import (
    SESSION_COOKIE,
    VISITOR_COOKIE,
    VISITOR_LASTS,
    cookie_header,
    read_cookies,
    sent_name,
)
from pet_app.core.security.door import Caller, SignedInCaller, caller, cookies_of
from pet_app.core.security.identity import GUEST, Identity, user_owner, visitor_owner
from pet_app.core.security.permissions import GRANTED, Permission, Role, Scope
from pet_app.core.security.secret import fingerprint, is_token, new_token
from pet_app.core.security.sessions import (
    ABSOLUTE,
    IDLE,
    close_all,
    close_by_handle,
    close_sign_in,
    identify,
    list_sign_ins,
    open_sign_in,
    refresh_standing,
    whoami,
)

__all__ = [
    "ABSOLUTE",
    "GRANTED",
    "GUEST",
    "IDLE",
    "SESSION_COOKIE",
    "VISITOR_COOKIE",
    "VISITOR_LASTS",
    "Caller",
    "Identity",
    "Permission",
    "Role",
    "Scope",
    "SignedInCaller",
    "caller",
    "close_all",
    "close_by_handle",
    "close_sign_in",
    "cookie_header",
    "cookies_of",
    "fingerprint",
    "identify",
    "is_token",
    "list_sign_ins",
    "new_token",
    "open_sign_in",
    "read_cookies",
    "refresh_standing",
    "sent_name",
    "user_owner",
    "visitor_owner",
    "whoami",
]
