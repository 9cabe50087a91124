// Elements are made here and nowhere else: what comes from the server only ever becomes text or an attribute of a known
// kind, never markup.

const SVG = 'http://www.w3.org/2000/svg';

/** element('button', { class: 'main', on: { click } }, 'Train', icon('play')) */
export function element(name, given = {}, ...children) {
  const made = document.createElement(name);
  set(made, given);
  add(made, children);
  return made;
}

function set(made, given) {
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === 'on') {
      for (const [event, listener] of Object.entries(value)) made.addEventListener(event, listener);
    } else if (key === 'data') {
      Object.assign(made.dataset, value);
    } else if (key === 'value' || key === 'checked' || key === 'disabled' || key === 'selected') {
      made[key] = value;
    } else if (/^on/i.test(key) || key === 'style' || key === 'srcdoc') {
      throw new Error(`no attribute ${key} here`);
    } else {
      made.setAttribute(key, value === true ? '' : String(value));
    }
  }
}

function add(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    parent.append(child instanceof Node ? child : String(child));
  }
}

/** Puts other children in the place of all there are. */
export function fill(parent, ...children) {
  parent.replaceChildren();
  add(parent, children);
  return parent;
}

const PATHS = {
  train: 'M3 17l5-6 4 4 8-10M16 5h4v4',
  draw: 'M4 20l1-5L16 4l4 4L9 19zM14 6l4 4',
  runs: 'M4 6h16M4 12h16M4 18h10',
  projects: 'M3 6h6l2 2h10v11H3z',
  jobs: 'M4 5h16v5H4zM4 14h16v5H4zM7 7.5h.01M7 16.5h.01',
  deployments: 'M12 3l8 4.5v9L12 21l-8-4.5v-9zM12 12l8-4.5M12 12v9M12 12L4 7.5',
};

/** A small picture beside a word; it says nothing by itself. */
export function icon(name) {
  const picture = document.createElementNS(SVG, 'svg');
  picture.setAttribute('viewBox', '0 0 24 24');
  picture.setAttribute('class', 'icon');
  picture.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  picture.append(path);
  return picture;
}

let count = 0;

/** A control with its label, and a hint below. */
export function field(label, control, hint) {
  const id = control.id || `field-${++count}`;
  control.id = id;
  const about = hint ? element('small', { class: 'hint', id: `${id}-hint` }, hint) : undefined;
  if (about) control.setAttribute('aria-describedby', about.id);
  return element('div', { class: 'field' }, element('label', { for: id }, label), control, about);
}

/** A choice of rows: [value, label] pairs or plain values. */
export function choice(rows, chosen, given = {}) {
  return element(
    'select',
    given,
    rows.map(row => {
      const [value, label] = Array.isArray(row) ? row : [row, row];
      return element('option', { value, selected: String(value) === String(chosen) }, label);
    })
  );
}

export function button(label, act, given = {}) {
  return element('button', { type: 'button', on: { click: act }, ...given }, label);
}

/** What a page says where there is nothing yet: what it is for and what to do first. */
export function empty(title, says, ...actions) {
  return element('div', { class: 'empty' }, element('h2', {}, title), element('p', {}, says),
    actions.length ? element('div', { class: 'actions' }, actions) : undefined);
}

/** The state of a thing, in a word and a colour. */
export function chip(state) {
  return element('span', { class: 'chip', data: { state } }, state);
}

/** A short note at the edge of the window. */
export function note(text, kind = 'info') {
  const shown = element('div', { class: 'note', data: { kind }, role: kind === 'error' ? 'alert' : undefined }, element('span', {}, text),
    button('Close', () => shown.remove(), { class: 'plain', 'aria-label': 'Close this note' }));
  document.getElementById('notes').append(shown);
  setTimeout(() => shown.remove(), kind === 'error' ? 15_000 : 6_000);
}

/** What is wrong and what to do, where it happened. */
export function problem(failure) {
  return element('div', { class: 'problem', role: 'alert' },
    element('strong', {}, failure.message),
    failure.remedy ? element('p', {}, failure.remedy) : undefined,
    failure.problems?.length ? element('ul', {}, failure.problems.map(each => element('li', {}, each))) : undefined);
}

/** Asks a question in a dialog; the promise is true for the first answer. */
export function ask(title, says, yes, no = 'Cancel') {
  return new Promise(done => {
    const id = `ask-${++count}`;
    const dialog = element('dialog', { class: 'ask', 'aria-labelledby': id },
      element('h2', { id }, title), element('p', {}, says),
      element('div', { class: 'actions' },
        button(yes, () => close(true), { class: 'main' }),
        button(no, () => close(false))));
    function close(answer) {
      dialog.remove();
      done(answer);
    }
    dialog.addEventListener('cancel', event => {
      event.preventDefault();
      close(false);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

const PLURAL = new Intl.PluralRules('en');

/** 1 run, 2 runs */
export const counted = (n, word) => `${whole(n)} ${word}${PLURAL.select(n) === 'one' ? '' : 's'}`;

const WHOLE = new Intl.NumberFormat('en');
export const whole = n => WHOLE.format(n);

/** Figures as a table shows them: four digits that count. */
export function figure(value) {
  if (value === undefined || value === null || value === '') return '';
  if (typeof value !== 'number') return String(value);
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value)) return whole(value);
  const size = Math.abs(value);
  if (size >= 1000 && size < 1e9) return whole(Math.round(value));
  return size !== 0 && (size < 1e-3 || size >= 1e9) ? value.toExponential(2) : String(Number(value.toPrecision(4)));
}

export const percent = (value, digits = 1) => `${(100 * value).toFixed(digits)} %`;

export function seconds(value) {
  if (value === undefined || value === null) return '';
  if (value < 10) return `${value.toFixed(1)} s`;
  if (value < 90) return `${Math.round(value)} s`;
  const minutes = Math.floor(value / 60);
  if (minutes < 90) return `${minutes} min ${Math.round(value % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function bytes(n) {
  if (n < 10_000) return `${n} bytes`;
  if (n < 1e7) return `${whole(Math.round(n / 1000))} kB`;
  return n < 1e10 ? `${whole(Math.round(n / 1e6))} MB` : `${(n / 1e9).toFixed(1)} GB`;
}

/** A moment, near ones as how long ago. */
export function moment(instant) {
  if (!instant) return '';
  const then = new Date(instant);
  if (Number.isNaN(then.getTime())) return String(instant);
  const ago = (Date.now() - then.getTime()) / 1000;
  const text = ago < 60 && ago > -5 ? 'just now'
    : ago < 3600 && ago > 0 ? `${Math.floor(ago / 60)} min ago`
      : then.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  return element('time', { datetime: then.toISOString(), title: then.toLocaleString() }, text);
}

/** Whether the last of what scrolls is in sight. */
export const isScrolledDown = box => box.scrollTop + box.clientHeight >= box.scrollHeight - 8;
