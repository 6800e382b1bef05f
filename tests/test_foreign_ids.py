"""Every id of one person's things in the hands of others: routes, verbs and handlers give nothing.

What takes an id is found in the code; who holds whose things is written here.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import product
from typing import Any

import pytest
from fastapi.routing import RouteContext
from reflex_base.registry import RegisteredEventHandler
from sqlmodel import Session, SQLModel

import pet_app
from pet_app.api import make_api
from pet_app.builder.pictures import PictureKind
from pet_app.checkout.service import PromotionChange
from pet_app.core import db
from pet_app.core.errors import Problem
from pet_app.core.security import GUEST, Identity, Role
from pet_app.licensing.form import Form
from pet_app.order.rules import ReturnState
from pet_app.payment.rules import DemoOutcome
from pet_app.pet.rules import More
from pet_app.user import service as users
from tests.builder.factory import make_design
from tests.olive import CANARY, Olive, make_olive
from tests.pet.factory import BISCUIT
from tests.program import Program
from tests.roles import ADMIN, CLERK, USER, asked, cookies_of
from tests.roles import GUEST as NOBODY
from tests.test_handlers import handlers
from tests.test_roles import names_of, needs_of
from tests.test_scopes import PLACE, WORDS, routes
from tests.ui.factory import Tab
from tests.user.factory import identity_of, make_user
from tests.user.test_postal import BERLIN

GIRTH_SHOWN = "77.7"
STRANGERS = (NOBODY, USER, CLERK, ADMIN)
NOT_THEIRS = (401, 403, 404)
OPEN_PLACES = {"code", "rest", "key", "geometry_key", "worn_key", "country", "suffix", "kind"}
"""Places in addresses that stand for nobody's things, but for what everybody may see."""
NOBODYS = {"product_id", "product_ids", "variant_id", "variant_ids"}
"""What these name stands on the shelf for everybody."""
OPEN_ROUTES = ("/api/v1/products/", "/api/v1/builder/tiles/", "/api/v1/oidc/", "/outbox/")
WORKSHOP = ("/pack.",)
"""What an admin opens for anybody's design, because making it is the shop's work."""
SALES = ("/orders/", "/order-requests/")
"""What an admin opens of anybody's orders, because sending them is the shop's work."""
DESK = ("/licences/",)
"""What an admin opens of anybody's licences, because every town's desk is theirs too."""
AT_WORK = {"design": WORKSHOP, "order": SALES, "request": SALES, "licence": DESK}
SILENT = ("/sales/", "/gift-cards/", "/desk/", ".png", "/pictures", "/share")
"""What no owner asks for, or what is answered without a word of theirs."""
MAKES = {"add_pet", "add_address"}
"""Verbs whose id is the one a form chose for a new thing."""
GIVEN: dict[str, Any] = {
    "facts": BISCUIT,
    "body": BISCUIT.body,
    "name": "Taken",
    "made_for": "Taken",
    "kind": PictureKind.FRONT,
    "data": make_design().to_dict(),
    "request_key": "another click",
    "state": "published",
    "outcome": DemoOutcome.PAID,
    "quantity": 1,
    "change": PromotionChange(active=False),
    "line_id": "none",
    "reason": "damaged",
    "words": "Taken",
    "carrier": "ups",
    "tracking_number": "1Z999AA1",
    "decision": ReturnState.DECLINED,
    "form": Form(),
    "version": 1,
    "shows": "rabies",
    "passed": True,
    "automatic": (),
    "audit_percent": 10,
    "what": "licences",
    "file": BytesIO(b"name"),
    "text": CANARY,
    "email": "somebody@example.com",
    "lost": True,
    "more": More(),
}


def everything_of(olive: Olive) -> list[str]:
    """Every row that says it is hers, to be compared."""
    with db.reading() as session:
        rows = [
            f"{table.name} {tuple(row)[1:]}"
            for table in SQLModel.metadata.sorted_tables
            if table.name != "outbox"
            for row in session.connection().execute(table.select())
        ]
    return sorted(row for row in rows if olive.ids["user"] in row or CANARY in row)


def doors_with_an_id() -> Iterator[tuple[str, RouteContext]]:
    """Every route whose address names something of somebody's."""
    for found in routes(make_api()):
        path = str(found.path)
        if set(PLACE.findall(path)) - OPEN_PLACES and not path.startswith(OPEN_ROUTES):
            for name in names_of(found):
                yield name, found


def likely(names: list[str], olive: Olive, *, whole: bool = False) -> dict[str, str]:
    """Of her things the one that a place is named after, as `pet_id` is; all of them where the name
    says nothing, or for `whole`."""
    named = {name.removesuffix("_id") for name in names} & olive.ids.keys()
    return {kind: thing for kind, thing in olive.ids.items() if whole or not named or kind in named}


def address_of(found: RouteContext, thing: str) -> str:
    return PLACE.sub(lambda place: WORDS.get(place[1], thing), str(found.path))


def verbs_with_an_id() -> dict[str, Callable[..., Any]]:
    """Every verb of a service that is told who asks and takes the id of something."""
    found: dict[str, Callable[..., Any]] = {}
    for module_info in pkgutil.walk_packages(pet_app.__path__, "pet_app."):
        if ".service" not in module_info.name:
            continue
        module = importlib.import_module(module_info.name)
        for name, verb in vars(module).items():
            if not inspect.isfunction(verb) or verb.__module__ != module_info.name:
                continue
            if not name.startswith("_") and "identity" in _parameters(verb) and _ids(verb):
                found[name] = verb
    return found


