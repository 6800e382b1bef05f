// Keys of the desk: each presses the button that names it in `aria-keyshortcuts`, so that what a
// key does can always be seen, read aloud and clicked as well.

const PET_KEYS = "desk-keys";
const PET_TYPED = "input:not([type=checkbox], [type=radio], [type=range]), textarea, select";

function petKeysOn() {
  try {
    return localStorage.getItem(PET_KEYS) !== "off";
  } catch {
    return true;
  }
}

function petKeyed(key) {
  const room = document.querySelector("dialog[open]") || document;
  return [...room.querySelectorAll("[aria-keyshortcuts]")].find(
    (found) =>
      found.getAttribute("aria-keyshortcuts").split(" ").includes(key) &&
      !found.disabled &&
      found.getClientRects().length > 0,
  );
}

// j and k go along the rows of a list; without rows they are keys like any other.
function petStep(by) {
  const rows = [...document.querySelectorAll("main [data-row]")];
  if (!rows.length || document.querySelector("dialog[open]")) return false;
  const at = rows.indexOf(document.activeElement?.closest("[data-row]"));
  const to = at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1);
  rows[to].focus({ preventScroll: true });
  rows[to].scrollIntoView({ block: "nearest" });
  return true;
}

function petPress(event) {
  if (event.defaultPrevented || event.isComposing) return;
  const target = event.target;
  const typed = target.matches?.(PET_TYPED);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && target.form) {
    event.preventDefault();
    target.form.requestSubmit();
    return;
  }
  if (typed && event.key === "Escape" && !target.closest("dialog")) {
    event.preventDefault();
    petHome()?.focus({ preventScroll: true });
    return;
  }
  if (typed || event.ctrlKey || event.metaKey || event.altKey || !petKeysOn()) return;
  if ((event.key === "j" && petStep(1)) || (event.key === "k" && petStep(-1))) {
    event.preventDefault();
    return;
  }
  const row = document.activeElement?.closest("[data-row]");
  const found =
    event.key === "o" && !document.querySelector("dialog[open]")
      ? row || document.querySelector("main [data-row]")
      : petKeyed(event.key);
  if (!found) return;
  event.preventDefault();
  if (found.matches(PET_TYPED)) {
    found.focus();
    found.select?.();
    // What a key held down would do several times, it does once.
  } else if (!event.repeat || found.hasAttribute("data-repeats")) {
    if (found.type === "radio") found.focus();
    found.click();
  }
}

function petHome() {
  return document.querySelector("main [data-home]");
}

function PetDeskKeys({ at }) {
  const last = useRef(null);
  useEffect(() => {
    // Coming from another page of the desk, the focus was on something that is there no more.
    let fresh = Boolean(window.petDeskSeen);
    window.petDeskSeen = true;
    const follow = (event) => {
      last.current = event.target;
    };
    // A control that goes away, or is off while something is under way, takes the focus with it.
    const keep = () => {
      const lost = document.activeElement === document.body || !document.activeElement;
      const gone = last.current && (!last.current.isConnected || last.current.disabled);
      const home = petHome();
      if (lost && home && (fresh || gone) && !document.querySelector("dialog[open]")) {
        home.focus({ preventScroll: true });
      }
      if (home) fresh = false;
    };
    const watch = new MutationObserver(() => requestAnimationFrame(keep));
    watch.observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ["disabled", "open"],
    });
    keep();
    document.addEventListener("keydown", petPress);
    document.addEventListener("focusin", follow);
    return () => {
      watch.disconnect();
      document.removeEventListener("keydown", petPress);
      document.removeEventListener("focusin", follow);
    };
  }, []);
  useEffect(() => {
    // What is now on the page is read out from its heading on.
    if (at && !document.querySelector("dialog[open]")) petHome()?.focus({ preventScroll: true });
  }, [at]);
  return null;
}

function PetKeysSwitch({ words }) {
  const [on, setOn] = useState(true);
  useEffect(() => setOn(petKeysOn()), []);
  const turn = (event) => {
    setOn(event.target.checked);
    try {
      localStorage.setItem(PET_KEYS, event.target.checked ? "on" : "off");
    } catch {
      // A browser that keeps nothing has the keys on again at the next page.
    }
  };
  return jsx(
    "label",
    { className: "flex min-h-11 cursor-pointer items-center gap-3 text-body" },
    jsx("input", {
      type: "checkbox",
      checked: on,
      onChange: turn,
      className: "h-5 w-5 shrink-0 accent-[var(--brand)]",
    }),
    words,
  );
}
