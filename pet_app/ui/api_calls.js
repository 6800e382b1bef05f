/* Calls to the API that must set or clear a cookie, which only an HTTP answer can do. */

const UNREACHABLE = "We could not reach the shop. Check your connection and try again.";
const LINK_CUT = "Part of the link is missing. Open it once more, straight from the letter.";

/* Where to go next: the page asked for if it is one of ours, else the usual one. */
function nextPage(usual) {
  const wanted = new URLSearchParams(window.location.search).get("next") || usual;
  try {
    const url = new URL(wanted, window.location.origin);
    return url.origin === window.location.origin ? url.href : usual;
  } catch {
    return usual;
  }
}

/* The control of that name; of several that share it, the first. */
function controlOf(form, name) {
  const found = form.elements.namedItem(name);
  return found instanceof RadioNodeList ? found[0] : found;
}

function showFault(form, name, sentence) {
  const input = controlOf(form, name);
  const place = form.querySelector(`[data-fault="${name}"]`);
  if (!place || !input) return false;
  const help = document.getElementById(`help-${name}`);
  place.textContent = sentence;
  input.setAttribute("aria-invalid", sentence ? "true" : "false");
  input.setAttribute("aria-describedby", help ? `${place.id} ${help.id}` : place.id);
  const unasked = sentence && input.closest("[data-when-asked]");
  if (unasked) unasked.hidden = false;
  return true;
}

function showAnswer(form, problem) {
  const faults = Object.entries(problem.fields || {});
  const shown = faults.filter(([name, sentence]) => showFault(form, name, sentence));
  form.querySelector("[data-problem]").textContent = shown.length
    ? ""
    : problem.detail || UNREACHABLE;
  const first = shown.length && controlOf(form, shown[0][0]);
  if (first) first.focus();
}

/* What an answer says, into the places that ask for it; text only, never markup. */
function fillAnswer(within, said) {
  within.querySelectorAll("[data-answer]").forEach((place) => {
    const value = said[place.dataset.answer];
    if (value === undefined) return;
    if (place.tagName === "IMG") {
      place.src = `data:image/svg+xml,${encodeURIComponent(value)}`;
    } else if (place.tagName === "A") {
      place.href = value;
      const room = place.closest("[data-if-answered]");
      if (room) room.hidden = !value;
    } else if (Array.isArray(value)) {
      place.replaceChildren(
        ...value.map((text) => {
          const item = document.createElement("li");
          item.textContent = text;
          return item;
        }),
      );
    } else {
      place.textContent = value;
    }
  });
}

/* The next step of a page in the place of this one. */
function reveal(form, id, said) {
  const next = document.getElementById(id);
  const stage = form.closest("[data-stage]") || form;
  form.reset();
  fillAnswer(next, said);
  stage.hidden = !stage.contains(next);
  next.hidden = false;
  const first = next.querySelector("[data-first]") || next.querySelector("h1, h2");
  if (!first) return;
  if (!first.matches("input")) first.tabIndex = -1;
  first.focus();
}

function missing(form, values) {
  const empty = [...form.elements].filter((input) => input.required && !input.value.trim());
  empty.forEach((input) => showFault(form, input.name, "Please fill this in."));
  if (empty.length) empty[0].focus();
  const cut = "token" in values && !values.token;
  if (cut) showAnswer(form, { detail: LINK_CUT });
  return empty.length > 0 || cut;
}

/* What the fields say. Boxes that share a name are a list; some may go unsaid when empty. */
function valuesOf(form) {
  const said = new FormData(form);
  const values = Object.fromEntries(said);
  form.querySelectorAll("[data-many]").forEach(({ dataset }) => {
    values[dataset.many] = said.getAll(dataset.many);
  });
  form.querySelectorAll("[data-may-miss]").forEach(({ name }) => {
    if (!values[name]) delete values[name];
  });
  return values;
}

async function sendForm(event) {
  event.preventDefault();
  const form = event.currentTarget;
  if (form.getAttribute("aria-busy") === "true") return;
  const values = valuesOf(form);
  /* A link's token stands behind the #, which no server and no log ever sees. */
  if (form.dataset.link) values.token = window.location.hash.slice(1);
  Object.keys(values).forEach((name) => showFault(form, name, ""));
  form.querySelector("[data-problem]").textContent = "";
  if (missing(form, values)) return;
  const chosen = event.nativeEvent?.submitter || event.submitter;
  const action = chosen?.getAttribute("formaction") || form.getAttribute("action");
  const next = chosen?.dataset.reveal || form.dataset.reveal;
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(action, {
      method: form.dataset.method || "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(values),
    });
    const said = answer.status === 204 ? {} : await answer.json();
    if (!answer.ok) {
      showAnswer(form, said);
    } else if (said.second_factor) {
      reveal(form, "second-step", said);
    } else if (said.leaving) {
      /* The account is being deleted; its owner is asked whether it should be. */
      window.location.replace("/stay");
      return;
    } else if (said.go) {
      window.location.assign(said.go);
      return;
    } else if (next) {
      reveal(form, next, { ...values, ...said });
    } else {
      /* In place of this page, so that going back finds no used link. */
      window.location.replace(nextPage(form.dataset.then));
      return;
    }
  } catch {
    showAnswer(form, { detail: UNREACHABLE });
  }
  form.setAttribute("aria-busy", "false");
}

/* A password is easier to type right where it can be read. */
function showPassword(event) {
  const knob = event.currentTarget;
  const input = knob.parentElement.querySelector("input");
  const shown = input.type === "password";
  input.type = shown ? "text" : "password";
  knob.setAttribute("aria-pressed", String(shown));
  knob.textContent = shown ? "Hide" : "Show";
  input.focus();
}

/* A recovery code has letters, so it needs another keyboard than the six digits. */
function useRecoveryCode(event) {
  const form = event.currentTarget.closest("form");
  const input = form.elements.namedItem("code");
  input.inputMode = "text";
  input.autocomplete = "off";
  input.value = "";
  form.querySelector(`label[for="${input.id}"]`).textContent = "Recovery code";
  event.currentTarget.hidden = true;
  input.focus();
}

function goOn(event) {
  window.location.assign(nextPage(event.currentTarget.dataset.then));
}

function textOf(id) {
  const place = document.getElementById(id);
  const lines = [...place.querySelectorAll("li")].map((item) => item.textContent);
  return lines.length ? lines.join("\n") : place.textContent;
}

async function copyText(event) {
  const knob = event.currentTarget;
  try {
    await navigator.clipboard.writeText(textOf(knob.dataset.copies));
    knob.textContent = "Copied";
  } catch {
    /* Without https there is no clipboard: mark the text, ready to be copied by hand. */
    window.getSelection().selectAllChildren(document.getElementById(knob.dataset.copies));
    knob.textContent = "Now press Ctrl+C";
  }
}

function saveText(event) {
  const { copies, file } = event.currentTarget.dataset;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([textOf(copies) + "\n"], { type: "text/plain" }));
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/* The demonstration accounts, written into the form by a click on one. */
function fillIn(event) {
  const form = document.querySelector("form[data-then]");
  Object.entries(JSON.parse(event.currentTarget.dataset.values)).forEach(([name, value]) => {
    form.elements.namedItem(name).value = value;
  });
  form.querySelector("[type=submit]").focus();
}

async function signOut() {
  try {
    await fetch("/api/v1/session", { method: "DELETE" });
  } finally {
    window.location.assign("/");
  }
}
