// What the page shows behind the door, and what can be tapped there. Everything is set as text, never as markup.
import { say, sayStep, span } from './say.js';

const byId = id => document.getElementById(id);
const svg = 'http://www.w3.org/2000/svg';
const mouths = ['M10 25q6-7 12 0', 'M10.5 24q5.5-3.5 11 0', 'M10.5 23h11', 'M10.5 21.5q5.5 4 11 0', 'M9.5 20.5q6.5 8.5 13 0'];
const thanksFor = 10 * 60_000;

let page = null;
/** The server's time less this device's: an old phone's clock may be minutes wrong. */
let skew = 0;
let given = null;
/** The question whose asker is about to say what is missing. */
let unsatisfied = null;
let act = async () => false;

const now = () => Date.now() + skew;
const date = text => text ? new Date(text) : null;

/** One key for everything that is one tap: tried again it is the same. */
const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** Draws what the gateway made; nothing at all when there is nothing (any more). */
export function drawPage(newer) {
  if (newer) skew = date(newer.asOf) - Date.now();
  page = newer;
  if (!page) {
    [given, unsatisfied] = [null, null];
    for (const id of ['name', 'status', 'since', 'told', 'next', 'word', 'waits', 'code', 'messages', 'questions', 'ask-done', 'pulse-done']) byId(id).replaceChildren();
    for (const id of ['wait-problem', 'ask-problem', 'pulse-problem']) byId(id).hidden = true;
    byId('ask-text').value = '';
    return;
  }
  byId('name').textContent = page.name || say('relative');
  drawTimes();
  // Who may hear one word only is not shown an empty list of messages, which would say something too.
  const covered = page.status !== 'here';
  for (const id of ['facts', 'messages-card']) byId(id).hidden = !covered;
  byId('next').textContent = sayStep('next', page.next ?? 'other');
  byId('no-messages').hidden = page.messages.length > 0;
  byId('messages').replaceChildren(...page.messages.map(message => make('li', {}, make('time', { dateTime: message.at, textContent: say('at', { time: date(message.at) }) }), make('p', { textContent: message.text }))));
  drawQuestions();
  once(byId('ask-kind'), document.documentElement.lang, drawKinds);
  drawPulse();
  byId('code-card').hidden = !page.waitingRoomCode;
  byId('code').textContent = page.waitingRoomCode ?? '';
}

/** Whatever changes as time passes. */
export function drawTimes() {
  if (!page) return;
  byId('status').textContent = sayStep('status', page.status);
  const since = date(page.statusSince);
  byId('since').textContent = since ? say('since', { time: since, span: span(since, now()) }) : '';
  const [word, waiting] = [date(page.nextWordAt), date(page.waitingSince)];
  const late = word && word <= now();
  byId('word').classList.toggle('late', late === true);
  byId('word').textContent = !word ? say('wordNone') : say(late ? 'wordLate' : page.nextWordPromised ? 'wordPromised' : 'wordDue', { time: word });
  byId('wait-now').hidden = waiting !== null;
  byId('waits').hidden = !waiting;
  if (waiting) byId('waits').textContent = say('waits', { time: waiting, span: span(waiting, now()) });
  const told = date(page.lastToldAt);
  byId('told').textContent = told ? say('told', { time: told }) : '';
  if (given && now() - given.at > thanksFor) {
    given = null;
    drawPulse();
  }
}

/** A question that has not changed is left as it is: somebody may be writing what it still lacks. */
function drawQuestions() {
  const before = new Map([...byId('questions').children].map(item => [item.dataset.id, item]));
  byId('questions').replaceChildren(...page.questions.map(question => {
    const print = JSON.stringify([question, document.documentElement.lang, unsatisfied === question.id, isLate(question), page.status === 'here']);
    const old = before.get(question.id);
    if (old?.dataset.print === print) return old;
    const item = drawQuestion(question);
    Object.assign(item.dataset, { id: question.id, print });
    return item;
  }));
}

const isLate = question => question.state === 'open' && question.dueAt && date(question.dueAt) <= now();

function drawQuestion(question) {
  const covered = page.status !== 'here';
  const asked = { time: date(question.askedAt), due: date(question.dueAt) };
  const line = question.state !== 'open' ? 'askedAt' : !covered ? 'answerInPerson' : isLate(question) ? 'answerLate' : question.dueAt ? 'answerBy' : 'askedAt';
  const item = make('li', {}, make('p', { className: 'question-text', textContent: question.text }), make('p', { className: 'asked', textContent: say(line, asked) }));
  if (question.answer) item.append(make('div', { className: 'answer' }, make('b', { textContent: say('answer') }), make('span', { textContent: question.answer })));
  if (question.state === 'closed' || question.state === 'withdrawn') item.append(make('p', { className: 'closed', textContent: say(question.state) }));
  if (question.state === 'answered' && covered) item.append(unsatisfied === question.id ? whatIsMissing(question) : isItAnswered(question));
  return item;
}

