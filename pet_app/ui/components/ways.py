"""Where header, footer and account lead: on the whole site, and on one without the shop."""

from pet_app.core import sections
from pet_app.core.settings import settings

Link = tuple[str, str]
Group = tuple[str, tuple[Link, ...]]

SHOP_MAIN = (
    ("Shop", "/shop"),
    ("Design your own", "/builder"),
    ("Measuring guide", "/measuring-guide"),
)
LICENCE_MAIN = (
    ("Apply", "/licensing/apply"),
    ("Fees", "/licensing/fees"),
    ("Verify", "/licensing/verify"),
)
GEAR: tuple[Group, ...] = (
    (
        "Gear",
        (
            ("Harnesses", "/shop?kind=harness"),
            ("Collars", "/shop?kind=collar"),
            ("Martingales", "/shop?kind=martingale"),
            ("Leashes", "/shop?kind=leash"),
            ("Tags", "/shop?kind=tag"),
            ("Bandanas", "/shop?kind=bandana"),
        ),
    ),
    (
        "And with it",
        (
            ("For the walk", "/shop?kind=walk"),
            ("Bowls and feeding", "/shop?kind=bowl"),
            ("Toys", "/shop?kind=toy"),
            ("Brushes and care", "/shop?kind=care"),
            ("Beds and home", "/shop?kind=home"),
            ("Gift cards", "/shop?kind=gift"),
        ),
    ),
    (
        "Help",
        (
            ("Design your own", "/builder"),
            ("Measuring guide", "/measuring-guide"),
            ("Shipping", "/help/shipping"),
            ("Returns and fit", "/help/returns"),
            ("Track an order", "/track"),
        ),
    ),
)
LICENCES: Group = (
    "Licences",
    (
        ("Pet licences", "/licensing"),
        ("Apply for one", "/licensing/apply"),
        ("What it costs", "/licensing/fees"),
        ("Verify a licence", "/licensing/verify"),
    ),
)

ACCOUNT = (
    ("Overview", "/dashboard", "sparkle", "dashboard"),
    ("Licences", "/dashboard/licensing", "code", "licensing"),
    ("Orders", "/dashboard/orders", "bag", "order"),
    ("Pets", "/dashboard/pets", "paw", "pet"),
    ("Designs", "/dashboard/designs", "cube", "builder"),
    ("Wishes", "/dashboard/wishes", "heart", "catalog"),
    ("Settings", "/dashboard/settings", "gear", "user"),
)
"""Name, path, icon, and the section whose page it is."""

YOURS = {"Pets": "Your pets", "Designs": "Your designs", "Licences": "Your licences"}
"""What the footer calls some of them."""


def main_links() -> tuple[Link, ...]:
    """The ways in the header."""
    if sections.stands_alone():
        return LICENCE_MAIN
    licences = (("Pet licences", "/licensing"),) if sections.serves("licensing") else ()
    return (*SHOP_MAIN, *licences)


def footer_groups() -> tuple[Group, ...]:
    """The ways in the footer, by what they are about."""
    groups = GEAR if sections.serves("catalog") else ()
    licences = (LICENCES,) if sections.serves("licensing") else ()
    yours = tuple((YOURS.get(name, name), path) for name, path, _ in account_links())
    elsewhere = (("Elsewhere", shop_elsewhere()),) if shop_elsewhere() else ()
    return (*groups, *licences, ("You", yours), *elsewhere)


def small_print() -> tuple[Link, ...]:
    """What one should be able to read anywhere."""
    privacy = (("Privacy", "/privacy"),)
    return privacy + ((("Terms", "/terms"),) if sections.serves("catalog") else ())


def account_links() -> tuple[tuple[str, str, str], ...]:
    """Name, path and icon of one's own pages that this process serves."""
    return tuple((name, path, symbol) for name, path, symbol, of in ACCOUNT if sections.serves(of))


def shop_elsewhere() -> tuple[Link, ...]:
    """The way to the main site, from one that stands beside it."""
    there = settings().main_site_url
    return (("Harness Hero shop", there),) if there and sections.stands_alone() else ()
