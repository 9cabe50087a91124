// The last epochs of a job as a table.
import { element, fill, isScrolledDown, whole } from './dom.js';
import { shown, words } from './metrics.js';

const MOST_ROWS = 200;

/** @returns its element, and how it is told of epochs, shows them, and begins anew */
export function epochTable() {
  const box = element('div', { class: 'scroll short', tabindex: 0, role: 'region', 'aria-label': 'Metrics of each epoch' });
  box.hidden = true;
  let rows = [];

  return {
    box,
    clear() {
      rows = [];
    },
    add(epoch) {
      rows.push(epoch);
      if (rows.length > MOST_ROWS) rows.shift();
    },
    /** @param metrics the names of its columns */
    show(metrics) {
      box.hidden = rows.length === 0;
      const isAtEnd = isScrolledDown(box);
      const isCut = rows.length === MOST_ROWS && rows[0].epoch > 1;
      fill(box, element('table', {},
        isCut ? element('caption', {}, `The last ${whole(MOST_ROWS)} epochs; all are in the record of the run.`) : undefined,
        element('thead', {}, element('tr', {}, element('th', { scope: 'col', class: 'number' }, 'epoch'), metrics.map(metric => element('th', { scope: 'col', class: 'number' }, words(metric))))),
        element('tbody', {}, rows.map(each => element('tr', {}, element('td', { class: 'number' }, each.epoch),
          metrics.map(metric => element('td', { class: 'number' }, shown(metric, each.metrics[metric]))))))));
      if (isAtEnd) box.scrollTop = box.scrollHeight;
    },
  };
}
