/* A paper on its way to the shop: chosen, dropped or photographed, shown, sent, or refused. */

const UPLOAD_SIDE = 2600;
const UPLOAD_SHRINKS_ABOVE = 2500000;
const UPLOAD_PLACE =
  "relative flex min-h-20 items-center gap-4 rounded-control border border-dashed border-edge " +
  "bg-surface p-4 transition hover:border-ink data-[over]:border-brand data-[over]:bg-brand-soft " +
  "has-[:focus-visible]:outline has-[:focus-visible]:outline-3 " +
  "has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-brand " +
  "has-[[aria-invalid=true]]:border-danger";

/* A photograph as large as one can read, upright; what cannot be drawn goes as it is. */
async function asSmallAsReadable(file) {
  if (!file.type.startsWith("image/") || file.size < UPLOAD_SHRINKS_ABOVE) return file;
  try {
    const drawn = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, UPLOAD_SIDE / Math.max(drawn.width, drawn.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(drawn.width * scale);
    canvas.height = Math.round(drawn.height * scale);
    canvas.getContext("2d").drawImage(drawn, 0, 0, canvas.width, canvas.height);
    const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.86));
    if (!made || made.size >= file.size) return file;
    return new File([made], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  } catch {
    return file;
  }
}

function sendPaper(address, fields, file, tell) {
  return new Promise((done) => {
    const body = new FormData();
    Object.entries(fields || {}).forEach(([name, value]) => body.append(name, value));
    body.append("file", file);
    const call = new XMLHttpRequest();
    call.open("POST", address);
    call.setRequestHeader("Accept", "application/json");
    call.upload.onprogress = (at) => at.lengthComputable && tell(at.loaded / at.total);
    call.onerror = () => done({ ok: false, detail: "" });
    call.onload = () => {
      const ok = call.status >= 200 && call.status < 300;
      let said = {};
      try {
        said = JSON.parse(call.responseText);
      } catch {
        /* A gateway's word, not ours. */
      }
      done({ ok, detail: Object.values(said.fields || {}).join(" ") || said.detail || "" });
    };
    call.send(body);
  });
}

function PetUpload({ action, fields, accept, most, words, label, name, fault, onArrived, children }) {
  const [going, setGoing] = useState(null);
  const [problem, setProblem] = useState("");
  const [over, setOver] = useState(false);
  const input = useRef(null);
  const told = problem || fault;
  const take = async (file) => {
    if (!file || going) return;
    setProblem("");
    const picture = file.type.startsWith("image/") ? URL.createObjectURL(file) : "";
    setGoing({ name: file.name, picture, share: 0 });
    const small = await asSmallAsReadable(file);
    let refused = "";
    if (small.size > most) {
      refused = words.large;
    } else {
      const tell = (share) => setGoing((now) => now && { ...now, share });
      const answer = await sendPaper(action, fields, small, tell);
      if (!answer.ok) refused = answer.detail || words.unreachable;
    }
    if (picture) URL.revokeObjectURL(picture);
    if (input.current) input.current.value = "";
    setGoing(null);
    setProblem(refused);
    if (!refused) onArrived && onArrived();
  };
  const percent = going ? Math.round(going.share * 100) : 0;
  const faultId = `error-${name}`;
  return jsx("div", { className: "flex flex-col gap-1.5" },
    jsx("label", {
      key: "door",
      className: UPLOAD_PLACE,
      "data-over": over ? "" : undefined,
      "data-going": going ? "" : undefined,
      onDragOver: (event) => { event.preventDefault(); setOver(true); },
      onDragLeave: () => setOver(false),
      onDrop: (event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files[0]);
      },
    },
      jsx("input", {
        key: "input",
        ref: input,
        type: "file",
        className: "absolute inset-0 h-full w-full cursor-pointer opacity-0 disabled:cursor-wait",
        id: `field-${name}`,
        accept,
        disabled: !!going,
        "aria-label": label,
        "aria-invalid": told ? "true" : "false",
        "aria-describedby": told ? faultId : undefined,
        onChange: (event) => take(event.target.files[0]),
      }),
      going
        ? jsx("span", { key: "going", className: "flex w-full items-center gap-4 text-left" },
            going.picture && jsx("img", { key: "picture", src: going.picture, alt: "",
              className: "h-14 w-14 shrink-0 rounded-control object-cover" }),
            jsx("span", { key: "words", className: "min-w-0 grow" },
              jsx("span", { key: "name", className: "block truncate font-semibold" }, going.name),
              jsx("span", { key: "share", role: "status", className: "block text-small text-muted" },
                percent < 100 ? `${words.sending} ${percent} %` : words.looking),
              jsx("span", { key: "bar", role: "progressbar", "aria-label": words.sending,
                "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": percent,
                className: "mt-2 block h-1.5 overflow-hidden rounded-full bg-line" },
                jsx("span", { style: { width: `${percent}%` },
                  className: "block h-full rounded-full bg-brand transition-[width]" }))))
        : jsx("span", { key: "rest", className: "contents" }, children)),
    told
      ? jsx("p", { key: "fault", id: faultId, role: "alert",
          className: "text-small font-medium text-danger" }, told)
      : null);
}
