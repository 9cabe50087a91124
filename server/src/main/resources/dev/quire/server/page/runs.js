// Runs: all there are, several over each other, one in full.
import { address, get, query } from './api.js';
import { lines } from './charts.js';
import { bytes, chip, choice, counted, element, empty, field, figure, fill, moment, seconds } from './dom.js';
import { isFraction, shown, words } from './metrics.js';
import { table } from './table.js';

const MOST_TOGETHER = 7;

export async function runsPage(place, wanted, leaving) {
  if (wanted.has('run')) return showRun(place, wanted.get('run'), leaving);
  const all = await get(address('runs'));
  if (all.length === 0) {
    place.append(empty('No run yet', 'A run is one training: its network, data, settings, metrics and weights. Train a network here, or in a notebook that keeps its runs in the same folder.',
      element('a', { class: 'button main', href: 'train' }, 'Train a network')));
    return;
  }
  const chosen = new Set((wanted.get('compare') ?? '').split(',').filter(Boolean));
  const text = element('input', { type: 'search', value: wanted.get('text') ?? '', placeholder: 'Name, model, optimizer …' });
  const dataset = choice([['', 'All data'], ...distinct(all, 'dataset')], wanted.get('dataset') ?? '');
  const state = choice([['', 'All states'], ...distinct(all, 'state')], wanted.get('state') ?? '');
  const count = element('span', { class: 'faint', role: 'status' });
  const together = element('div', { class: 'stack' });
  let comparing;
  leaving(() => comparing?.());

  const metrics = [...new Set(all.flatMap(run => Object.keys(run.metrics ?? {})))].filter(isMeasured)
    .sort((a, b) => rank(a) - rank(b)).slice(0, 4);
  const list = table([
    { name: 'compare', label: element('span', { class: 'hidden' }, 'Compare'), show: run => element('label', {}, element('input', { type: 'checkbox', checked: chosen.has(run.name), 'aria-label': `Compare ${run.name}`, on: { change: event => choose(run.name, event.target) } })) },
    { name: 'name', label: 'Run', value: run => run.name, show: run => element('a', { href: `runs?run=${encodeURIComponent(run.name)}` }, run.name), wrap: true },
    { name: 'state', label: 'State', value: run => run.state, show: run => chip(run.state) },
    { name: 'dataset', label: 'Data', value: run => run.dataset, show: run => run.dataset },
    ...metrics.map(metric => ({ name: metric, label: words(metric), number: true, value: run => run.metrics?.[metric], show: run => shown(metric, run.metrics?.[metric]) })),
    { name: 'epochs', label: 'Epochs', number: true, value: run => run.epochs, show: run => figure(run.epochs) },
    { name: 'seconds', label: 'Time', number: true, value: run => run.seconds, show: run => seconds(run.seconds) },
    { name: 'created', label: 'Begun', value: run => run.created, show: run => moment(run.created) },
  ], { label: 'Runs', sort: wanted.get('sort') ?? '-created', isChosen: run => chosen.has(run.name) });

  place.append(
    element('div', { class: 'columns filters' }, field('Find', text), field('Data', dataset), field('State', state)),
    element('div', { class: 'row' }, count),
    together, list.box);

  function choose(name, box) {
    if (box.checked && chosen.size === MOST_TOGETHER) {
      box.checked = false;
      return;
    }
    if (box.checked) chosen.add(name);
    else chosen.delete(name);
    box.closest('tr').classList.toggle('is-chosen', box.checked);
    remember();
    compare();
  }

  function remember() {
    const fields = new URLSearchParams();
    for (const [name, value] of [['text', text.value], ['dataset', dataset.value], ['state', state.value], ['compare', [...chosen].join(',')]]) {
      if (value) fields.set(name, value);
    }
    history.replaceState(null, '', fields.size ? `${location.pathname}?${fields}` : location.pathname);
  }

  function filter() {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = all.filter(run => (!dataset.value || run.dataset === dataset.value) && (!state.value || run.state === state.value)
      && words.every(word => JSON.stringify(run).toLowerCase().includes(word)));
    count.textContent = `${shown.length === all.length ? counted(all.length, 'run') : `${shown.length} of ${counted(all.length, 'run')}`}. Tick some to see their curves over each other.`;
    list.show(shown);
  }

  async function compare() {
    comparing?.();
    comparing = undefined;
    if (chosen.size === 0) {
      fill(together);
      return;
    }
    const names = [...chosen];
    const loaded = await Promise.all(names.map(async name => ({ run: all.find(each => each.name === name), rows: rowsOf(await get(address('runs', name, 'metrics'))) })));
    if (names.join() !== [...chosen].join()) return;
    comparing = showTogether(together, loaded.filter(each => each.run));
  }

  for (const control of [text, dataset, state]) {
    control.addEventListener('input', () => {
      remember();
      filter();
    });
  }
  filter();
  await compare();
}