function isItAnswered(question) {
  const problem = make('p', { className: 'problem', hidden: true });
  problem.setAttribute('role', 'alert');
  const key = newKey();
  const yes = make('button', { type: 'button', textContent: say('satisfied') });
  const no = make('button', { type: 'button', textContent: say('notYet') });
  yes.addEventListener('click', () => tap(yes, () => act(`questions/${question.id}/confirm`, { satisfied: true }, key, problem)));
  no.addEventListener('click', () => {
    unsatisfied = question.id;
    drawQuestions();
    byId(`missing-${question.id}`)?.focus();
  });
  return make('div', {}, make('div', { className: 'choices' }, yes, no), problem);
}

function whatIsMissing(question) {
  const problem = make('p', { className: 'problem', hidden: true });
  problem.setAttribute('role', 'alert');
  const key = newKey();
  const text = make('textarea', { id: `missing-${question.id}`, rows: 2, maxLength: byId('ask-text').maxLength });
  const send = make('button', { type: 'submit', textContent: say('sendMissing') });
  const back = make('button', { type: 'button', textContent: say('cancel') });
  const form = make('form', { noValidate: true }, make('label', { htmlFor: text.id, textContent: say('missing') }), text, make('div', { className: 'choices' }, send, back), problem);
  const leave = () => {
    unsatisfied = null;
    if (page) drawQuestions();
  };
  back.addEventListener('click', leave);
  form.addEventListener('submit', event => {
    event.preventDefault();
    tap(send, async () => await act(`questions/${question.id}/confirm`, { satisfied: false, remark: text.value.trim() || null }, key, problem) && leave());
  });
  return form;
}

/** Draws an element only when what it is drawn from has changed: an open list does not close and a focus does not move. */
function once(element, print, draw) {
  if (element.dataset.print === print) return;
  element.dataset.print = print;
  draw();
}

function drawKinds() {
  const select = byId('ask-kind');
  const chosen = select.value || 'clinical';
  select.replaceChildren(...Object.entries(say('kinds')).map(([value, textContent]) => make('option', { value, textContent })));
  select.value = chosen;
}

function drawPulse() {
  once(byId('pulse'), document.documentElement.lang + given?.score, drawFaces);
  byId('pulse-done').textContent = given ? say('thanks') : '';
}

function drawFaces() {
  byId('pulse').replaceChildren(...say('pulses').map((word, index) => {
    const button = make('button', { type: 'button' }, face(index), make('span', { textContent: word }));
    button.setAttribute('aria-pressed', given?.score === index + 1);
    button.disabled = given !== null && given.score !== index + 1;
    const key = newKey();
    button.addEventListener('click', () => given ?? tap(button, async () => {
      if (!await act('pulses', { score: index + 1 }, key, byId('pulse-problem'))) return;
      given = { score: index + 1, at: now() };
      drawPulse();
    }));
    return button;
  }));
}

function face(index) {
  const drawing = document.createElementNS(svg, 'svg');
  drawing.setAttribute('viewBox', '0 0 32 32');
  drawing.setAttribute('aria-hidden', 'true');
  for (const d of ['M16 2.5a13.5 13.5 0 1 0 .01 0z', 'M11.5 12v2M20.5 12v2', mouths[index]]) {
    const path = document.createElementNS(svg, 'path');
    path.setAttribute('d', d);
    drawing.append(path);
  }
  return drawing;
}

/** A second tap while the first is under way is impatience. */
async function tap(button, send) {
  button.disabled = true;
  try {
    return await send();
  } finally {
    button.disabled = false;
  }
}

/** `doing(path, body, key, problem)` sends something and answers whether it was done. */
export function bindPage(doing) {
  act = doing;
  let [waitKey, askKey] = [newKey(), newKey()];
  byId('wait-now').addEventListener('click', event => tap(event.target, async () => {
    if (await act('waiting', {}, waitKey, byId('wait-problem'))) waitKey = newKey();
  }));
  byId('ask-form').addEventListener('submit', event => {
    event.preventDefault();
    const [text, problem] = [byId('ask-text'), byId('ask-problem')];
    byId('ask-done').textContent = '';
    problem.hidden = text.value.trim() !== '';
    if (!problem.hidden) {
      problem.textContent = say('askMissing');
      return text.focus();
    }
    return tap(event.target.querySelector('button'), async () => {
      if (!await act('questions', { text: text.value.trim(), kind: byId('ask-kind').value }, askKey, problem)) return;
      askKey = newKey();
      text.value = '';
      byId('ask-done').textContent = say('asked');
    });
  });
  setInterval(drawTimes, 10_000);
}
