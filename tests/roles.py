"""Every kind of person there is, what each may do, and what is open to everybody."""

from typing import Any

from httpx import Response

from pet_app.core import db, security
from pet_app.core.ids import new_id
from pet_app.core.security import (
    SESSION_COOKIE,
    VISITOR_COOKIE,
    Permission,
    Role,
    Scope,
    new_token,
)
from tests.builder.factory import make_design
from tests.program import Program
from tests.user.factory import make_user
from tests.user.test_postal import BERLIN

GUEST = "guest"
USER = "user"
BARE_STAFF = "staff without a second step"
STAFF = "staff"
CLERK = "clerk"
ADMIN = "admin"
DEMO = "demonstration admin"
PEOPLE: tuple[str, ...] = (GUEST, USER, BARE_STAFF, STAFF, CLERK, ADMIN, DEMO)

MAY: dict[Permission | None, set[str]] = {
    None: {*PEOPLE},
    Permission.ACCOUNT: {*PEOPLE} - {GUEST},
    Permission.WORKSHOP: {STAFF, ADMIN, DEMO},
    Permission.CATALOGUE: {STAFF, ADMIN, DEMO},
    Permission.ORDERS: {STAFF, ADMIN, DEMO},
    Permission.LICENCES: {CLERK, ADMIN, DEMO},
    Permission.ADMINISTER: {ADMIN, DEMO},
}
"""Who gets what, in people; written out once more so that no change of the rules goes unseen."""

LET_IN, SIGN_IN, SECOND_STEP, REFUSED = "let in", "sent to sign in", "sent to a second step", "no"

