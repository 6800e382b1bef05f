"""A provider of OpenID Connect that people may sign in with, as the settings name it."""

from typing import Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

LOCAL = ("localhost", "127.0.0.1", "::1")


class Provider(BaseModel):
    """One provider. `name` stands in our addresses, `label` on the button.

    Without a `client_secret` we are a public client; PKCE is used in any case. `parameters` go
    along when somebody is sent there, such as `{"access_type": "offline"}`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,31}$")
    label: str = Field(min_length=1, max_length=40)
    issuer: str
    client_id: str = Field(min_length=1)
    client_secret: str = Field(default="", repr=False)
    scopes: str = "openid email profile"
    parameters: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _usable(self) -> Self:
        if not may_be_asked(self.issuer):
            raise ValueError("the issuer of a provider is an https:// address")
        if "openid" not in self.scopes.split():
            raise ValueError("the scopes of a provider hold openid")
        return self


def may_be_asked(url: str) -> bool:
    """Whether we speak to this address: encrypted, or on this machine."""
    parts = urlsplit(url)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL)
    )
