/* In a frame of another site: ask who is there, and go on once a window of our own said so. */

const FRAME_ASK = "/api/v1/frames";
const FRAME_LOOK_MS = 2000;

/* The page this is for, if it is one of ours. */
function framedPage() {
  const wanted = new URLSearchParams(window.location.search).get("to") || "";
  const url = wanted.startsWith("/") ? new URL(wanted, window.location.origin) : null;
  return url && url.origin === window.location.origin ? url.pathname + url.search : "/licensing";
}

/* Whether that page may be shown in a frame at all. */
function framedFits(page) {
  const told = document.getElementById("embedding")?.dataset.routes;
  const path = page.split("?")[0];
  return !told || JSON.parse(told).some((route) => new RegExp(route).test(path));
}

function PetFrameDoor({ children, ...rest }) {
  const [asked, setAsked] = useState(null);
  const [said, setSaid] = useState("");
  const [outside, setOutside] = useState("");
  useEffect(() => {
    if (window.parent === window) {
      /* Not in a frame: there is nothing to ask. */
      window.location.replace(framedPage());
      return undefined;
    }
    if (!framedFits(framedPage())) {
      setOutside(framedPage());
      return undefined;
    }
    let over = false;
    const post = (address) =>
      fetch(address, { method: "POST", headers: { Accept: "application/json" } });
    const look = async () => {
      if (over) return;
      try {
        const answer = await post(`${FRAME_ASK}/entry`);
        const told = await answer.json();
        if (answer.ok && told.signed_in) {
          over = true;
          window.location.replace(framedPage());
          return;
        }
        if (answer.status === 401) {
          setSaid(told.detail || "");
          setAsked(null);
          return;
        }
      } catch {
        /* The next look may find the connection again. */
      }
      setTimeout(look, FRAME_LOOK_MS);
    };
    post(FRAME_ASK)
      .then(async (answer) => {
        const told = await answer.json();
        if (!answer.ok) {
          setSaid(told.detail || "");
          return;
        }
        setAsked(told);
        setTimeout(look, FRAME_LOOK_MS);
      })
      .catch(() => setSaid("We could not be reached. Reload the page and try again."));
    return () => {
      over = true;
    };
  }, []);
  if (outside) {
    const link = { href: outside, target: "_blank", rel: "noopener", className: rest["data-link"] };
    return jsx("a", { ...link, children: "Open it in a window of its own" });
  }
  return jsx("div", {
    ...rest,
    children: [
      jsx("p", { key: "said", role: "status", className: "font-medium text-danger", children: said }),
      asked &&
        jsx(
          "p",
          {
            key: "number",
            className: "text-lead",
            children: [
              "The window asks for this number: ",
              jsx("strong", {
                key: "n",
                id: "frame-number",
                className: "font-display text-heading tabular-nums",
                children: asked.number,
              }),
            ],
          },
        ),
      asked &&
        jsx("a", {
          key: "open",
          href: `/let-in#${asked.window}`,
          target: "_blank",
          rel: "noopener",
          className: rest["data-link"],
          children: "Open the window",
        }),
    ],
  });
}
