"""One refresh token used eight times at once: one program goes on, nothing breaks.

`make faults` runs two hundred rounds, a test run twenty.
"""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from pet_app.core import db
from pet_app.core.errors import Problem
from pet_app.core.models import TokenFamily
from pet_app.core.security import Role, open_family
from pet_app.user.service import tokens

ROUNDS = int(os.environ.get("ROUNDS", "20"))
AT_ONCE = 8


def use(refresh_token: str, together: Barrier) -> str:
    """What a program gets for its refresh token: the next one, or the name of the refusal."""
    together.wait()
    try:
        with db.writing() as session:
            renewal = tokens.renew(session, refresh_token)
        with db.reading() as session:
            return tokens.new_keys(session, renewal).refresh_token
    except Problem as problem:
        return type(problem).__name__


def test_of_eight_uses_at_once_one_wins_and_the_others_are_told_so(database: str) -> None:
    with db.writing() as session:
        family, token = open_family(
            session, user_id="u1", role=Role.USER, name="Ada", email="ada@example.org"
        )
    together, came = Barrier(AT_ONCE), Counter[str]()
    with ThreadPoolExecutor(AT_ONCE) as programs:
        for _ in range(ROUNDS):
            answers = list(programs.map(use, [token] * AT_ONCE, [together] * AT_ONCE))
            winners = [answer for answer in answers if answer.startswith("hhr_")]
            assert len(winners) == 1, answers
            came.update(answer for answer in answers if answer not in winners)
            token = winners[0]
    assert came == {"Conflict": (AT_ONCE - 1) * ROUNDS}
    with db.reading() as session:
        assert session.get_one(TokenFamily, family.id).revoked is None
