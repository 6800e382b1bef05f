"""The sections there are, what each stands on, and which of them this process serves."""

from pet_app.core.settings import settings

NEEDS: dict[str, tuple[str, ...]] = {
    "user": (),
    "webhook": (),
    "payment": ("user", "webhook"),
    "pet": ("user",),
    "catalog": ("user", "pet"),
    "builder": ("user", "pet", "catalog"),
    "order": ("user", "payment", "catalog", "builder"),
    "checkout": ("user", "payment", "catalog", "builder", "order"),
    "licensing": ("user", "payment", "pet"),
    "dashboard": ("user", "pet", "builder", "licensing"),
}
"""Every section, lowest first, and those before it whose verbs or events it uses."""

SECTIONS = tuple(NEEDS)


def chosen() -> tuple[str, ...]:
    """The sections this process serves, lowest first: those it was told and what they stand on.

    Raises `ValueError` for a name that is none of them.
    """
    wanted = set(settings().chosen_sections or SECTIONS)
    if unknown := wanted - set(SECTIONS):
        raise ValueError(f"PET_SECTIONS names no section of ours: {', '.join(sorted(unknown))}")
    # From the highest down, so that what a need needs is met as well.
    for name in reversed(SECTIONS):
        if name in wanted:
            wanted.update(NEEDS[name])
    return tuple(name for name in SECTIONS if name in wanted)


def serves(name: str) -> bool:
    """Whether this process serves that section; a page leads nowhere else."""
    return name in chosen()


def stands_alone() -> bool:
    """Whether this process serves a site of its own: licensing, without the shop."""
    return serves("licensing") and not serves("catalog")


def account_home() -> str:
    """The page of one's own things that this process begins with."""
    return "/dashboard" if serves("dashboard") else "/dashboard/licensing"
