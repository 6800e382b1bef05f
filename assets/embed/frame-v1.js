/* Inside a frame: speak with the page around us, version 1 of the protocol. docs/embedding.md */
(() => {
  const PROTOCOL = "all-pet-plus.licensing";
  const VERSION = 1;
  const HOME = "/licensing";
  const ELSEWHERE = "/licensing/go-on";
  const LOGIN = "/login";
  if (window.parent === window) return;
  const told = document.getElementById("embedding")?.dataset;
  if (!told) return;
  const origins = JSON.parse(told.origins);
  const routes = JSON.parse(told.routes).map((route) => new RegExp(route));
  document.documentElement.classList.add("embedded");

  let host = null;
  let height = 0;
  let last = "";

  const fits = (path) => routes.some((route) => route.test(path));
  /* The step between here and an account, which leads on to what was wanted. */
  const elsewhere = (url) => {
    const wanted =
      url.pathname === LOGIN ? url.searchParams.get("next") || HOME : url.pathname + url.search;
    window.location.assign(`${ELSEWHERE}?to=${encodeURIComponent(wanted)}`);
  };
  const tell = (type, more) => {
    /* To the one origin that said hello, and to no other, whoever is there by now. */
    if (host) window.parent.postMessage({ protocol: PROTOCOL, version: VERSION, type, ...more }, host);
  };

  const measure = () => {
    const main = document.querySelector("main");
    const now = main ? Math.ceil(main.getBoundingClientRect().height) : 0;
    if (!now || now === height) return;
    height = now;
    tell("height", { height });
  };

  /* The path alone: what stands behind ? and # may be somebody's. */
  const arrived = () => {
    const path = window.location.pathname;
    if (path === last) return;
    const from = last;
    last = path;
    tell("navigate", { path });
    finished(from, path.startsWith("/licensing/applications/"));
  };

  /* From the form one goes on to its own page, or to pay, once it has been handed in. */
  const finished = (from, onward) => {
    if (onward && from.startsWith("/licensing/apply")) tell("done", { what: "handed_in" });
  };

  window.addEventListener("message", (event) => {
    if (event.source !== window.parent || !origins.includes(event.origin)) return;
    const said = event.data;
    if (!said || said.protocol !== PROTOCOL) return;
    if (said.type === "hello") {
      if (!Array.isArray(said.versions) || !said.versions.includes(VERSION)) {
        const answer = { protocol: PROTOCOL, version: VERSION, type: "refused", reason: "version" };
        window.parent.postMessage(answer, event.origin);
        return;
      }
      host = event.origin;
      height = 0;
      last = window.location.pathname;
      tell("ready", { path: last });
      measure();
    } else if (said.type === "go" && said.version === VERSION && event.origin === host) {
      const url = typeof said.path === "string" ? new URL(said.path, window.location.origin) : null;
      if (url && url.origin === window.location.origin && fits(url.pathname)) {
        window.location.assign(url.pathname + url.search);
      }
    }
  });

  /* What is not for frames opens in a window of its own: a browser would show nothing here. */
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target instanceof Element && event.target.closest("a[href]");
      if (!link) return;
      const url = new URL(link.href, window.location.href);
      if (!/^https?:$/.test(url.protocol)) return;
      if (url.origin === window.location.origin && fits(url.pathname)) return;
      event.preventDefault();
      event.stopPropagation();
      if (url.origin === window.location.origin && url.pathname === LOGIN) elsewhere(url);
      else window.open(url.href, "_blank", "noopener");
    },
    true,
  );

  const step = (name) => {
    const given = history[name].bind(history);
    history[name] = (state, unused, address) => {
      const url = new URL(address ?? window.location.href, window.location.href);
      if (url.origin === window.location.origin && !fits(url.pathname)) {
        finished(last, url.pathname.startsWith("/pay/"));
        elsewhere(url);
        return;
      }
      given(state, unused, address);
      arrived();
    };
  };
  step("pushState");
  step("replaceState");
  window.addEventListener("popstate", arrived);

  /* Whoever takes the money lets nobody show their page in a frame: it gets a window, or, where
     the browser opens none by itself, a link to one. */
  window.navigation?.addEventListener("navigate", (event) => {
    const url = new URL(event.destination.url);
    if (url.origin === window.location.origin || url.protocol !== "https:" || !event.cancelable) return;
    event.preventDefault();
    finished(last, true);
    const opened = window.open(url.href, "_blank");
    if (opened) {
      opened.opener = null;
      return;
    }
    const link = Object.assign(document.createElement("a"), {
      href: url.href,
      target: "_blank",
      rel: "noopener",
      textContent: `Go on at ${url.hostname}`,
      className: "m-5 inline-flex min-h-12 items-center rounded-full bg-brand px-6 text-on-brand",
    });
    document.querySelector("main")?.prepend(link);
    link.focus();
  });

  const watch = () => {
    new ResizeObserver(measure).observe(document.body);
    new MutationObserver(measure).observe(document.body, { childList: true, subtree: true });
    measure();
  };
  if (document.body) watch();
  else document.addEventListener("DOMContentLoaded", watch);
})();
