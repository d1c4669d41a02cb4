// A screen that wants to become a wall: it shows a code until somebody in charge has typed it elsewhere.
import { follow, segment } from '../js/live.js';

const codes = '/api/v1/walls/codes';
const again = 5_000;
const byId = id => document.getElementById(id);
let stop = () => {};

function say(text, code = null) {
  byId('says').textContent = text;
  byId('code').hidden = byId('how').hidden = !code;
  byId('code').textContent = code ?? '';
}

async function ask() {
  stop();
  const answer = await fetch(codes, { method: 'POST' }).catch(() => null);
  if (answer?.ok) {
    const { code, until } = await answer.json();
    say(`Good until ${new Date(until).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}, then there is another.`, code);
    stop = follow(codes + '/live', { heard, lost: () => {}, refused: later });
  } else if (answer?.status === 404) {
    say('Nobody signs in at this Journey, so a wall needs no code: open it by its address, such as /wall/ED.');
  } else {
    say('No code just now; trying again.');
    later();
  }
}

const later = () => setTimeout(ask, again);

function heard({ state, unit }) {
  if (state === 'unknown') ask();
  if (state === 'admitted') open(unit);
}

async function open(unit) {
  stop();
  const answer = await fetch(codes + '/open', { method: 'POST' }).catch(() => null);
  if (answer?.ok) location.replace(`/wall/${segment(unit)}`);
  else ask();
}

ask();
