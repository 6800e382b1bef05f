/* For the page around us: licensing inside it, version 1 of the protocol. docs/embedding.md

   <div data-licensing="/licensing/fees"></div>
   <script src="https://licences.example/embed/v1.js" defer></script> */
(() => {
  const PROTOCOL = "all-pet-plus.licensing";
  const VERSION = 1;
  const TYPES = ["ready", "height", "navigate", "done", "refused"];
  const TALLEST = 20000;
  const site = new URL(document.currentScript.src).origin;

  const place = (room) => {
    const frame = document.createElement("iframe");
    const wanted = new URL(room.dataset.licensing || "/licensing", site);
    if (wanted.origin !== site) return;
    frame.title = room.dataset.title || "Pet licences";
    frame.referrerPolicy = "origin";
    frame.style.cssText = "width:100%;border:0;display:block;min-height:320px";
    /* Not until the frame answers does it know whom it may speak to, so hello is said again. */
    const hello = () => {
      const said = { protocol: PROTOCOL, version: VERSION, type: "hello", versions: [VERSION] };
      frame.contentWindow?.postMessage(said, site);
    };
    frame.addEventListener("load", hello);
    window.addEventListener("message", (event) => {
      if (event.source !== frame.contentWindow || event.origin !== site) return;
      const said = event.data;
      if (!said || said.protocol !== PROTOCOL || said.version !== VERSION) return;
      if (!TYPES.includes(said.type)) return;
      if (said.type === "height" && said.height > 0) {
        frame.style.height = `${Math.min(Number(said.height), TALLEST)}px`;
      }
      room.dispatchEvent(new CustomEvent(`licensing:${said.type}`, { bubbles: true, detail: said }));
    });
    room.addEventListener("licensing:go", (event) => {
      const said = { protocol: PROTOCOL, version: VERSION, type: "go", path: event.detail?.path };
      frame.contentWindow?.postMessage(said, site);
    });
    frame.src = wanted.href;
    room.replaceChildren(frame);
  };

  const all = () => document.querySelectorAll("[data-licensing]").forEach(place);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all);
  else all();
})();
