// The live 3D view: <model-viewer>, loaded only on pages that show it, with our poster and words.

const HOLD_MS = 1500;

function canDraw3d() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

function Viewer3d({ id, src, alt, poster, look, surfaces, orbit, without, failure, children }) {
  const frame = useRef(null);
  const viewer = useRef(null);
  const shown = useRef({ look, heldUntil: 0, turn: 0 });
  const [stage, setStage] = useState("waiting");
  const [loading, setLoading] = useState(true);
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
        setLoading(false);
        Object.values(surfaces.patterns).filter(Boolean).forEach(lookTile);
        Object.values(surfaces.materials).forEach((material) => lookTile(material.shade));
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
    setLoading(true);
    setStage((now) => (now === "failed" ? "waiting" : now));
  }, [src]);

  const covered = stage !== "ready";
  const busy = src && loading && stage !== "without";
  const note = { without, failed: failure }[stage];
  return jsx(
    "div",
    { ref: frame, id, "data-stage": stage, className: "relative h-full w-full overflow-hidden" },
    jsx("model-viewer", {
      ref: viewer,
      src: src || undefined,
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
      style: { width: "100%", height: "100%", "--poster-color": "transparent" },
    }, jsx("div", { slot: "progress-bar" })),
    poster
      ? jsx("img", {
          src: poster,
          alt: covered ? alt : "",
          "aria-hidden": !covered,
          className:
            "pointer-events-none absolute inset-0 h-full w-full object-contain mix-blend-multiply " +
            `transition-opacity duration-500 ${covered ? "" : "opacity-0"}`,
        })
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
          "p",
          {
            role: "status",
            className:
              "absolute inset-x-3 bottom-3 rounded-control bg-surface px-4 py-3 text-small text-ink " +
              "shadow-card",
          },
          note,
        )
      : null,
    children,
  );
}
