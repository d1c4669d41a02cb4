// The few things only the browser itself can do. No state beyond what the page itself holds.

const shortcuts = new Set(['/', '?', 'j', 'k', 'n', 't', 'w', 'a', 'c', 'u', 'ArrowDown', 'ArrowUp', 'Enter']);
const isField = element => element?.closest?.('input, textarea, select, [contenteditable]');

export function start(dotnet) {
  document.addEventListener('keydown', event => {
    if (!shortcuts.has(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (isField(event.target) || document.querySelector('dialog[open]')) return;
    const row = event.target.closest?.('[data-row]');
    // Enter belongs to the button or link that has it; the arrows scroll unless a row is chosen.
    if (event.key === 'Enter' && event.target !== row) return;
    if (event.key.startsWith('Arrow') && !row) return;
    event.preventDefault();
    if (event.repeat && !'jkArrowDownArrowUp'.includes(event.key)) return;
    dotnet.invokeMethodAsync('OnKey', event.key, row?.dataset.row ?? null);
  });
  document.addEventListener('visibilitychange', () => dotnet.invokeMethodAsync('OnVisible', !document.hidden));
  window.addEventListener('online', () => dotnet.invokeMethodAsync('OnOnline'));
  watchActivity(() => dotnet.invokeMethodAsync('OnActive'));
}

/** Every tab of a browser shares one session, so what is done in one counts in all. */
function watchActivity(tell) {
  const [name, every] = ['journey.active', 5_000];
  let told = 0;
  const active = () => {
    if (Date.now() - told < every) return;
    told = Date.now();
    keep(name, String(told));
    tell();
  };
  for (const event of ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart']) document.addEventListener(event, active, { passive: true, capture: true });
  window.addEventListener('storage', event => { if (event.key === name && event.newValue) tell(); });
}

export const read = name => { try { return localStorage.getItem(name); } catch { return null; } };

export function keep(name, value) {
  try {
    if (value === null) localStorage.removeItem(name); else localStorage.setItem(name, value);
  } catch { /* a browser that keeps nothing still works */ }
}

export const setLive = live => { document.body.dataset.live = live; };

export const theme = () => document.documentElement.dataset.theme ?? 'auto';

export function setTheme(value) {
  if (value === 'auto') delete document.documentElement.dataset.theme; else document.documentElement.dataset.theme = value;
  keep('journey.theme', value === 'auto' ? null : value);
}

export function focus(...ids) {
  const element = ids.map(id => document.getElementById(id)).find(found => found);
  element?.focus();
  element?.scrollIntoView({ block: 'nearest' });
}

export function focusIfNowhere(id) {
  if (document.activeElement === document.body) focus(id);
}

export function open(dialog) {
  if (dialog.open) {
    // One sheet gave way to another: what had the focus is gone.
    dialog.querySelector('input, select, button')?.focus();
    return;
  }
  // A click beside the sheet closes it; the sheet itself fills the dialog, so only the backdrop is the dialog.
  dialog.onclick = event => { if (event.target === dialog) dialog.close(); };
  dialog.showModal();
}

export const close = dialog => dialog.close();

export const print = () => window.print();

export async function copy(text) {
  try { await navigator.clipboard.writeText(text); return true; } catch { return false; }
}

// Browsers let a page sound only after a tap; a page that was allowed before waits for its first one.
let audio;

export async function allowTone() {
  audio ??= new AudioContext();
  const resume = () => audio.resume();
  if (audio.state !== 'running') document.addEventListener('pointerdown', resume, { once: true });
  await Promise.race([resume(), new Promise(done => setTimeout(done, 300))]);
}

export function tone() {
  if (audio?.state !== 'running') return false;
  for (const [at, pitch] of [[0, 587.33], [.22, 440]]) {
    const start = audio.currentTime + at, note = audio.createOscillator(), volume = audio.createGain();
    note.frequency.value = pitch;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(.14, start + .03);
    volume.gain.exponentialRampToValueAtTime(.0005, start + .5);
    note.connect(volume).connect(audio.destination);
    note.start(start);
    note.stop(start + .52);
  }
  return true;
}
