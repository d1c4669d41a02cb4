// The few things only the browser itself can do. No state beyond what the page itself holds.

export function start(dotnet) {
  watchKeys((key, row) => dotnet.invokeMethodAsync('OnKey', key, row));
  closeByEscape();
  keepFocus();
  document.addEventListener('visibilitychange', () => dotnet.invokeMethodAsync('OnVisible', !document.hidden));
  window.addEventListener('online', () => dotnet.invokeMethodAsync('OnOnline'));
  watchActivity(() => dotnet.invokeMethodAsync('OnActive'));
}

const letters = new Set(['/', '?', 'j', 'k', 'n', 't', 'w', 'a', 'c', 'u']);
const isField = element => element?.closest?.('input, textarea, select, [contenteditable]');
const isTyped = element => element?.closest?.('textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button], [type=submit])');

/** Nobody presses two keys as close as this; a scanner does. */
const burst = 100;

/** What ends a scan comes within this of its last letter. */
const tail = 500;

/** A letter so soon after another one is part of a word that somebody types where nothing takes it. */
const word = 1_000;

let letterKeys = true;

/** False: no letter is a shortcut. What moves within a board, arrows and Enter, is none. */
export const setLetterKeys = on => { letterKeys = on; };

/**
 * Letters select or ask, and none records by itself: see the sheet that asks. Each is held back for a moment, so that the first letter of a scan is known
 * for what it is; of a scan, and of a word, nothing is a shortcut, and the Enter that ends a scan presses nothing.
 */
function watchKeys(press) {
  let last = -Infinity, burstAt = -Infinity, letterAt = -Infinity, typing = false, held;
  const drop = () => { clearTimeout(held); held = undefined; };
  const isScan = event => {
    const printed = event.key.length === 1 && !event.repeat, now = event.timeStamp;
    if (printed) {
      if (now - last < burst) burstAt = now;
      last = now;
    }
    return printed ? burstAt === now : event.key === 'Enter' && (now - burstAt < tail || now - last < burst);
  };
  document.addEventListener('keydown', event => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key === 'k') {
      event.preventDefault();
      if (!event.repeat && !document.querySelector('dialog[open]')) press('palette', chosenLine(event.target));
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey || event.key === 'Shift') return;
    if (isTyped(event.target)) { drop(); last = letterAt = -Infinity; return; }
    if (isScan(event)) { drop(); letterAt = event.timeStamp; event.preventDefault(); closeAsked(); return; }
    const { key, timeStamp: now } = event, moves = 'jk'.includes(key);
    if (key.length > 1 && key !== 'Enter' && key !== 'Backspace') last = letterAt = -Infinity;
    const isWord = now - letterAt < word;
    if (key.length === 1 && key !== ' ') typing = isWord;
    if (document.querySelector('dialog[open]')) {
      if (key === 'Enter' && isWord && typing && closeAsked()) event.preventDefault();
      else if (key === 'Enter') letterAt = -Infinity;
      else if (key.length === 1 && key !== ' ' && closeAsked()) { letterAt = now; typing = true; event.preventDefault(); }
      return;
    }
    if (isField(event.target)) return;
    const row = event.target.closest?.('[data-row]'), at = row?.dataset.row ?? null;
    if (letters.has(key) && letterKeys) {
      event.preventDefault();
      if (isWord) { letterAt = now; drop(); return; }
      if (!moves) letterAt = now;
      if (event.repeat) { if (moves) press(key, at); return; }
      drop();
      held = setTimeout(() => press(key, at), burst);
      return;
    }
    if (key.length === 1 && key !== ' ') { if (!event.repeat) letterAt = now; return; }
    // The arrows scroll unless a row is chosen; Enter belongs to the button or link that has it, and may be meant for what a letter just asked.
    if (!row || key !== 'ArrowDown' && key !== 'ArrowUp' && (key !== 'Enter' || event.target !== row)) return;
    event.preventDefault();
    if (key === 'Enter' && (event.repeat || isWord)) return;
    press(event.shiftKey && key !== 'Enter' ? `Shift+${key}` : key, at);
  }, { capture: true });
  // Firefox presses a button when the blank is let go.
  document.addEventListener('keyup', event => { if (event.key === ' ' && event.timeStamp - burstAt < tail && !isTyped(event.target)) event.preventDefault(); }, { capture: true });
}

/** The line or drawer that has the focus, else the line that was chosen last. */
const chosenLine = element => element.closest?.('[data-row]')?.dataset.row ?? document.querySelector('.drawer')?.dataset.visit
  ?? document.querySelector('[data-row][tabindex="0"]')?.dataset.row ?? null;

/** Whoever types on did not mean what was asked. */
function closeAsked() {
  const asked = document.querySelector('dialog[open]:has([data-asked])');
  asked?.close();
  return asked !== null;
}

/** What opened in the page, and not as a dialog, closes by Escape too: by the button in it that says so. */
function closeByEscape() {
  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented || document.querySelector('dialog[open]')) return;
    // From the line whose drawer stands open too.
    const opened = event.target.closest?.('[data-opened]') ?? (event.target.closest?.('[data-row]') && document.querySelector('.drawer[data-opened]'));
    const close = opened?.querySelector('[data-close]');
    if (!close) return;
    event.preventDefault();
    close.click();
  });
}

/**
 * What was pressed may be greyed out, moved or gone once it is done, and the focus with it: whoever works by keyboard would begin anew at the top of the page.
 * It goes back to the control, to what its part names for it, to the same control of the same line, or to the line itself, wherever that stands now, else to the
 * heading of the page: never to another button, which a second press of Enter would press.
 */
function keepFocus() {
  const parts = '[data-row], tr, li, form, section';
  let last;
  document.addEventListener('focusin', ({ target }) => {
    if (target.closest('dialog')) return;
    const around = [];
    for (let part = target.closest(parts); part; part = part.parentElement?.closest(parts)) around.push(part);
    // Of several of one name nobody could tell afterwards which one it was.
    const name = target.dataset.testid && `[data-testid="${CSS.escape(target.dataset.testid)}"]`;
    const same = name && around[0]?.querySelectorAll(name).length === 1 ? name : undefined;
    last = { target, around, same, back: target.closest('[data-back]')?.dataset.back, page: location.pathname };
  });
  document.addEventListener('pointerdown', () => { last = undefined; }, { capture: true });
  const focus = element => {
    if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) element.tabIndex = -1;
    element.focus({ preventScroll: true });
  };
  new MutationObserver(records => {
    if (!last || document.activeElement !== document.body || document.querySelector('dialog[open]')) return;
    const { target, around, back, same } = last;
    if (last.page !== location.pathname) { last = undefined; return; }
    if (target.isConnected) {
      // Somebody who left it of their own accord is not called back.
      const touched = records.some(r => r.type === 'attributes' ? r.target === target : [...r.addedNodes].some(node => node.contains(target)));
      if (touched && !target.disabled) focus(target);
      return;
    }
    const part = around.map(p => p.isConnected ? p : p.id ? document.getElementById(p.id) : null).find(p => p) ?? document.querySelector('h1[tabindex]');
    const again = (back && document.getElementById(back)) || (same && part === around[0] && part?.querySelector(same));
    if (again && !again.disabled) focus(again);
    else if (again) last.target = again;
    else if (part) focus(part);
  }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['disabled'] });
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
