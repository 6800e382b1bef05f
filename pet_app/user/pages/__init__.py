"""The pages of accounts."""

from pet_app.ui.page import Page
from pet_app.user.pages.doors import login, register

PAGES = [
    Page(
        route="/login",
        view=login,
        title="Sign in",
        description="Sign in to your pets, your designs and your orders.",
        area="shop",
    ),
    Page(
        route="/register",
        view=register,
        title="Open an account",
        description="Open an account: your pet's measurements and your designs in one place.",
        area="shop",
    ),
]
