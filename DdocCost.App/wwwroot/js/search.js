// Opens the search and moves the choice among its options (the combobox pattern of the ARIA authoring practices). What is found is drawn by
// SearchBox.razor; aria-selected and aria-activedescendant are written here only, so that a key is answered without asking the server.
const slashKey = 'ddoc.search.slash'; // single-key shortcuts must be possible to turn off (WCAG 2.1.4)
const box = () => document.querySelector('dialog[data-search]');
const entry = () => box().querySelector('input[role=combobox]');
const options = () => [...box().querySelectorAll('[role=option]')];
const chosen = () => box().querySelector('[role=option][aria-selected=true]');
const slashOn = () => { try { return localStorage.getItem(slashKey) !== 'off'; } catch { return true; } };

function choose(option) {
  for (const one of options()) one === option ? one.setAttribute('aria-selected', 'true') : one.removeAttribute('aria-selected');
  option ? entry().setAttribute('aria-activedescendant', option.id) : entry().removeAttribute('aria-activedescendant');
  option?.scrollIntoView({ block: 'nearest' });
}

function open() {
  const dialog = box();
  if (!dialog || dialog.open) return;
  dialog.querySelector('[data-search-slash]').checked = slashOn();
  dialog.showModal();
  entry().focus();
  entry().select();
  if (!dialog.watched) {
    dialog.watched = new MutationObserver(() => choose(options()[0]));
    dialog.watched.observe(dialog.querySelector('[role=listbox]'), { childList: true });
  }
}

function go(option) {
  if (!option) return;
  box().close();
  Blazor.navigateTo(option.dataset.href);
}

function move(e) {
  const all = options();
  const last = all.length - 1;
  const at = all.indexOf(chosen());
  const to = { ArrowDown: at < last ? at + 1 : 0, ArrowUp: at > 0 ? at - 1 : last }[e.key];
  if (to === undefined) return;
  e.preventDefault();
  choose(all[to]);
}

document.addEventListener('keydown', e => {
  if (e.isComposing || !box()) return;
  if (box().open) {
    if (e.target !== entry()) return;
    if (e.key === 'Enter') { e.preventDefault(); go(chosen()); } else move(e);
    return;
  }
  const typing = e.target.closest?.('input, textarea, select, [contenteditable]');
  const slash = e.key === '/' && !typing && !e.ctrlKey && !e.metaKey && !e.altKey && slashOn();
  const control = e.key.toLowerCase() === 'k' && (e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey;
  if (!slash && !control) return;
  e.preventDefault();
  open();
});

document.addEventListener('click', e => {
  if (e.target.closest?.('[data-search-open]')) open();
  else if (e.target.closest?.('[data-search-close]') || e.target === box()) box()?.close();
  else go(e.target.closest?.('dialog[data-search] [role=option]'));
});

document.addEventListener('change', e => {
  if (!e.target.matches?.('[data-search-slash]')) return;
  try { e.target.checked ? localStorage.removeItem(slashKey) : localStorage.setItem(slashKey, 'off'); } catch { /* private window: it stays on */ }
});
