// Runs before the first paint: light or dark follows the system until the person chooses; the choice is kept in this browser.
(() => {
  const key = 'ddoc.theme';
  const system = matchMedia('(prefers-color-scheme: dark)');
  const choice = () => { try { return localStorage.getItem(key); } catch { return null; } };
  const apply = () => {
    const dark = (choice() ?? (system.matches ? 'dark' : 'light')) === 'dark';
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  };
  system.addEventListener('change', apply);
  addEventListener('storage', e => { if (e.key === key) apply(); });
  // One listener on the document, so that buttons drawn later by a circuit work too.
  document.addEventListener('click', e => {
    if (!e.target.closest?.('[data-theme-switch]')) return;
    const next = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
    const followsSystem = next === (system.matches ? 'dark' : 'light');
    try { followsSystem ? localStorage.removeItem(key) : localStorage.setItem(key, next); } catch { /* private window: the choice lasts for the page */ }
    document.documentElement.dataset.theme = next;
  });
  apply();
})();
