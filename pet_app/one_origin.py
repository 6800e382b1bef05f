"""In development, one address for pages, API and websocket, as in production."""

import json
from typing import Any

from reflex_base.config import get_config
from reflex_base.plugins import Plugin

DEFAULT_BACKEND_PORT = 8000
SERVED_BY_PYTHON = (
    "/api",
    "/health",
    "/media",
    "/outbox",
    "/ping",
    "/ready",
    "/robots.txt",
    "/sitemap.xml",
    "/webhooks",
    "/_event",
    "/_health",
    "/_upload",
)

VITE_PLUGIN = """
function oneOrigin() {
  const backend = { target: %(backend)s, ws: true, xfwd: true };
  const proxy = Object.fromEntries(%(paths)s.map((path) => [path, backend]));
  return {
    name: "pet-one-origin",
    // A plugin's word comes after the command line's, which would listen on every interface.
    config: () => ({ server: { host: %(host)s, proxy } }),
  };
}
"""


class OneOrigin(Plugin):
    """Has Vite's development server pass on what Python serves, cookies and websocket included."""

    def pre_compile(self, **context: Any) -> None:
        """Add the proxy to the Vite configuration that Reflex is about to write."""
        context["add_modify_task"]("vite.config.js", with_proxy)


def with_proxy(vite_config: str) -> str:
    """The Vite configuration with our plugin in it, once."""
    if "oneOrigin()" in vite_config:
        return vite_config
    config = get_config()
    port = config.backend_port or DEFAULT_BACKEND_PORT
    plugin = VITE_PLUGIN % {
        "backend": json.dumps(f"http://127.0.0.1:{port}"),
        "host": json.dumps(config.backend_host),
        "paths": json.dumps(SERVED_BY_PYTHON),
    }
    head, export, tail = vite_config.partition("export default defineConfig")
    return head + plugin + export + tail.replace("plugins: [", "plugins: [\n    oneOrigin(),", 1)
