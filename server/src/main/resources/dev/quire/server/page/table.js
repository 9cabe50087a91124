// A table that is sorted by its heads.
import { element, fill } from './dom.js';

/**
 * @param columns [{ name, label, value: row => what it is sorted by, show: row => what stands there, number, wrap }]
 * @param given label; sort: name of a column, with a minus for the largest first
 */
export function table(columns, given) {
  let sort = given.sort ?? '';
  let rows = [];
  const body = element('tbody');
  const heads = columns.map(column => {
    const head = element('th', { scope: 'col', class: column.number ? 'number' : undefined });
    if (column.value) {
      const turn = () => {
        sort = sort === column.name ? `-${column.name}` : column.name;
        show();
      };
      head.append(element('button', { type: 'button', on: { click: turn } }, column.label));
    } else {
      head.append(column.label);
    }
    return head;
  });
  const box = element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': given.label },
    element('table', {}, element('thead', {}, element('tr', {}, heads)), body));

  function show() {
    const name = sort.replace(/^-/, '');
    const column = columns.find(each => each.name === name);
    columns.forEach((each, i) => {
      if (each.name === name) heads[i].setAttribute('aria-sort', sort.startsWith('-') ? 'descending' : 'ascending');
      else heads[i].removeAttribute('aria-sort');
    });
    const shown = [...rows];
    if (column?.value) {
      const way = sort.startsWith('-') ? -1 : 1;
      shown.sort((a, b) => order(column.value(a), column.value(b), way));
    }
    fill(body, shown.map(row => element('tr', { class: given.isChosen?.(row) ? 'is-chosen' : undefined },
      columns.map(each => element('td', { class: `${each.number ? 'number' : ''} ${each.wrap ? 'wrap' : ''}`.trim() || undefined }, each.show(row))))));
  }

  return {
    box,
    show(all) {
      rows = all;
      show();
    },
  };
}

/** What is not there stands last, either way. */
function order(a, b, way) {
  const isNone = value => value === undefined || value === null || value === '';
  if (isNone(a) || isNone(b)) return isNone(a) - isNone(b);
  return way * (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en', { numeric: true }));
}
