// Probabilities as bars.
import { element } from './dom.js';

/** Bars of probabilities, the likeliest first or in the order of the classes. */
export function bars() {
  const box = element('ol', { class: 'bars' });
  const rows = new Map();
  return {
    box,
    /** @param all [{ class, probability }] in the order of the classes */
    show(all) {
      const most = all.reduce((best, each) => (each.probability > (best?.probability ?? -1) ? each : best), undefined);
      const names = all.map(each => each.class);
      if (names.length !== rows.size || names.some(name => !rows.has(name))) {
        rows.clear();
        box.replaceChildren(...names.map(name => {
          const value = element('span', { class: 'bar-value' });
          const line = element('span', { class: 'bar-fill' });
          const row = element('li', {}, element('span', { class: 'bar-name' }, name), element('span', { class: 'bar-track' }, line), value);
          rows.set(name, { row, line, value });
          return row;
        }));
      }
      for (const each of all) {
        const { row, line, value } = rows.get(each.class);
        row.classList.toggle('is-most', each === most);
        line.style.width = `${100 * each.probability}%`;
        value.textContent = `${(100 * each.probability).toFixed(1)} %`;
      }
      return most;
    },
    clear() {
      for (const { row, line, value } of rows.values()) {
        row.classList.remove('is-most');
        line.style.width = '0';
        value.textContent = '';
      }
    },
  };
}
