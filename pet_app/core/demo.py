"""Who can sign in to a demonstration shop; it says so in its banner."""

from pet_app.core.security import Role

DEMO_PASSWORD = "harness-hero-demo"  # noqa: S105
DEMO_ACCOUNTS = {
    "owner@demo.test": ("Olive Owner", Role.USER),
    "staff@demo.test": ("Sasha Staff", Role.STAFF),
    "clerk@demo.test": ("Clem Clerk", Role.CLERK),
    "admin@demo.test": ("Ada Admin", Role.ADMIN),
}