/** What a list shows first of all that was measured. */
const FIRST = ['val_accuracy', 'accuracy', 'val_loss', 'loss'];
const rank = metric => (FIRST.includes(metric) ? FIRST.indexOf(metric) : FIRST.length);
const isMeasured = metric => !/^best_|^(epoch|step|seconds|learning_rate|examples_per_second)$/.test(metric);

const distinct = (rows, name) => [...new Set(rows.map(row => row[name]).filter(Boolean))].sort();


/** The rows of a metrics answer as objects. */
function rowsOf(metrics) {
  return metrics.rows.map(row => (Array.isArray(row) ? Object.fromEntries(metrics.columns.map((name, i) => [name, row[i]])) : row));
}

const points = (rows, metric) => rows.filter(row => typeof row[metric] === 'number').map(row => ({ x: row.epoch, y: row[metric] }));

const drawnMetrics = rows => [...new Set(rows.flatMap(row => Object.keys(row)))].filter(isMeasured);

/** Several runs: a curve of each, and what differs in their settings. */
function showTogether(place, loaded) {
  const metrics = drawnMetrics(loaded.flatMap(each => each.rows));
  if (metrics.length === 0) {
    fill(place, element('p', { class: 'told' }, 'These runs have no epoch to draw yet.'));
    return undefined;
  }
  const preferred = metrics.find(name => /^(val|test).*accuracy/.test(name)) ?? metrics.find(isFraction) ?? metrics[0];
  const metric = choice(metrics.map(name => [name, words(name)]), preferred);
  const frame = element('div');
  let chart;

  function draw() {
    chart?.close();
    chart = lines(`${words(metric.value)} of ${loaded.map(each => each.run.name).join(', ')}`, { x: 'epoch', fraction: isFraction(metric.value), tall: true });
    chart.show(loaded.map((each, i) => ({ name: each.run.name, points: points(each.rows, metric.value), tone: i, hasDots: true })));
    fill(frame, chart.box);
  }

  const settings = [...new Set(loaded.flatMap(each => Object.keys(settingsOf(each.run))))];
  const differing = settings.filter(name => new Set(loaded.map(each => JSON.stringify(settingsOf(each.run)[name]))).size > 1);
  metric.addEventListener('change', draw);
  fill(place, element('section', { class: 'panel', 'aria-label': 'Comparison' },
    element('div', { class: 'narrow' }, field('Metric', metric)), frame,
    loaded.length > 1 ? element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'What differs' }, element('table', {},
      element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, 'What differs'), loaded.map((each, i) =>
        element('th', { scope: 'col' }, element('span', { class: 'swatch', data: { tone: i } }), ' ', each.run.name)))),
      element('tbody', {},
        differing.map(name => element('tr', {}, element('th', { scope: 'row' }, words(name)), loaded.map(each => element('td', { class: 'wrap' }, plain(settingsOf(each.run)[name]))))),
        metrics.map(name => element('tr', {}, element('th', { scope: 'row' }, `last ${words(name)}`), loaded.map(each => element('td', {}, shown(name, each.rows.at(-1)?.[name])))))))) : undefined));
  draw();
  return () => chart.close();
}

const settingsOf = run => ({ dataset: run.dataset, ...run.configuration });

function plain(value) {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(plain).join(', ');
  if (typeof value !== 'object') return figure(value);
  return Object.entries(value).map(([name, each]) => [name, plain(each)]).filter(([, said]) => said !== '').map(pair => pair.join(' ')).join(', ');
}

const EXPORTS = [
  ['onnx', 'ONNX'], ['safetensors', 'safetensors'], ['pt', 'PyTorch weights'], ['py', 'PyTorch source'], ['java', 'Java source'],
];

