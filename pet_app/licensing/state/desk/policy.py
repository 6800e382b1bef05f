"""What a town's desk approves by itself."""

from typing import Any

import reflex as rx

from pet_app.core import db
from pet_app.core.errors import Invalid
from pet_app.core.moments import day
from pet_app.licensing import service as licensing
from pet_app.licensing.state.desk.town import Desk

PERCENT = "Write a whole number from 0 to 100."


class PolicyDesk(Desk):
    """The policy of the town at hand."""

    policy_shown: bool = False
    automatic: rx.Field[list[str]] = rx.field(default_factory=list)
    audit_percent: str = ""
    changed: str = ""
    kept: str = ""
    drawn: int = 0

    @rx.event
    async def open_policy(self) -> None:
        """Show what holds."""
        self.policy_shown, self.kept = False, ""
        await self._enter()
        await self._show_policy()

    @rx.event
    async def go_to_policy_of(self, town_id: str) -> None:
        """That of another town."""
        self._choose_town(town_id)
        self.kept = ""
        await self._show_policy()

    @rx.event
    def turn_kind(self, kind: str) -> None:
        """Have a kind approved automatically, or by a clerk again; kept only when saved."""
        others = [known for known in self.automatic if known != kind]
        self.automatic = others if kind in self.automatic else [*others, kind[:20]]
        self.kept = ""

    @rx.event
    async def keep_policy(self, form: dict[str, Any]) -> None:
        """Save it."""
        typed = str(form.get("audit_percent") or "").strip().removesuffix("%").strip()
        if not typed.isdecimal() or len(typed) > 3:
            raise Invalid(PERCENT, {"audit_percent": PERCENT})
        identity = await self._identity()
        kinds = list(self.automatic)
        await db.write(licensing.change_policy, identity, self.town_id, kinds, int(typed))
        await self._show_policy()
        self.kept = "Saved. It holds for everything handed in from now on."

    async def _show_policy(self) -> None:
        if not self.town_id:
            return
        policy = await db.read(licensing.policy_of, await self._identity(), self.town_id)
        self.automatic = list(policy.automatic)
        self.audit_percent = str(policy.audit_percent)
        by = f" by {policy.changed_by}" if policy.changed_by else ""
        self.changed = f"Last changed on {day(policy.changed)}{by}." if policy.changed else ""
        self.drawn += 1
        self.policy_shown = True
