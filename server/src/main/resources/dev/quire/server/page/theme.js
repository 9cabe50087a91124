// Sets the colours before the first paint. Runs before anything else, so it is no module.
(() => {
  const root = document.documentElement;
  let wanted = 'system';
  try {
    wanted = localStorage.getItem('quire-theme') || 'system';
  } catch {
    // Without storage the colours of the system are used.
  }
  root.dataset.theme = wanted;
})();
