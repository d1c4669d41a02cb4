// The public board of a waiting room: codes that change, and plain words. Nothing that says who.
import { follow, segment } from '../js/live.js';

const words = {
  en: {
    arrived: 'Waiting for the first check', triaged: 'Waiting for a room', roomed: 'In a treatment room', seen: 'Tests or treatment', decided: 'Next step being arranged', boarding: 'Waiting for a ward bed',
    admitted: 'On a ward', 'transfer-pending': 'Moving to another ward', 'discharge-pending': 'Getting ready to leave', departed: 'Leaving', other: 'Being cared for', asked: 'Asked for an update: seen', nobody: 'Nobody is waiting here just now.',
    hint: 'Your code is on your family page. It changes every few hours; ask the care team if you do not have one.', part: 'Part {part} of {parts}',
    old: 'Not live since {time}. Please ask the care team.', unknown: 'No such waiting room. Please ask the care team.',
  },
  es: {
    arrived: 'Espera la primera valoración', triaged: 'Espera una sala', roomed: 'En una sala de atención', seen: 'Pruebas o tratamiento', decided: 'Se organiza el siguiente paso', boarding: 'Espera una cama en planta',
    admitted: 'En planta', 'transfer-pending': 'Traslado a otra planta', 'discharge-pending': 'Se prepara para salir', departed: 'Saliendo', other: 'Recibe atención', asked: 'Pidió noticias: visto', nobody: 'Ahora no espera nadie aquí.',
    hint: 'Su código está en su página familiar. Cambia cada pocas horas; pregunte al equipo si no lo tiene.', part: 'Parte {part} de {parts}',
    old: 'Sin conexión desde {time}. Pregunte al equipo, por favor.', unknown: 'No existe esta sala. Pregunte al equipo, por favor.',
  },
  de: {
    arrived: 'Wartet auf Ersteinschätzung', triaged: 'Wartet auf einen Raum', roomed: 'Im Behandlungsraum', seen: 'Untersuchung oder Behandlung', decided: 'Nächster Schritt folgt', boarding: 'Wartet auf ein Stationsbett',
    admitted: 'Auf Station', 'transfer-pending': 'Vor dem Umzug', 'discharge-pending': 'Vor dem Heimweg', departed: 'Auf dem Heimweg', other: 'Wird versorgt', asked: 'Nachricht gewünscht: gesehen', nobody: 'Gerade wartet hier niemand.',
    hint: 'Ihr Code steht auf Ihrer Familienseite und wechselt alle paar Stunden. Keinen? Fragen Sie das Team.', part: 'Teil {part} von {parts}',
    old: 'Nicht aktuell seit {time}. Bitte fragen Sie das Team.', unknown: 'Diesen Warteraum gibt es nicht. Bitte fragen Sie das Team.',
  },
};
const turnAfter = 12_000;
const byId = id => document.getElementById(id);
const query = new URLSearchParams(location.search);
const language = [query.get('lang'), navigator.language, 'en'].map(tag => (tag ?? '').slice(0, 2)).find(tag => tag in words);
const say = (key, values = {}) => words[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const time = at => at.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

let room = null;
/** The lines shown are those from `first` to before `next`. */
let [first, next] = [0, 0];
let holds = 1;
let turnAt = Date.now() + turnAfter;
let lastHeard = new Date();

function part(className, textContent) {
  return Object.assign(document.createElement('span'), { className, textContent });
}

function line({ code, step, familyAsked }) {
  const item = document.createElement('li');
  item.append(part('code', code), part('step', Object.hasOwn(words.en, step) ? say(step) : say('other')));
  if (familyAsked) {
    item.className = 'asked';
    const asked = part('asked-says', say('asked'));
    asked.prepend(byId('tick').content.cloneNode(true));
    item.append(asked);
  }
  return item;
}

/** As many as the screen holds, beginning with the first of this part; in the hand all of them, to be scrolled. */
function draw() {
  if (!room) return;
  byId('unit').textContent = room.name;
  byId('nobody').hidden = room.lines.length > 0;
  byId('nobody').textContent = say('nobody');
  const list = byId('lines');
  const inHand = window.matchMedia('(max-width: 900px)').matches;
  if (inHand || first >= room.lines.length) first = 0;
  list.replaceChildren(...room.lines.slice(first).map(line));
  const bottom = list.parentElement.getBoundingClientRect().bottom;
  const beyond = inHand ? -1 : [...list.children].findIndex(item => item.getBoundingClientRect().bottom > bottom);
  const shown = beyond > 0 ? beyond : list.children.length;
  for (const item of [...list.children].slice(shown)) item.remove();
  next = first + shown;
  // The last part is short; how many a screen holds is known from those before it.
  if (first === 0) holds = shown;
  const parts = Math.ceil(room.lines.length / holds);
  byId('part').textContent = parts > 1 ? say('part', { part: Math.min(parts, Math.floor(first / holds) + 1), parts }) : '';
}

function turn() {
  byId('clock').textContent = time(new Date());
  if (!room || Date.now() < turnAt) return;
  turnAt = Date.now() + turnAfter;
  if (first === 0 && next >= room.lines.length) return;
  first = next >= room.lines.length ? 0 : next;
  draw();
}

function heard(newer) {
  const same = room && JSON.stringify(room.lines) === JSON.stringify(newer.lines);
  room = newer;
  lastHeard = new Date();
  live(true);
  if (!same) draw();
}

function live(yes) {
  document.body.dataset.live = yes;
  byId('lines').classList.toggle('old-lines', !yes);
  byId('old').hidden = yes;
  byId('old').textContent = yes ? '' : say('old', { time: time(lastHeard) });
}

/** Asking again would change nothing: there is no such unit. */
function refused() {
  room = null;
  byId('lines').replaceChildren();
  byId('nobody').hidden = false;
  byId('nobody').textContent = say('unknown');
}

document.documentElement.lang = language;
byId('hint').textContent = say('hint');
setInterval(turn, 1000);
turn();
window.addEventListener('resize', draw);
follow(`/api/v1/units/${segment(query.get('unit') ?? '')}/waiting-room/live`, { heard, lost: () => live(false), refused });
