// Server-sent events for the pages that are not the dashboard. They are read with fetch: the browser's own EventSource can send no headers,
// and a link's secret must not stand in an address.

/** A unit's code as one segment of an address, as `UnitSegment` writes it on the server. */
export const segment = code => Array.from(new TextEncoder().encode(code), byte =>
  /[\w-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : '~' + byte.toString(16).toUpperCase().padStart(2, '0')).join('');

/** The server says something at least every half minute; a line that is silent for longer is dead, whatever the network says. */
const silence = 50_000;
const longestPause = 20_000;

/**
 * Follows an address for ever: `heard(value)` for every event, `lost()` whenever what is shown may be old, `refused(status)` when asking again
 * would change nothing. Returns how to stop.
 */
export function follow(address, { headers = () => ({}), heard, lost, refused }) {
  let stopped = false;
  let line = null;
  let lastHeard = 0;
  let wake = () => {};
  const nudge = () => {
    // A phone that slept comes back with a line that only looks open.
    if (!document.hidden && line && Date.now() - lastHeard > silence * 0.7) line.abort();
    wake();
  };
  window.addEventListener('online', nudge);
  document.addEventListener('visibilitychange', nudge);
  run();
  return () => {
    stopped = true;
    window.removeEventListener('online', nudge);
    document.removeEventListener('visibilitychange', nudge);
    line?.abort();
    wake();
  };

  async function run() {
    for (let attempt = 0; !stopped; attempt++) {
      if (attempt > 0) await pause(attempt);
      if (stopped) return;
      line = new AbortController();
      const mine = line;
      let watch = 0;
      const alive = () => {
        clearTimeout(watch);
        watch = setTimeout(() => mine.abort(), silence);
      };
      alive();
      lastHeard = Date.now();
      const answer = await fetch(address, { headers: headers(), signal: mine.signal, cache: 'no-store' }).catch(() => null);
      if (answer?.ok) {
        await read(answer.body.getReader(), value => {
          alive();
          lastHeard = Date.now();
          attempt = 0;
          if (!stopped) heard(value);
        });
      }
      clearTimeout(watch);
      if (stopped) return;
      if (answer && answer.status >= 400 && answer.status < 500 && answer.status !== 408 && answer.status !== 429) return refused(answer.status);
      lost();
    }
  }

  /** Spread out, so that not every phone of a waiting room comes back in the same instant. */
  function pause(attempt) {
    const longest = Math.min(longestPause, 500 * 2 ** attempt);
    return new Promise(done => {
      wake = done;
      setTimeout(done, longest * (0.5 + Math.random() / 2));
    });
  }
}

async function read(reader, event) {
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const part = await reader.read().catch(() => ({ done: true }));
    if (part.done) return;
    text += decoder.decode(part.value, { stream: true });
    const events = text.split('\n\n');
    text = events.pop();
    for (const one of events) {
      const data = one.split('\n').filter(line => line.startsWith('data:')).map(line => line.slice(5)).join('\n');
      if (data) event(JSON.parse(data));
    }
  }
}
