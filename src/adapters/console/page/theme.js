// Chooses light or dark before the first paint, so it is a plain script in the head and not a module.
// Follows the system until the person has chosen with the toggle.
(() => {
  const KEY = "licensebot.theme";
  const system = matchMedia("(prefers-color-scheme: dark)");
  let chosen = null;
  try {
    chosen = localStorage.getItem(KEY);
  } catch {
    // storage is blocked: a choice holds until the page is closed
  }

  function show() {
    document.documentElement.dataset.theme = chosen ?? (system.matches ? "dark" : "light");
    document.dispatchEvent(new Event("theme"));
  }

  document.addEventListener("choose-theme", ({ detail }) => {
    chosen = detail;
    show();
    localStorage.setItem(KEY, detail);
  });
  system.addEventListener("change", show);
  show();
})();