def handlers_with_an_id() -> dict[str, RegisteredEventHandler]:
    return {name: found for name, found in handlers().items() if _ids(found.handler.fn)}


def _parameters(verb: Callable[..., Any]) -> list[str]:
    return list(inspect.signature(verb).parameters)


def _ids(verb: Callable[..., Any]) -> list[str]:
    ends = ("_id", "_ids", "handle")
    return [name for name in _parameters(verb) if name.endswith(ends) and name not in NOBODYS]


def _call(verb: Callable[..., Any], session: Session, identity: Identity, thing: str) -> Any:
    home = users.checked_address("DE", BERLIN, "Taken")
    given = GIVEN | {"session": session, "identity": identity, "address": home}
    given |= {name: [thing] if name.endswith("s") else thing for name in _ids(verb)}
    if ".licensing." in verb.__module__:
        given["reason"] = "no-certificate"
    needed = [name for name in _parameters(verb) if name in given]
    return verb(**{name: given[name] for name in needed})


@pytest.fixture
def program(sqlite_database: str) -> Iterator[Program]:
    with Program(make_api()) as found:
        yield found


def test_no_route_gives_a_stranger_anything(program: Program) -> None:
    olive = make_olive()
    before, wrong, doors = everything_of(olive), [], list(doors_with_an_id())
    for stranger in STRANGERS:
        cookies = cookies_of(stranger)
        for name, found in doors:
            places = PLACE.findall(str(found.path))
            for kind, thing in likely(places, olive, whole=stranger == USER).items():
                if stranger == ADMIN and any(word in name for word in AT_WORK.get(kind, ())):
                    continue
                answer = asked(program, name, address_of(found, thing), cookies)
                told = CANARY in answer.text.casefold()
                if told or answer.status_code not in (*NOT_THEIRS, 422):
                    wrong.append((stranger, name, kind, answer.status_code, answer.text[:100]))
    assert wrong == []
    assert everything_of(olive) == before


def test_their_owner_finds_every_one_of_them(program: Program) -> None:
    olive = make_olive()
    for name, found in doors_with_an_id():
        if not name.startswith("GET ") or any(word in name for word in (*WORKSHOP, *SILENT)):
            continue
        paths = [address_of(found, thing) for thing in olive.ids.values()]
        answers = [asked(program, name, path, olive.cookies) for path in paths]
        assert [CANARY in answer.text for answer in answers].count(True) == 1, name


def test_a_copy_of_data_is_in_no_public_place(program: Program) -> None:
    olive = make_olive()
    for cookies in (olive.cookies, cookies_of(USER)):
        answer = asked(program, "GET /media", f"/media/{olive.storage_key}", cookies)
        assert answer.status_code == 404


def test_no_verb_serves_a_stranger(database: str) -> None:
    olive, verbs = make_olive(), verbs_with_an_id()
    with db.writing() as session:
        mallory = identity_of(make_user(session, "mallory@example.com"))
        admin = identity_of(make_user(session, "admin@example.com", role=Role.ADMIN), strong=True)
    before, wrong = everything_of(olive), []
    assert len(verbs) > 15
    strangers = (GUEST, Identity(visitor="a" * 64), mallory, admin)
    # What is made comes last: a stranger may then have something with the same id.
    for name in sorted(verbs, key=lambda name: name in MAKES):
        named = likely(_ids(verbs[name]), olive)
        for stranger, thing in product(strangers, olive.ids.values()):
            # One of them tries everything; for the others a verb's own kind of thing will do.
            if stranger is not mallory and thing not in named.values():
                continue
            sold = thing in (olive.ids["order"], olive.ids["request"])
            ours = sold and ".order." in verbs[name].__module__
            ours |= thing == olive.ids["licence"] and ".licensing." in verbs[name].__module__
            if stranger is admin and (ours or name in ("get_work", "buy_again")):
                continue
            fault = fault_in(name, verbs[name], stranger, thing)
            wrong += [(name, stranger.email, fault)] if fault else []
    assert wrong == []
    assert everything_of(olive) == before


@pytest.mark.usefixtures("sqlite_database")
def test_no_handler_serves_a_stranger() -> None:
    olive = make_olive()
    before, told = everything_of(olive), []
    found = handlers_with_an_id()
    assert len(found) > 8
    for name, registered in found.items():
        arguments = inspect.signature(registered.handler.fn).parameters
        for thing in likely(list(arguments), olive).values():
            tab = Tab(**cookies_of(USER))
            tab.send(name, **dict.fromkeys(list(arguments)[1:], thing))
            state = registered.states[0]
            if needs_of(registered) is not None:
                # What a dialog asks about first is done by the next click.
                for other in _without_arguments(state.get_full_name()):
                    tab.send(other)
            shown = str(tab.see(state).dict()).casefold()
            if CANARY in shown or GIRTH_SHOWN in shown:
                told.append((name, thing))
    assert told == []
    assert everything_of(olive) == before


def fault_in(name: str, verb: Callable[..., Any], stranger: Identity, thing: str) -> str:
    """What is wrong with how a verb served a stranger; nothing if it did not."""
    try:
        with db.writing() as session:
            answer = str(_call(verb, session, stranger, thing))
    except Problem as problem:
        fair = problem.status in NOT_THEIRS or name in MAKES
        return "" if fair else problem.detail
    if answer == "False" or name in MAKES:
        return answer if CANARY in answer.casefold() else ""
    return answer


def _without_arguments(state: str) -> list[str]:
    return [
        name
        for name, found in handlers().items()
        if name.rpartition(".")[0] == state and len(_parameters(found.handler.fn)) == 1
    ]
