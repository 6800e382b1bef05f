/* Light or dark: a device's own choice, and for who is signed in that of the account. */

const LOOK_ADDRESS = "/api/v1/me/preferences";
const LOOK_ASKED = "look-asked";

function keepLook(theme) {
  const headers = { "Content-Type": "application/json" };
  /* The page has changed already; that the account hears of it can wait for a better line. */
  fetch(LOOK_ADDRESS, { method: "PATCH", headers, body: JSON.stringify({ theme }) }).catch(() => {});
}

function PetLookSwitch({ known, signedIn, children, ...rest }) {
  const { resolvedColorMode, setColorMode } = useContext(ColorModeContext);
  useEffect(() => {
    if (!known) return;
    if (!signedIn) {
      sessionStorage.removeItem(LOOK_ASKED);
      return;
    }
    if (sessionStorage.getItem(LOOK_ASKED)) return;
    sessionStorage.setItem(LOOK_ASKED, "yes");
    fetch(LOOK_ADDRESS)
      .then((answer) => (answer.ok ? answer.json() : {}))
      .then((chosen) => chosen.theme && setColorMode(chosen.theme))
      .catch(() => sessionStorage.removeItem(LOOK_ASKED));
  }, [known, signedIn]);
  const turn = () => {
    const theme = resolvedColorMode === "light" ? "dark" : "light";
    setColorMode(theme);
    if (signedIn) keepLook(theme);
  };
  return jsx("button", { ...rest, type: "button", onClick: turn }, children);
}
