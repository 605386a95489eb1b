// Small elements that keep themselves up to date in the browser, so that no circuit has to wake up every second.
// Each sets its own text only; Blazor gives it attributes and no children, so the two never fight over a node.

const ticking = new Set();
const numbers = new Map();
setInterval(() => { if (!document.hidden) for (const element of ticking) element.tick(); }, 1000);

class Ticking extends HTMLElement {
  connectedCallback() { ticking.add(this); this.tick(); }
  disconnectedCallback() { ticking.delete(this); }
  attributeChangedCallback() { if (this.isConnected) this.tick(); }
  show(text) { if (this.textContent !== text) this.textContent = text; }
}

const pad = n => String(n).padStart(2, '0');
const minute = 60, hour = 3600, day = 86400;

function ago(seconds) {
  const s = Math.abs(seconds);
  const two = (big, bigName, small, smallName) => `${Math.floor(s / big)} ${bigName}${s < 10 * big && s % big >= small ? ` ${Math.floor(s % big / small)} ${smallName}` : ''}`;
  const text = s < 10 ? 'just now' : s < minute ? `${Math.floor(s)} s` : s < hour ? `${Math.floor(s / minute)} min` : s < day ? two(hour, 'h', minute, 'min') : two(day, 'd', hour, 'h');
  return s < 10 ? text : seconds < 0 ? `in ${text}` : `${text} ago`;
}

// The zone that the person chose; else the browser's.
const timeZone = document.documentElement.dataset.zone || undefined;
const wallClock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });

function local(date, withSeconds) {
  const options = { timeZone, day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  if (date.getFullYear() !== new Date().getFullYear()) options.year = 'numeric';
  if (withSeconds) options.second = '2-digit';
  return new Intl.DateTimeFormat('en-GB', options).format(date);
}

const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone });
const utc = d => `${d.getUTCFullYear()}-${pad(d.getUTCMonth() + 1)}-${pad(d.getUTCDate())} ${pad(d.getUTCHours())}:${pad(d.getUTCMinutes())}:${pad(d.getUTCSeconds())} UTC`;

/** <local-time at="ISO" as="ago|for|time|second|hour|day">: a moment in the reader's zone; UTC on hover. */
customElements.define('local-time', class extends Ticking {
  static observedAttributes = ['at', 'as'];
  tick() {
    const date = new Date(this.getAttribute('at'));
    if (isNaN(date)) return;
    const seconds = (Date.now() - date) / 1000;
    const as = this.getAttribute('as') ?? 'ago';
    this.show(as === 'ago' ? ago(seconds) : as === 'for' ? ago(Math.max(0, seconds)).replace(/ ago$/, '')
      : as === 'hour' ? wallClock.format(date) : as === 'day' ? dayFormat.format(date) : local(date, as === 'second'));
    const title = as === 'ago' || as === 'for' ? `${local(date, true)} ${timeZone ? `in ${timeZone}` : 'here'}, ${utc(date)}` : utc(date);
    if (this.title !== title) this.title = title;
  }
});

/** <running-usd spent="12.34" rate="98.3" at="ISO">: money that grows by rate USD an hour since at; same rules as Usd.cs. */
customElements.define('running-usd', class extends Ticking {
  static observedAttributes = ['spent', 'rate', 'at'];
  tick() {
    const hours = Math.max(0, (Date.now() - new Date(this.getAttribute('at'))) / 3600000);
    this.show(usd(Number(this.getAttribute('spent')) + Number(this.getAttribute('rate')) * hours));
  }
});

function usd(value) {
  const size = Math.abs(value);
  const digits = size === 0 || size >= 10000 ? 0 : size < 0.01 ? 4 : 2;
  if (!numbers.has(digits)) numbers.set(digits, new Intl.NumberFormat(document.documentElement.dataset.numbers || 'en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }));
  return `${value < 0 ? '−' : ''}$${numbers.get(digits).format(size)}`; // the sign stands in front, however numbers are written
}

// Copy buttons: <button data-copy="#id">; works on plain http too, where the clipboard API is absent.
document.addEventListener('click', async e => {
  const button = e.target.closest?.('[data-copy]');
  if (!button) return;
  const text = document.querySelector(button.dataset.copy)?.textContent ?? '';
  let copied = true;
  try { await navigator.clipboard.writeText(text); }
  catch {
    const area = Object.assign(document.createElement('textarea'), { value: text });
    area.style.position = 'fixed';
    area.style.opacity = '0';
    document.body.append(area);
    area.select();
    copied = document.execCommand('copy');
    area.remove();
  }
  button.dataset.copied = copied ? 'yes' : 'no';
  setTimeout(() => delete button.dataset.copied, 2000);
});

document.addEventListener('click', e => { if (e.target.closest?.('[data-reload]')) location.reload(); });

/** <step-readout points="[[ms,usd],…]">: shows the value under the pointer of a StepChart. */
customElements.define('step-readout', class extends HTMLElement {
  connectedCallback() {
    this.cursor = document.createElement('div');
    this.tip = document.createElement('div');
    this.cursor.className = 'readout-cursor';
    this.tip.className = 'readout-tip';
    this.cursor.hidden = this.tip.hidden = true;
    this.replaceChildren(this.cursor, this.tip);
    this.onpointermove = e => this.showAt(e.offsetX, e.target);
    this.onpointerleave = () => { this.cursor.hidden = this.tip.hidden = true; };
  }
  showAt(x, target) {
    const points = JSON.parse(this.getAttribute('points') || '[]');
    if (points.length < 2 || target !== this) return;
    const width = this.clientWidth;
    const at = points[0][0] + (points.at(-1)[0] - points[0][0]) * Math.min(1, Math.max(0, x / width));
    const point = points.findLast(p => p[0] <= at) ?? points[0];
    this.cursor.style.left = `${x}px`;
    this.tip.textContent = `${usd(point[1])}/h · ${local(new Date(at), false)}`;
    this.cursor.hidden = this.tip.hidden = false;
    const half = this.tip.offsetWidth / 2;
    this.tip.style.left = `${Math.min(width - half, Math.max(half, x))}px`;
  }
});
