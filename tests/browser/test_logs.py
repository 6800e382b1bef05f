"""What a started shop writes down while somebody tries things on its websocket."""

from typing import Any

from playwright.sync_api import Page

from tests.browser.site import Site

# Speaks to the websocket as Reflex's page does, and says things no page would.
TRY = """
(events) => new Promise((done) => {
  const token = crypto.randomUUID();
  const scheme = location.protocol.replace("http", "ws");
  const at = `${scheme}//${location.host}/_event/?EIO=4&transport=websocket&token=${token}`;
  const socket = new WebSocket(at, ["0.10.1"]);
  const answers = [];
  const finish = () => { socket.close(); done(answers); };
  socket.onmessage = ({ data }) => {
    answers.push(data);
    if (data.startsWith("0{")) socket.send("40/_event,");
    if (data.startsWith("40/_event")) {
      events.forEach((event) => socket.send(`42/_event,${JSON.stringify(["event", event])}`));
      setTimeout(finish, 3000);
    }
  };
  socket.onclose = socket.onerror = finish;
  setTimeout(finish, 10000);
})
"""


def event(name: Any, payload: Any = None) -> dict[str, Any]:
    return {
        "name": name,
        "payload": payload if payload is not None else {},
        "router_data": {"pathname": "/", "query": {}, "asPath": "/"},
        "token": "a token of nobody",
    }


def test_no_try_at_the_websocket_writes_a_cookie_into_the_log(page: Page, site: Site) -> None:
    page.goto("/")
    cookies = [cookie.get("value", "") for cookie in page.context.cookies()]
    assert len(cookies[0]) > 20
    before = len(site.log.read_text())
    answers = page.evaluate(
        TRY,
        [
            event("nobody.knows.this"),
            event("reflex___state____state.hydrate"),
            event("reflex___state____state.setvar", {"password": "correct horse battery"}),
            event(7),
            event(None),
            "just text",
            {"nothing": "right"},
            [],
        ],
    )
    assert any(answer.startswith("40/_event") for answer in answers)
    said = site.log.read_text()[before:]
    assert said, "nothing was written down at all"
    assert [cookie for cookie in cookies if cookie in said] == []
    assert "correct horse" not in said
    assert page.goto("/shop").ok  # pyright: ignore[reportOptionalMemberAccess]
