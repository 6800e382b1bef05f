if (window.parent !== window) {
  /* Where cookies of third parties are blocked, a frame has no storage either: for as long as this
     page is open, memory does. */
  for (const name of ["localStorage", "sessionStorage"]) {
    try {
      window[name].length;
    } catch {
      const kept = new Map();
      Object.defineProperty(window, name, {
        value: {
          get length() { return kept.size; },
          key: (place) => [...kept.keys()][place] ?? null,
          getItem: (key) => kept.get(String(key)) ?? null,
          setItem: (key, value) => void kept.set(String(key), String(value)),
          removeItem: (key) => void kept.delete(String(key)),
          clear: () => kept.clear(),
        },
      });
    }
  }
}
