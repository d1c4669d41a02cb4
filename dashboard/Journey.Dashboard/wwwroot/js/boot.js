// Starts the dashboard. A page that is opened while a gateway is replaced may get some of its files and miss others. Nobody may be near a wall to
// open it again, so the page says what happened and does it itself.

const pause = 2_000;

// A file that cannot be had ends a promise of Blazor's that nobody waits for, and start() never comes back.
const failed = new Promise((_, reject) => window.addEventListener('unhandledrejection', event => reject(event.reason), { once: true }));

try {
  await Promise.race([Blazor.start(), failed]);
} catch {
  document.querySelector('.booting [role=status]').textContent = 'Journey did not load completely. Trying again until it does…';
  await answered();
  location.reload();
}

/** Not before somebody answers: on the browser's own error page nothing would try again. */
async function answered() {
  for (;;) {
    await new Promise(resolve => setTimeout(resolve, pause));
    try {
      if ((await fetch(document.baseURI, { cache: 'no-store' })).ok) return;
    } catch { /* not yet */ }
  }
}
