"""Every setting the shop reads from its environment, in one place."""

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from pet_app.core.mail.mailbox import NoAddress, named
from pet_app.core.mail.server import MailServer
from pet_app.core.origins import origins_in
from pet_app.core.provider import Provider

ROOT = Path(__file__).resolve().parents[2]
DEVELOPMENT_SECRET = "only-for-development-never-in-production"  # noqa: S105
SHORTEST_SECRET = 32
DEVELOPMENT_DOMAIN = "harness-hero.test"
LOOPBACK = ("localhost", "127.0.0.1")
THIS_MACHINE = ("127.0.0.0/8", "::1/128")


class Settings(BaseSettings):
    """The settings of this process; each field names the variable it is read from."""

    model_config = SettingsConfigDict(
        env_file=ROOT / ".env",
        env_ignore_empty=True,
        extra="ignore",
        populate_by_name=True,
        # What is refused is told without the values, among which are secrets.
        hide_input_in_errors=True,
    )

    env: Literal["development", "test", "production"] = Field(
        default="development", alias="PET_ENV"
    )
    port: int = Field(default=3000, alias="PORT", ge=1, le=65535)
    site_url: str = Field(default="", alias="SITE_URL")
    secret_key: str = Field(default=DEVELOPMENT_SECRET, alias="SECRET_KEY", repr=False)
    data_dir: Path = Field(default=ROOT / "var", alias="PET_DATA_DIR")
    database_url: str = Field(default="", alias="DATABASE_URL", repr=False)
    redis_url: str | None = Field(default=None, alias="REDIS_URL", repr=False)
    storage_url: str = Field(default="", alias="STORAGE_URL", repr=False)
    mail_url: str | None = Field(default=None, alias="MAIL_URL", repr=False)
    mail_from: str = Field(default="", alias="MAIL_FROM")
    oidc_providers: tuple[Provider, ...] = Field(default=(), alias="OIDC_PROVIDERS", repr=False)
    stripe_secret_key: str | None = Field(default=None, alias="STRIPE_SECRET_KEY", repr=False)
    stripe_webhook_secret: str = Field(default="", alias="STRIPE_WEBHOOK_SECRET", repr=False)
    stripe_api_base: str = Field(default="", alias="STRIPE_API_BASE")
    trusted_proxies: str = Field(default=",".join(THIS_MACHINE), alias="TRUSTED_PROXIES")
    sections: str = Field(default="", alias="PET_SECTIONS")
    main_site_url: str = Field(default="", alias="MAIN_SITE_URL")
    sister_sites: str = Field(default="", alias="SISTER_SITES")
    embed_origins: str = Field(default="", alias="EMBED_ORIGINS")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", alias="LOG_LEVEL"
    )
    worker_threads: int = Field(default=4, alias="WORKER_THREADS", ge=1, le=64)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        self.data_dir = self.data_dir.expanduser().resolve()
        self.site_url = (self.site_url or f"http://localhost:{self.port}").rstrip("/")
        self.storage_url = self.storage_url or (self.data_dir / "storage").as_uri()
        self.database_url = _with_driver(
            self.database_url or f"sqlite:///{self.data_dir / 'shop.db'}"
        )
        if self.is_production and len(self.secret_key) < SHORTEST_SECRET:
            raise ValueError(f"SECRET_KEY must have at least {SHORTEST_SECRET} characters")
        if self.is_production and self.secret_key == DEVELOPMENT_SECRET:
            raise ValueError("SECRET_KEY must be set to a secret of your own in production")
        self._check_mail()
        self._check_stripe()
        names = [provider.name for provider in self.oidc_providers]
        if len(set(names)) < len(names):
            raise ValueError("OIDC_PROVIDERS lists two providers of one name")
        _ = self.trusted_networks
        self._check_sites()
        return self

    def _check_sites(self) -> None:
        self.main_site_url = self.main_site_url.rstrip("/")
        if len(origins_in(self.main_site_url, "MAIN_SITE_URL")) > 1:
            raise ValueError("MAIN_SITE_URL names one site")
        if self.main_site_url == self.site_url:
            raise ValueError("MAIN_SITE_URL names another site than SITE_URL")
        _ = self.sisters, self.embedders

    def _check_mail(self) -> None:
        server = self.mail_server
        # Without letters nobody could open an account, and nobody would be told why.
        if self.is_production and (server is None or not self.mail_from):
            raise ValueError("MAIL_URL and MAIL_FROM must name your mail server in production")
        self.mail_from = self.mail_from or f"Harness Hero <hello@{DEVELOPMENT_DOMAIN}>"
        try:
            named(self.mail_from)
        except NoAddress:
            raise ValueError("MAIL_FROM must be one address, or Name <address>") from None

    def _check_stripe(self) -> None:
        if not self.is_production or not self.stripe_secret_key:
            return
        # Without it no word of Stripe's would be believed, and payments seen hours late.
        if not self.stripe_webhook_secret.split():
            raise ValueError("STRIPE_WEBHOOK_SECRET must be set in production beside a key")
        if self.stripe_api_base and not self.stripe_api_base.startswith("https://"):
            raise ValueError("STRIPE_API_BASE must begin with https:// in production")

    @property
    def mail_server(self) -> MailServer | None:
        """The server that takes our letters; without one they are kept for the developer."""
        return MailServer.from_url(self.mail_url) if self.mail_url else None

    @property
    def trusted_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """Where the proxies before this shop are, whose headers are believed."""
        return _networks(self.trusted_proxies)

    @property
    def sisters(self) -> tuple[str, ...]:
        """The sites beside this one whose visitors may sign in through it."""
        return origins_in(self.sister_sites, "SISTER_SITES")

    @property
    def embedders(self) -> tuple[str, ...]:
        """The sites whose pages may show licensing of ours inside theirs."""
        return origins_in(self.embed_origins, "EMBED_ORIGINS")

    @property
    def is_production(self) -> bool:
        """Whether visitors are real: nothing is seeded and no default secret is accepted."""
        return self.env == "production"

    @property
    def chosen_sections(self) -> tuple[str, ...]:
        """The sections this process serves; empty means every one."""
        return tuple(name.strip() for name in self.sections.split(",") if name.strip())

    @property
    def origins(self) -> list[str]:
        """The addresses our pages have in a browser; no other may open a websocket."""
        return [self.site_url, *(f"http://{host}:{self.port}" for host in LOOPBACK)]


def _networks(listed: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """The networks of a list such as `127.0.0.0/8, ::1/128`; `none` names none."""
    named = [name.strip() for name in listed.split(",") if name.strip() not in ("", "none")]
    try:
        return tuple(ip_network(name) for name in named)
    except ValueError as fault:
        raise ValueError(f"TRUSTED_PROXIES lists networks like 10.0.0.0/8: {fault}") from None


def _with_driver(url: str) -> str:
    """The same address, naming the Postgres driver that is installed."""
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


@lru_cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
