// Runs before the first paint, so that a dark ward stays dark.
try {
  const kept = localStorage.getItem('journey.theme');
  if (kept) document.documentElement.dataset.theme = kept;
} catch { /* a browser that keeps nothing follows its own setting */ }