PUBLIC_PAGES = {
    "/",
    "/shop",
    "/product/[handle]",
    "/measuring-guide",
    *("/help/shipping", "/help/returns", "/privacy", "/terms"),
    *("/builder", "/shared/[code]"),
    *("/licensing/verify", "/tag/[code]"),
    *("/licensing", "/licensing/fees", "/licensing/transfer"),
    *("/licensing/go-on", "/let-in"),
    "/login",
    "/login/code",
    "/register",
    "/verify",
    "/forgot",
    "/reset",
    "/new-email",
    "/stay",
    "/pay/demo/[payment]",
    "/cart",
    "/checkout",
    "/checkout/done",
    "/track",
}
PUBLIC_HANDLERS = {
    "Session": {"dismiss_problem"},
    "DemoPayment": {"open", "choose"},
    "CartDesk": {
        *("open", "change_quantity", "step", "save_for_later", "move_to_cart", "remove", "undo"),
        *("enter_code", "drop_code", "estimate"),
    },
    "Checkout": {
        *("open", "keep_email", "keep", "pick", "choose_country", "choose_method"),
        *("enter_code", "drop_code", "pay"),
    },
    "Settling": {"open", "follow"},
    "OrderDesk": {
        *("open", "open_track", "follow", "find", "send_link", "another", "pay"),
        *("ask_to_cancel", "ask_about", "close", "cancel"),
    },
    "Basket": {"look", "put_variant", "put_several", "put_design", "put_again", "dismiss"},
    "Browsing": {"look_round", "look_along", "choose_sort"},
    "Looking": {"look_at", "choose", "more_reviews", "look_from", "follow_views"},
    "Reviewing": {"begin", "leave", "write"},
    "Wishing": {"look", "turn"},
    "Calculator": {
        *("open", "find", "go_to", "choose_species", "choose_altered", "choose_term"),
        *("say_born", "turn_over"),
    },
    "Finder": {"open", "find", "open_tag"},
    "Transfer": {"look", "decline"},
    "Checker": {"open", "check", "another"},
    "FoundTag": {"open", "look", "send"},
    "Doors": {"open"},
    "Shared": {"open", "turn"},
    "Farewell": {"open"},
    "Bench": {
        *("open", "choose", "put_ring", "settle", "measure", "write", "fit_pet", "fit_size"),
        *("measure_in", "undo", "redo", "start_over", "shape", "wear", "explain"),
        *("call", "save", "put_in_cart", "follow_picture", "retry_picture"),
        *("look_from", "look_in", "follow_view", "open_share", "close_share", "share"),
        *("stop_sharing", "follow_card"),
    },
}
PUBLIC_ROUTES = {
    # What the shop shows everybody.
    *("GET /health", "GET /health/db", "GET /health/redis", "GET /health/queue"),
    *("GET /health/mail", "GET /ready", "GET /media/{key:path}", "HEAD /media/{key:path}"),
    *("GET /sitemap.xml", "GET /robots.txt"),
    *("GET /api/v1/products", "GET /api/v1/products/{handle}"),
    "GET /api/v1/products/{handle}/reviews",
    *("POST /api/v1/builder/quotes", "GET /api/v1/builder/models/{geometry_key}.glb"),
    *("GET /api/v1/builder/animals/{worn_key}.glb", "GET /api/v1/builder/tiles/{name}.png"),
    *("GET /api/v1/countries/{country}/address", "GET /api/v1/builder/shared/{code}"),
    *("GET /api/v1/licensing/towns", "POST /api/v1/licensing/towns/{town_id}/fees"),
    *("POST /api/v1/licensing/verify", "GET /api/v1/licensing/keys"),
    *("GET /api/v1/licensing/tags/{code}", "POST /api/v1/licensing/tags/{code}/messages"),
    # Who has the letter with its token may look at an offer, and say no.
    *("POST /api/v1/licensing/transfers/look", "POST /api/v1/licensing/transfers/decline"),
    # Read on the developer's own machine only.
    *("GET /api/v1/outbox", "GET /outbox", "GET /outbox/{key}", "GET /outbox/{key}/letter"),
    # The ways in, and out.
    *("POST /api/v1/users", "POST /api/v1/users/confirmation", "POST /api/v1/session"),
    *("POST /api/v1/session/second-factor", "POST /api/v1/session/stay", "DELETE /api/v1/session"),
    *("POST /api/v1/password/forgotten", "POST /api/v1/password/reset"),
    *("POST /api/v1/me/email/confirmation", "POST /api/v1/tokens", "POST /api/v1/tokens/refresh"),
    *("GET /api/v1/oidc/{name}/start", "GET /api/v1/oidc/{name}/callback"),
    *("GET /api/v1/main-site/start", "GET /api/v1/main-site/callback"),
    "GET /api/v1/sister-sites/enter",
    *("POST /api/v1/frames", "POST /api/v1/frames/entry"),
    # Who knows an order's number and its e-mail may see where it stands.
    *("POST /api/v1/order-tracking", "POST /api/v1/order-links"),
    # Whoever calls, it is the signature that counts.
    "POST /webhooks/stripe/payment",
    # What says of an unknown address that nothing is there.
    *(
        f"{method} /{door}/{{rest:path}}"
        for door in ("api", "webhooks")
        for method in ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
    ),
}
NEEDED: dict[Scope, Permission | None] = dict.fromkeys(Scope, Permission.ACCOUNT) | {
    Scope.WORKSHOP_READ: Permission.WORKSHOP,
    Scope.CATALOGUE_WRITE: Permission.CATALOGUE,
    Scope.SALES_WRITE: Permission.ORDERS,
    Scope.DESK_READ: Permission.LICENCES,
    Scope.DESK_WRITE: Permission.LICENCES,
    # A guest keeps these too, for the browser they were made in.
    Scope.PETS_READ: None,
    Scope.PETS_WRITE: None,
    Scope.DESIGNS_READ: None,
    Scope.DESIGNS_WRITE: None,
    Scope.WISHES_READ: None,
    Scope.WISHES_WRITE: None,
    Scope.CART_READ: None,
    Scope.CART_WRITE: None,
    Scope.ORDERS_READ: None,
    Scope.ORDERS_WRITE: None,
}
"""What the verbs behind each scope ask of a person."""