async function showRun(place, name, leaving) {
  place.querySelector('h1').textContent = name;
  document.title = `${name} · Quire`;
  const [run, metrics] = await Promise.all([get(address('runs', name)), get(address('runs', name, 'metrics'))]);
  const rows = rowsOf(metrics);
  const names = drawnMetrics(rows);
  const groups = [names.filter(each => /loss/.test(each)), names.filter(isFraction)].filter(group => group.length);
  const charts = groups.map((group, i) => {
    const chart = lines(`${i === 0 ? 'Losses' : 'Shares'} of ${name} by epoch`, { x: 'epoch', y: i === 0 ? 'Loss' : 'Accuracy and the like', fraction: isFraction(group[0]) });
    chart.show(group.map((metric, tone) => ({ name: words(metric), points: points(rows, metric), tone, hasDots: true })));
    leaving(() => chart.close());
    return element('section', { class: 'panel' }, chart.box);
  });
  const last = rows.at(-1) ?? {};
  const facts = [
    ['State', chip(run.state)],
    ...names.filter(isFraction).slice(0, 3).map(metric => [words(metric), shown(metric, last[metric])]),
    ['Epochs', figure(run.epochs ?? last.epoch)],
    ['Time', seconds(run.seconds)],
    ['Parameters', figure(run.parameters)],
  ].filter(([, value]) => value !== undefined && value !== '');
  place.prepend(element('nav', { 'aria-label': 'Where this is' }, element('a', { href: 'runs' }, 'All runs')));
  place.append(
    element('div', { class: 'actions' },
      element('a', { class: 'button main', href: `draw?run=${encodeURIComponent(name)}` }, 'Draw for it'),
      element('a', { class: 'button', href: `deployments?run=${encodeURIComponent(name)}` }, 'Deploy it'),
      element('a', { class: 'button', href: `runs?compare=${encodeURIComponent(name)}` }, 'Compare it')),
    element('dl', { class: 'figures' }, facts.map(([label, value]) => element('div', {}, element('dt', {}, label), element('dd', {}, value)))),
    run.reason ? element('p', { class: 'told' }, run.reason) : '',
    charts.length ? element('div', { class: 'columns half' }, charts) : element('p', { class: 'told' }, 'No epoch has ended yet.'),
    figures(name, run),
    element('div', { class: 'columns half' },
      element('section', { class: 'panel' }, element('h2', {}, 'Configuration'), listed({ dataset: run.dataset, ...run.configuration })),
      element('section', { class: 'panel' }, element('h2', {}, 'Environment'), listed(run.environment ?? {}))),
    await downloads(name));
}

function listed(values) {
  const rows = Object.entries(values).map(([name, value]) => [name, plain(value)]).filter(([name, said]) => said !== '' && name !== 'version');
  if (rows.length === 0) return element('p', { class: 'faint' }, 'Nothing was noted.');
  return element('dl', { class: 'facts' }, rows.map(([name, value]) => [element('dt', {}, words(name)), element('dd', {}, value)]));
}

/** Figures are pictures: whatever stands in them cannot act. */
function figures(name, run) {
  // The curves are drawn above already.
  const there = [...new Set(['confusion', 'roc', ...run.figures ?? []])].filter(figure => figure !== 'curves');
  return element('div', { class: 'columns half' }, there.map(figure => {
    const title = { confusion: 'Confusion matrix', roc: 'ROC curves' }[figure] ?? words(figure);
    const box = element('section', { class: 'panel' }, element('h2', {}, title));
    box.append(element('img', { class: 'figure-image', src: address('runs', name, 'figures', figure), alt: `${title} of ${name}`, loading: 'lazy', on: { error: () => box.remove() } }));
    return box;
  }));
}

async function downloads(name) {
  const files = await get(address('runs', name, 'files')).catch(() => []);
  const link = (label, href) => element('a', { class: 'button small', href, download: '' }, label);
  return element('section', { class: 'panel' }, element('h2', {}, 'Downloads'),
    element('div', { class: 'actions' },
      link('Record (ZIP)', address('runs', name, 'record')),
      EXPORTS.map(([format, label]) => link(label, query(address('runs', name, 'export'), { format }))),
      link('TensorBoard events', address('runs', name, 'tensorboard'))),
    files.length ? element('details', {}, element('summary', {}, counted(files.length, 'file')),
      element('ul', { class: 'plain' }, files.map(file => element('li', { class: 'row' },
        element('a', { href: address('runs', name, 'files', ...file.name.split('/')), download: '' }, file.name), element('span', { class: 'faint' }, bytes(file.bytes ?? 0)))))) : undefined);
}
