// Chooses light or dark before the first paint, so it is a plain script in the head and not a module.
// Follows the system until the person has chosen with the toggle.
(() => {
  const KEY = "licensebot.theme";
  const system = matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage is blocked: the system's choice holds
    }
  }

  function show() {
    const theme = chosen() ?? (system.matches ? "dark" : "light");
    document.documentElement.dataset.theme = theme;
    document.dispatchEvent(new CustomEvent("theme", { detail: theme }));
  }

  document.addEventListener("choose-theme", ({ detail }) => {
    try {
      localStorage.setItem(KEY, detail);
      show();
    } catch {
      document.documentElement.dataset.theme = detail;
    }
  });
  system.addEventListener("change", show);
  show();
})();
