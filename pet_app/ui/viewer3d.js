// The live 3D view: <model-viewer>, loaded only on pages that show it, with our poster and words.

const HOLD_MS = 1500;

// What lies over the view can keep room for itself, so that it does not lie over the piece.
const CLEAR =
  "absolute inset-x-0 top-[var(--clear-above,0px)] bottom-[var(--clear-below,0px)]";

function canDraw3d() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

function Viewer3d({ id, src, alt, poster, look, surfaces, orbit, words, children }) {
  const frame = useRef(null);
  const viewer = useRef(null);
  const shown = useRef({ look, heldUntil: 0, turn: 0 });
  const [stage, setStage] = useState("waiting");
  const [loading, setLoading] = useState(true);
  const [drawn, setDrawn] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [online, setOnline] = useState(true);
  const [progress, setProgress] = useState(0);

  useEffect(() => {
    const node = viewer.current;
    const state = shown.current;
    const paint = () => {
      const turn = ++state.turn;
      showLook(node, state.look, surfaces, () => turn === state.turn);
    };
    frame.current.applyLook = (change) => {
      state.look = { ...state.look, ...change };
      state.heldUntil = Date.now() + HOLD_MS;
      paint();
    };
    frame.current.settleLook = (next) => {
      state.look = next;
      paint();
    };
    frame.current.turnTo = (to) => {
      node.cameraOrbit = to;
      node.fieldOfView = "auto";
      node.resetTurntableRotation?.(0);
      lightStudio(node, to, surfaces);
    };
    if (!canDraw3d()) {
      setStage("without");
      return undefined;
    }
    // A model's materials exist at "before-render", and nothing has been drawn with them yet.
    const heard = {
      "before-render": paint,
      load: () => {
        setStage("ready");
        setDrawn(true);
        setLoading(false);
        Object.values(surfaces.patterns).filter(Boolean).forEach(lookTile);
        Object.values(surfaces.materials).forEach(({ tiles }) => lookTile(tiles.shade));
      },
      error: () => {
        setStage("failed");
        setLoading(false);
      },
      progress: (event) => setProgress(event.detail.totalProgress),
    };
    // A wheel over the model scrolls the page, and zooms with Ctrl.
    const onWheel = (event) => {
      if (!event.ctrlKey) {
        event.stopPropagation();
      }
    };
    Object.entries(heard).forEach(([name, listen]) => node.addEventListener(name, listen));
    frame.current.addEventListener("wheel", onWheel, { capture: true });
    const held = frame.current;
    import("@google/model-viewer").catch(() => setStage("failed"));
    return () => {
      Object.entries(heard).forEach(([name, listen]) => node.removeEventListener(name, listen));
      held.removeEventListener("wheel", onWheel, { capture: true });
    };
  }, [surfaces]);

  // What the server answers comes a moment after the click and must not undo a newer one.
  const wanted = JSON.stringify(look);
  useEffect(() => {
    const settle = () => frame.current?.settleLook(JSON.parse(wanted));
    const timer = setTimeout(settle, Math.max(0, shown.current.heldUntil - Date.now()));
    return () => clearTimeout(timer);
  }, [wanted]);

  useEffect(() => {
    lightStudio(viewer.current, orbit, surfaces);
  }, [orbit, surfaces]);

  useEffect(() => {
    setLoading(true);
    setStage((now) => (now === "failed" ? "waiting" : now));
  }, [src, attempt]);

  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    const heard = ["online", "offline"];
    heard.forEach((name) => window.addEventListener(name, look));
    return () => heard.forEach((name) => window.removeEventListener(name, look));
  }, []);


  // A model that fails later leaves the one before it in sight.
  const covered = !drawn;
  const busy = src && loading && stage !== "without";
  const note = online ? words[stage] : words.offline;
  return jsx(
    "div",
    { ref: frame, id, "data-stage": stage, className: "relative h-full w-full overflow-hidden" },
    jsx("model-viewer", {
      ref: viewer,
      // The viewer remembers what failed by its address.
      src: src ? src + (attempt ? `#${attempt}` : "") : undefined,
      alt,
      loading: "eager",
      "camera-controls": "",
      "camera-orbit": orbit,
      "interaction-prompt": "none",
      "touch-action": "pan-y",
      "shadow-intensity": "0.8",
      "shadow-softness": "0.9",
      "tone-mapping": "neutral",
      "min-field-of-view": "8deg",
      "max-field-of-view": "30deg",
      "field-of-view": "20deg",
      hidden: stage === "without",
      className: `h-auto w-full ${CLEAR}`,
      style: { "--poster-color": "transparent" },
    }, jsx("div", { slot: "progress-bar" })),
    poster
      ? jsx(
          "div",
          {
            className: `pointer-events-none grid place-items-center [container-type:size] ${CLEAR}`,
          },
          jsx("img", {
            src: poster,
            alt: covered ? alt : "",
            "aria-hidden": covered ? undefined : "true",
            className:
              "faded-edge size-[min(100cqw,100cqh)] transition-opacity duration-500 " +
              (covered ? "" : "opacity-0"),
          }),
        )
      : null,
    jsx(
      "div",
      {
        "aria-hidden": true,
        className:
          "pointer-events-none absolute inset-x-0 top-0 h-[3px] transition-opacity duration-300 " +
          (busy ? "" : "opacity-0"),
      },
      jsx("div", {
        className: "stitched h-full origin-left transition-transform duration-200",
        style: { transform: `scaleX(${Math.max(progress, 0.08)})` },
      }),
    ),
    note
      ? jsx(
          "div",
          {
            role: "status",
            className:
              "absolute inset-x-3 bottom-[calc(var(--clear-below,0px)+0.5rem)] mx-auto flex max-w-lg " +
              "items-center gap-4 rounded-control bg-surface px-4 py-3 text-small text-ink shadow-card",
          },
          jsx("span", { className: "grow" }, note),
          online && stage === "failed"
            ? jsx(
                "button",
                {
                  type: "button",
                  onClick: () => setAttempt(attempt + 1),
                  className: "min-h-11 shrink-0 px-2 font-semibold text-brand underline",
                },
                words.again,
              )
            : null,
        )
      : null,
    children,
  );
}
