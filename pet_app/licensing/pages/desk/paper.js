// The papers of a case: pages to look at closely, without asking the server for anything but them.

const PET_STEP = 1.25;
const PET_LARGEST = 6;
const PET_SMALLEST = 0.4;
const PET_TOOL =
  "inline-flex h-9 min-w-9 items-center justify-center gap-1.5 rounded-full px-2 text-small " +
  "font-medium text-ink transition hover:bg-line disabled:opacity-40";

function petTool(signs, sign, label, keys, onClick, more) {
  return jsx(
    "button",
    {
      type: "button",
      className: PET_TOOL,
      title: label,
      "aria-label": label,
      "aria-keyshortcuts": keys,
      onClick,
      ...more,
    },
    jsx(
      "svg",
      {
        width: 18,
        height: 18,
        viewBox: "0 0 24 24",
        fill: "none",
        stroke: "currentColor",
        strokeWidth: 1.8,
        strokeLinecap: "round",
        strokeLinejoin: "round",
        "aria-hidden": "true",
      },
      ...signs[sign].map((d) => jsx("path", { d, key: d })),
    ),
  );
}

function PetPaper({ papers, signs, none }) {
  const pane = useRef(null);
  const held = useRef(null);
  const [which, setWhich] = useState(0);
  const [page, setPage] = useState(0);
  const [zoom, setZoom] = useState(1);
  const [turn, setTurn] = useState(0);
  const [size, setSize] = useState(null);
  const [wide, setWide] = useState(0);
  const [broken, setBroken] = useState(false);
  const first = papers.length ? papers[0].id : "";

  useEffect(() => {
    setWhich(0);
    setPage(0);
    setZoom(1);
    setTurn(0);
  }, [first]);
  useEffect(() => {
    if (!pane.current) return undefined;
    const measure = () => setWide(pane.current ? pane.current.clientWidth : 0);
    const watch = new ResizeObserver(measure);
    watch.observe(pane.current);
    measure();
    return () => watch.disconnect();
  }, [first]);

  const paper = papers[Math.min(which, papers.length - 1)];
  const src = paper ? paper.pages[Math.min(page, paper.pages.length - 1)] : "";
  useEffect(() => {
    setSize(null);
    setBroken(false);
    if (pane.current) pane.current.scrollTo(0, 0);
    // The page after this one is there before it is asked for.
    if (paper && paper.pages[page + 1]) new Image().src = paper.pages[page + 1];
  }, [src]);

  if (!paper) {
    return jsx(
      "p",
      { className: "m-auto max-w-xs p-8 text-center text-small text-muted" },
      none,
    );
  }

  const scale = (by) => setZoom((now) => Math.min(Math.max(now * by, PET_SMALLEST), PET_LARGEST));
  const open = (number) => {
    setWhich(number);
    setPage(0);
    setZoom(1);
    setTurn(0);
  };
  const aside = turn % 180 !== 0;
  const margin = 24;
  const across = Math.max(wide - margin, 100) * zoom;
  const ratio = size ? size.height / size.width : 1.294;
  // Turned aside, its height is what fills the pane.
  const width = aside ? across / ratio : across;
  const height = width * ratio;
  const grab = (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    const box = pane.current;
    held.current = { x: event.clientX + box.scrollLeft, y: event.clientY + box.scrollTop };
    box.setPointerCapture(event.pointerId);
  };
  const drag = (event) => {
    if (!held.current) return;
    pane.current.scrollTo(held.current.x - event.clientX, held.current.y - event.clientY);
  };
  const drop = () => {
    held.current = null;
  };
  const tool = (sign, label, keys, onClick, more) =>
    petTool(signs, sign, label, keys, onClick, more);
  const count = paper.pages.length;

  return jsx(
    "div",
    { className: "flex h-full min-h-0 flex-col" },
    jsx(
      "div",
      {
        role: "toolbar",
        "aria-label": "The paper",
        className:
          "flex flex-wrap items-center gap-x-1 gap-y-0.5 border-b border-line px-2 py-1.5",
      },
      papers.length > 1
        ? jsx(
            "label",
            { className: "min-w-0" },
            jsx("span", { className: "sr-only" }, "Which paper"),
            jsx(
              "select",
              {
                value: String(which),
                onChange: (event) => open(Number(event.target.value)),
                className:
                  "h-9 max-w-56 rounded-full bg-surface px-3 text-small font-semibold text-ink " +
                  "ring-1 ring-inset ring-edge",
              },
              ...papers.map((one, number) =>
                jsx("option", { key: one.id, value: String(number) }, one.title),
              ),
            ),
          )
        : jsx("span", { className: "px-2 text-small font-semibold" }, paper.title),
      papers.length > 1 &&
        tool("chevron-right", "Next paper", "d", () => open((which + 1) % papers.length)),
      jsx("span", { className: "grow" }),
      count > 1 &&
        tool("arrow-left", "Page back", "[", () => setPage(Math.max(page - 1, 0)), {
          disabled: page === 0,
        }),
      count > 1 &&
        jsx(
          "span",
          { className: "text-small tabular-nums text-muted", role: "status" },
          `${page + 1} of ${count}`,
        ),
      count > 1 &&
        tool("arrow-right", "Page on", "]", () => setPage(Math.min(page + 1, count - 1)), {
          disabled: page >= count - 1,
        }),
      tool("minus", "Smaller", "-", () => scale(1 / PET_STEP), { "data-repeats": "" }),
      jsx(
        "button",
        {
          type: "button",
          className: `${PET_TOOL} tabular-nums`,
          "aria-label": `${Math.round(zoom * 100)}%, as wide as the pane`,
          title: "As wide as the pane",
          "aria-keyshortcuts": "0",
          onClick: () => setZoom(1),
        },
        `${Math.round(zoom * 100)}%`,
      ),
      tool("plus", "Larger", "+ =", () => scale(PET_STEP), { "data-repeats": "" }),
      tool("redo", "Turn it", ".", () => setTurn((turn + 90) % 360)),
      jsx(
        "a",
        {
          href: paper.file,
          target: "_blank",
          rel: "noreferrer",
          className: PET_TOOL,
          title: "Open the paper itself in a new tab",
          "aria-label": `Open ${paper.title} in a new tab`,
        },
        jsx(
          "svg",
          {
            width: 18,
            height: 18,
            viewBox: "0 0 24 24",
            fill: "none",
            stroke: "currentColor",
            strokeWidth: 1.8,
            strokeLinecap: "round",
            strokeLinejoin: "round",
            "aria-hidden": "true",
          },
          ...signs.download.map((d) => jsx("path", { d, key: d })),
        ),
      ),
    ),
    jsx(
      "div",
      {
        ref: pane,
        tabIndex: 0,
        role: "group",
        "aria-label": `${paper.title}, page ${page + 1} of ${count}`,
        onPointerDown: grab,
        onPointerMove: drag,
        onPointerUp: drop,
        onPointerCancel: drop,
        className:
          "relative min-h-0 grow cursor-grab overflow-auto overscroll-contain p-3 " +
          "active:cursor-grabbing focus-visible:outline-offset-[-3px]",
      },
      broken
        ? jsx(
            "p",
            { role: "alert", className: "p-6 text-center text-small text-danger" },
            "This page did not come. Open the paper itself, or load the desk again.",
          )
        : jsx(
            "div",
            {
              className: "relative mx-auto",
              style: { width: aside ? height : width, height: aside ? width : height },
            },
            jsx("img", {
              key: src,
              src,
              alt: `Page ${page + 1} of ${paper.title}, as it was handed in`,
              draggable: false,
              onLoad: (event) =>
                setSize({
                  width: event.target.naturalWidth,
                  height: event.target.naturalHeight,
                }),
              onError: () => setBroken(true),
              className: "absolute left-1/2 top-1/2 max-w-none rounded-sm bg-white shadow-card",
              style: {
                width,
                height,
                transform: `translate(-50%, -50%) rotate(${turn}deg)`,
              },
            }),
          ),
    ),
  );
}