BODY = {"neck_mm": 460, "girth_mm": 760, "back_mm": 610, "weight_g": 29_000}
PET = {"name": "Biscuit", "species": "dog", **BODY}
DESIGN = {"design": make_design().to_dict(), "request_key": "a click", "name": "Mine"}
REASON = {"version": 1, "reason": "expired"}
HOME = {"country": "DE", "lines": BERLIN, "label": "Home"}
SENT: dict[str, Any] = {
    "POST /api/v1/pets": PET,
    "PUT /api/v1/pets/{pet_id}": PET,
    "PUT /api/v1/pets/{pet_id}/measurements": BODY,
    "PUT /api/v1/pets/{pet_id}/name": {"name": "Scout"},
    "PUT /api/v1/pets/{pet_id}/more": {"sex": "female", "altered": True},
    "POST /api/v1/builder/designs": DESIGN,
    "PUT /api/v1/builder/designs/{design_id}": DESIGN,
    "PUT /api/v1/builder/designs/{design_id}/name": {"name": "Ours"},
    "PUT /api/v1/builder/designs/{design_id}/share": {"made_for": "Olive"},
    "POST /api/v1/builder/cutting-plans": {"design_ids": []},
    "POST /api/v1/me/addresses": HOME,
    "PUT /api/v1/me/addresses/{address_id}": HOME,
    "PUT /api/v1/products/{handle}/review": {"rating": 5, "text": "Good", "shown_name": "Olive"},
    "PUT /api/v1/reviews/{review_id}/decision": {
        "state": "published",
        "changed": "2026-01-01T00:00:00Z",
    },
    "PUT /api/v1/variants/{variant_id}/price": {"cents": 100},
    "PUT /api/v1/variants/{variant_id}/stock": {"stock": 1},
    "PUT /api/v1/products/{handle}/published": {"published": True},
    "POST /api/v1/cart/lines": {"variant_id": "none", "request_key": "a click"},
    "PATCH /api/v1/cart/lines/{line_id}": {"quantity": 1},
    "POST /api/v1/cart/codes": {"code": "SPRING"},
    "POST /api/v1/cart/again": {"order_id": "none", "request_key": "a click"},
    "PUT /api/v1/checkout/where": {"email": "olive@example.com"},
    "PUT /api/v1/checkout/method": {"method": "standard"},
    "POST /api/v1/checkout/orders": {"digest": "", "request_key": "a click"},
    "POST /api/v1/promotions": {"code": "SPRING", "words": "Spring", "kind": "free_shipping"},
    "PATCH /api/v1/promotions/{promotion_id}": {"active": False},
    "POST /api/v1/gift-cards": {"cents": 5000, "request_key": "a click"},
    "POST /api/v1/orders/{order_id}/cancellation": {"reason": "Too late"},
    "POST /api/v1/orders/{order_id}/returns": {
        "line_id": "none",
        "quantity": 1,
        "reason": "damaged",
    },
    "POST /api/v1/orders/{order_id}/remakes": {"line_id": "none", "words": "Too tight"},
    "POST /api/v1/sales/orders/{order_id}/parcels": {"carrier": "ups", "tracking_number": "1Z999"},
    "POST /api/v1/sales/orders/{order_id}/arrivals": {},
    "POST /api/v1/sales/orders/{order_id}/refunds": {"request_key": "a click"},
    "POST /api/v1/sales/orders/{order_id}/cancellation": {},
    "POST /api/v1/sales/orders/{order_id}/notes": {"words": "Hello"},
    "POST /api/v1/sales/order-requests/{request_id}/decision": {"decision": "approved"},
    "POST /api/v1/licensing/applications": {"town": "us-ca-vista"},
    "PUT /api/v1/licensing/applications/{application_id}/form": {"form": {}, "version": 1},
    "POST /api/v1/licensing/applications/{application_id}/hand-in": {"version": 1},
    "POST /api/v1/licensing/applications/{application_id}/answer": {"version": 1},
    "PUT /api/v1/licensing/licences/{licence_id}/lost": {"lost": True},
    "POST /api/v1/licensing/licences/{licence_id}/end": {},
    "POST /api/v1/licensing/licences/{licence_id}/move": {"town": "us-ca-vista"},
    "POST /api/v1/licensing/licences/{licence_id}/offer": {"email": "ada@example.com"},
    "POST /api/v1/licensing/transfers/look": {"token": "none"},
    "POST /api/v1/licensing/transfers/accept": {"token": "none"},
    "POST /api/v1/licensing/transfers/decline": {"token": "none"},
    "POST /api/v1/licensing/desk/licences/{licence_id}/revoke": {"reason": "Another dog"},
    "POST /api/v1/licensing/desk/licences/{licence_id}/restore": {"reason": "The same dog"},
    "PUT /api/v1/licensing/desk/applications/{application_id}/assignment": {},
    "POST /api/v1/licensing/desk/applications/{application_id}/approval": {"version": 1},
    "POST /api/v1/licensing/desk/applications/{application_id}/rejection": REASON,
    "POST /api/v1/licensing/desk/applications/{application_id}/question": REASON,
    "POST /api/v1/licensing/desk/applications/{application_id}/notes": {"words": "Look"},
    "POST /api/v1/licensing/desk/applications/{application_id}/audit": {"passed": True},
    "PUT /api/v1/licensing/desk/towns/{town_id}/policy": {"automatic": [], "audit_percent": 10},
    "POST /api/v1/licensing/desk/towns/{town_id}/counter-prices": {"form": {}},
    "POST /api/v1/licensing/desk/towns/{town_id}/counter-sales": {
        "form": {},
        "paid_by": "cash",
        "request_key": "a counter sale",
    },
    "POST /api/v1/licensing/desk/towns/{town_id}/simulations": {},
    "PATCH /api/v1/me": {"name": "Olive"},
    "PATCH /api/v1/me/preferences": {"theme": "dark"},
}
"""What it takes to get past a route's form to the verb that judges who is asking."""

