// Says things in the language chosen.
import { words } from './words.js';

let language = 'en';

export const spoken = () => language;

/** From now on in this language: the document too, with everything in it that has words of its own. */
export function speak(tag) {
  language = tag;
  document.documentElement.lang = tag;
  for (const element of document.querySelectorAll('[data-say]')) element.textContent = say(element.dataset.say);
}

/** Words by key, such as `waits` or `status.roomed`; times among the values are put as times of day. */
export function say(key, values = {}) {
  const text = key.split('.').reduce((at, part) => at?.[part], words[language]);
  return typeof text === 'string' ? text.replace(/\{(\w+)\}/g, (_, name) => values[name] instanceof Date ? time(values[name]) : values[name]) : text;
}

/** As `say`, with other words where the page has none for this key: a policy may have steps of its own. */
export const sayStep = (kind, step) => say(`${kind}.${step}`) ?? say(`${kind}.other`);

function time(at) {
  const today = at.toDateString() === new Date().toDateString();
  return at.toLocaleString(language, { ...(today ? {} : { weekday: 'short' }), hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** How long ago, in whole minutes. */
export function span(since, now) {
  const minutes = Math.floor((now - since) / 60_000);
  if (minutes < 1) return '<1 min';
  if (minutes < 60) return `${minutes} min`;
  return minutes < 24 * 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${Math.floor(minutes / 1440)} d ${Math.floor(minutes / 60) % 24} h`;
}
