"""The names Tailwind knows our tokens by; their values, light and dark, are in `assets/styles`."""

import reflex as rx
from reflex_base.plugins.shared_tailwind import TailwindConfig

COLOURS = (
    "paper",
    "surface",
    "sunk",
    "line",
    "edge",
    "ink",
    "muted",
    "brand",
    "brand-strong",
    "on-brand",
    "brand-soft",
    "accent",
    "accent-soft",
    "on-accent",
    "good",
    "good-soft",
    "warn",
    "warn-soft",
    "danger",
    "danger-soft",
    "banner",
    "on-banner",
)

TYPE_SIZES = {
    "hero": ("clamp(2.75rem, 1.6rem + 4.9vw, 5.25rem)", "0.98", "-0.035em"),
    "title": ("clamp(2.125rem, 1.5rem + 2.7vw, 3.5rem)", "1.04", "-0.03em"),
    "heading": ("clamp(1.5rem, 1.3rem + 0.9vw, 2rem)", "1.15", "-0.02em"),
    "subheading": ("1.1875rem", "1.3", "-0.01em"),
    "lead": ("clamp(1.0625rem, 1rem + 0.35vw, 1.25rem)", "1.55", "0"),
    "body": ("1rem", "1.6", "0"),
    "small": ("0.875rem", "1.5", "0"),
    "label": ("0.75rem", "1.4", "0.04em"),
}

TAILWIND: TailwindConfig = {
    "darkMode": "class",
    # Memoised components are compiled to folders of their own, beside the pages.
    "content": [
        "./app/**/*.{js,jsx}",
        "./app_components/**/*.{js,jsx}",
        "./utils/**/*.{js,jsx}",
    ],
    "theme": {
        "extend": {
            "colors": {name: f"var(--{name})" for name in COLOURS},
            "fontFamily": {
                "display": "var(--font-display)",
                "body": "var(--font-body)",
            },
            "fontSize": {
                name: [size, {"lineHeight": height, "letterSpacing": spacing}]
                for name, (size, height, spacing) in TYPE_SIZES.items()
            },
            "borderRadius": {
                "control": "var(--radius-control)",
                "card": "var(--radius-card)",
                "panel": "var(--radius-panel)",
            },
            "boxShadow": {
                "card": "var(--shadow-card)",
                "lift": "var(--shadow-lift)",
                "dialog": "var(--shadow-dialog)",
            },
            "maxWidth": {"page": "var(--page)", "prose": "var(--prose)"},
            "transitionTimingFunction": {"soft": "var(--ease-soft)"},
        }
    },
}

STYLESHEETS = ["/styles/tokens.css", "/styles/base.css"]


def head() -> list[rx.Component]:
    """What every page carries in its head: the fonts before the style sheet, our icon, tint."""
    fonts = ("bricolage-grotesque", "instrument-sans")
    return [
        *(
            rx.el.link(
                rel="preload",
                href=f"/fonts/{name}.woff2",
                type="font/woff2",
                custom_attrs={"as": "font", "crossOrigin": "anonymous"},
            )
            for name in fonts
        ),
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.meta(name="theme-color", content="#12352a"),
    ]
