// Runs in the page.
// biome-ignore lint/correctness/noUnusedVariables: window.ts calls it there
async function expandInPage(label) {
  const all = () => [...document.querySelectorAll('.part.sidebar .monaco-list-rows [role=treeitem]')];
  const nameOf = row => row.querySelector('.label-name')?.textContent ?? '';
  const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
  // VS Code reads the older name.
  const wheel = deltaY => new WheelEvent('wheel', { deltaY, wheelDeltaY: -deltaY, bubbles: true, cancelable: true });
  const parent = all().find(row => nameOf(row) === label);
  const list = parent?.closest('.monaco-list');
  if (!list) {
    throw new Error(`no row ${label}`);
  }
  const level = Number(parent.getAttribute('aria-level')) + 1;
  const children = () =>
    all().filter(row => Number(row.getAttribute('aria-level')) === level && !nameOf(row).startsWith('Loading'));
  const below = new Set(children().map(nameOf));
  const own = () => children().filter(row => !below.has(nameOf(row)) || below.size === 0);
  const start = performance.now();
  const within = what => {
    if (performance.now() - start > 60_000) {
      const names = all().map(row => `${nameOf(row)} ${row.getAttribute('aria-posinset')}`);
      throw new Error(`${what} of ${label} did not come: ${names.join(', ')}`);
    }
  };
  const twistie = parent.querySelector('.monaco-tl-twistie');
  for (const type of ['mousedown', 'mouseup', 'click']) {
    twistie.dispatchEvent(
      new MouseEvent(type, { bubbles: true, cancelable: true, view: window, button: 0, detail: 1 }),
    );
  }
  while (own().length === 0) {
    within('the first row');
    await frame();
  }
  const first = performance.now() - start;
  const setSize = () => Number(own()[0]?.getAttribute('aria-setsize'));
  const last = () => own().find(row => Number(row.getAttribute('aria-posinset')) === setSize());
  // Down to the end of the rows, however many there are behind them.
  while (!last()) {
    within('the last row');
    list.querySelector('.monaco-scrollable-element').dispatchEvent(wheel(1_000_000));
    await frame();
    if (own().length === 0) {
      list.querySelector('.monaco-scrollable-element').dispatchEvent(wheel(-30_000));
      await frame();
    }
  }
  return { first, last: performance.now() - start, rows: setSize() };
}
