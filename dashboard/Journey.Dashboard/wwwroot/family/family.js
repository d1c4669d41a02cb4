// The family page: its door, its line to the gateway, its language. It shows what the gateway made for one contact and nothing else.
import { follow } from '../js/live.js';
import { bindPage, drawPage } from './page.js';
import { say, speak, spoken } from './say.js';
import { known, languages } from './words.js';

const api = '/api/v1/family/';
const kept = { link: 'journey.family.link', session: 'journey.family.session', language: 'journey.family.language' };
const byId = id => document.getElementById(id);
const recall = name => { try { return sessionStorage.getItem(name); } catch { return null; } };
const keep = (name, value) => {
  try {
    if (value === null) sessionStorage.removeItem(name); else sessionStorage.setItem(name, value);
  } catch { /* a browser that keeps nothing asks for the link and the code word again */ }
};

let link = null;
let session = null;
let page = null;
let stop = null;
let lastHeard = new Date();

/** Takes the secret out of the address bar: what stands there is kept, shared and photographed. */
function takeLink() {
  const token = location.hash.slice(1);
  if (token) {
    if (token !== recall(kept.link)) keep(kept.session, null);
    keep(kept.link, token);
    history.replaceState(null, '', location.pathname);
  }
  link = token || recall(kept.link);
  session = recall(kept.session);
}

const headers = () => ({ 'Journey-Family-Link': link, ...(session ? { 'Journey-Family-Session': session } : {}) });

async function send(path, body, key) {
  const answer = await fetch(api + path, {
    method: body ? 'POST' : 'GET', cache: 'no-store', body: body && JSON.stringify(body),
    headers: { ...headers(), ...(body ? { 'Content-Type': 'application/json' } : {}), ...(key ? { 'Idempotency-Key': key } : {}) },
  }).catch(() => null);
  const value = await answer?.json().catch(() => null);
  return { ok: answer?.ok === true && value !== null, status: answer?.status ?? 0, value };
}

/** One view at a time, and what the others held is gone from the document. */
function show(view) {
  for (const id of ['loading', 'ended', 'door', 'page']) byId(id).hidden = id !== view;
  const before = document.body.dataset.view;
  document.body.dataset.view = view;
  if (view !== 'page') {
    stop?.();
    stop = page = null;
    drawPage(null);
    live(false);
    byId('old').hidden = true;
  }
  if (view !== before) byId(view).querySelector('h1')?.focus();
}

function live(yes) {
  document.body.dataset.live = yes;
  if (yes) lastHeard = new Date();
  byId('old').hidden = yes;
  byId('old').textContent = yes ? '' : say('old', { time: lastHeard });
}

function end() {
  [kept.link, kept.session].forEach(name => keep(name, null));
  link = session = null;
  show('ended');
}

function askCodeWord(problem) {
  keep(kept.session, null);
  session = null;
  show('door');
  byId('door-problem').hidden = !problem;
  byId('door-problem').textContent = problem ?? '';
}

/** What the door answered, at the first knock or in the middle of a look. */
function at(door) {
  switch (door.door) {
    case 'open':
      session = door.session;
      keep(kept.session, session);
      take(door.page);
      live(true);
      listen();
      return;
    case 'no-such-link': return end();
    case 'wrong': return askCodeWord(say('wrong'));
    case 'locked': return askCodeWord(say('locked', { time: new Date(door.lockedUntil) }));
    default: return askCodeWord();
  }
}

function take(newer) {
  if (page && newer.version < page.version) return;
  if (!page && !recall(kept.language)) choose(known([newer.language]) ?? spoken());
  page = newer;
  drawPage(page);
  show('page');
}

function listen() {
  stop ??= follow(api + 'live', { headers, heard: at, lost, refused: closed });
}

function lost() {
  if (page) live(false);
  else byId('loading-says').textContent = say('connecting');
}

/** The gateway will not let this link or session in any more. */
const closed = status => status === 403 ? askCodeWord() : end();

/** Sends what somebody tapped; says why when it could not be done. A repeat has the same key, so that it is still one entry. */
async function act(path, body, key, problem) {
  const answer = await send(path, body, key);
  if (answer.status === 403 || answer.status === 404) {
    closed(answer.status);
    return false;
  }
  problem.hidden = answer.ok;
  if (!answer.ok) problem.textContent = answer.status >= 400 && answer.status < 500 ? refusal(answer.value) : say('notSent');
  const now = await send('page');
  if (now.ok && page) take(now.value);
  return answer.ok;
}

/** The gateway's own sentence is English: whoever reads another language is told the short of it. */
const refusal = problem => spoken() === 'en' && problem?.detail ? `${say('refused')} ${problem.detail}` : say('refused');

/** Says everything in this language; what is being written stays. */
function choose(language) {
  speak(language);
  for (const button of byId('languages').children) button.setAttribute('aria-pressed', button.lang === language);
  byId('languages').setAttribute('aria-label', say('language'));
  byId('door-problem').hidden = true;
  if (!page) return;
  drawPage(page);
  live(document.body.dataset.live === 'true');
}

async function knock(codeWord) {
  const answer = await send('open', { codeWord });
  if (answer.ok) at(answer.value);
  else if (answer.status === 404) end();
  else askCodeWord(say('notSent'));
}

async function start() {
  takeLink();
  if (!link) {
    show('ended');
    for (const [id, key] of [['ended-title', 'noLinkTitle'], ['ended-why', 'noLink']]) {
      byId(id).dataset.say = key;
      byId(id).textContent = say(key);
    }
    return;
  }
  show('loading');
  if (session) listen(); else await knock(null);
}

byId('door-form').addEventListener('submit', async event => {
  event.preventDefault();
  const word = byId('code-word');
  const given = word.value;
  if (!given.trim()) return askCodeWord(say('codeWordMissing'));
  const button = event.target.querySelector('button');
  button.disabled = true;
  word.value = '';
  await knock(given);
  button.disabled = false;
  if (document.body.dataset.view === 'door') word.focus();
});

for (const [tag, name] of Object.entries(languages)) {
  const button = document.createElement('button');
  Object.assign(button, { type: 'button', lang: tag, textContent: name });
  button.addEventListener('click', () => {
    keep(kept.language, tag);
    choose(tag);
  });
  byId('languages').append(button);
}

byId('leave').addEventListener('click', () => askCodeWord());
window.addEventListener('hashchange', start);
bindPage(act);
choose(recall(kept.language) ?? known(navigator.languages) ?? 'en');
start();
