/* Calls to the API that must set or clear a cookie, which only an HTTP answer can do. */

const UNREACHABLE = "We could not reach the shop. Check your connection and try again.";

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

function showFault(form, name, sentence) {
  const input = form.elements.namedItem(name);
  const place = form.querySelector(`[data-fault="${name}"]`);
  if (!place || !input) return false;
  const help = document.getElementById(`help-${name}`);
  place.textContent = sentence;
  input.setAttribute("aria-invalid", sentence ? "true" : "false");
  input.setAttribute("aria-describedby", help ? `${place.id} ${help.id}` : place.id);
  return true;
}

function showAnswer(form, problem) {
  const faults = Object.entries(problem.fields || {});
  const shown = faults.filter(([name, sentence]) => showFault(form, name, sentence));
  form.querySelector("[data-problem]").textContent = shown.length
    ? ""
    : problem.detail || UNREACHABLE;
  const first = shown.length && form.elements.namedItem(shown[0][0]);
  if (first) first.focus();
}

async function sendForm(event) {
  event.preventDefault();
  const form = event.currentTarget;
  if (form.getAttribute("aria-busy") === "true") return;
  const values = Object.fromEntries(new FormData(form));
  Object.keys(values).forEach((name) => showFault(form, name, ""));
  form.querySelector("[data-problem]").textContent = "";
  const empty = [...form.elements].filter((input) => input.required && !input.value.trim());
  empty.forEach((input) => showFault(form, input.name, "Please fill this in."));
  if (empty.length) {
    empty[0].focus();
    return;
  }
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.getAttribute("action"), {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(values),
    });
    if (answer.ok) {
      window.location.assign(nextPage(form.dataset.then));
      return;
    }
    showAnswer(form, await answer.json());
  } catch {
    showAnswer(form, { detail: UNREACHABLE });
  }
  form.setAttribute("aria-busy", "false");
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