UPLOADED: dict[str, Any] = {
    "POST /api/v1/licensing/applications/{application_id}/documents": {
        "file": ("rabies.pdf", b"%PDF-1.4", "application/pdf")
    },
    "POST /api/v1/licensing/desk/towns/{town_id}/imports": {
        "file": ("licences.csv", b"number", "text/csv")
    },
}
"""The same for routes that take a file."""

SIGN_OUT = {"DELETE /api/v1/session", "DELETE /api/v1/sessions"}
BAD_FORM = "Some of what was sent cannot be used."
SIGN_IN_FIRST = "Sign in to go on."


def expected(person: str, needed: Permission | None) -> str:
    """What becomes of somebody who asks for something that needs this."""
    if person in MAY[needed]:
        return LET_IN
    if person == GUEST:
        return SIGN_IN
    return SECOND_STEP if person == BARE_STAFF and STAFF in MAY[needed] else REFUSED


def cookies_of(person: str) -> dict[str, str]:
    """The cookies of a browser of this kind of person, with an account of its own."""
    visitor = {VISITOR_COOKIE: new_token()}
    if person == GUEST:
        return visitor
    role = {BARE_STAFF: Role.STAFF, DEMO: Role.ADMIN}.get(person) or Role(person)
    with db.writing() as session:
        user = make_user(session, f"{new_id()}@example.com", role=role, demo=person == DEMO)
        token = security.open_sign_in(
            session,
            user_id=user.id,
            role=role,
            name=user.name,
            email=user.email,
            demo=person == DEMO,
            strong=person in (STAFF, CLERK, ADMIN),
        )
    return visitor | {SESSION_COOKIE: token}


def asked(program: Program, name: str, path: str, cookies: dict[str, str]) -> Response:
    """The answer to a request with these cookies and no others."""
    header = "; ".join(f"{cookie}={value}" for cookie, value in cookies.items())
    method = name.partition(" ")[0]
    body = SENT.get(name)
    headers = {"cookie": header}
    return program.request(method, path, json=body, files=UPLOADED.get(name), headers=headers)
