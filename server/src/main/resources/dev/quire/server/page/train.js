// Train: a form on the left, what happens on the right. The fields follow the address, and the address the fields.
import { address, get, post, query } from './api.js';
import { go } from './go.js';
import { ask, button, choice, element, empty, field, fill, percent, problem } from './dom.js';
import { FAMILIES, FIELDS, HIDDEN, network, OPTIMIZERS, optimizerOf, rangeOf, RATES, sizes, sought, specification } from './families.js';
import { watch } from './watch.js';

export async function trainPage(place, wanted, leaving) {
  const right = element('div', { class: 'stack', id: 'watching' });
  const form = element('form', { class: 'panel fields', 'aria-label': 'What to train' });
  place.append(element('div', { class: 'columns aside' }, form, right));
  let watching;
  leaving(() => watching?.close());

  const datasets = await get(address('datasets'));
  const chosen = { ...FIELDS };
  for (const name of Object.keys(FIELDS)) if (wanted.has(name)) chosen[name] = wanted.get(name);
  if (!(chosen.model in FAMILIES)) chosen.model = 'mlp';
  if (wanted.has('model') && !wanted.has('hidden')) chosen.hidden = HIDDEN[chosen.model];
  chosen.optimizer = optimizerOf(chosen.optimizer);
  const names = datasets.map(each => each.name);
  if (!chosen.dataset) chosen.dataset = names.includes('mnist') ? 'mnist' : names[0] ?? '';

  const dataset = choice(names, chosen.dataset, { name: 'dataset', required: true });
  const families = Object.entries(FAMILIES).map(([value, label]) =>
    element('label', {}, element('input', { type: 'radio', name: 'model', value, checked: chosen.model === value }), label));
  const hidden = element('input', { name: 'hidden', value: chosen.hidden, pattern: '\\s*\\d+(\\s*,\\s*\\d+)*\\s*', inputmode: 'text', autocomplete: 'off', spellcheck: 'false' });
  const optimizer = choice(OPTIMIZERS, chosen.optimizer, { name: 'optimizer' });
  const rate = element('input', { name: 'learning_rate', value: chosen.learning_rate, required: true, inputmode: 'decimal', autocomplete: 'off' });
  const dropout = element('input', { name: 'dropout', type: 'number', min: 0, max: 0.9, step: 0.05, value: chosen.dropout });
  const batch = element('input', { name: 'batch_size', type: 'number', min: 1, max: 65536, step: 1, required: true, value: chosen.batch_size });
  const epochs = element('input', { name: 'epochs', type: 'number', min: 1, max: 100000, step: 1, required: true, value: chosen.epochs });
  const rateField = field('Learning rate', rate, ' ');
  const hiddenField = field('Hidden layers', hidden, 'Units of each, from the input to the output.');
  const said = element('div', { 'aria-live': 'polite' });
  const start = element('button', { class: 'main', type: 'submit' }, 'Train');

  fill(form,
    field('Data', dataset, datasets.length ? undefined : 'There is no dataset yet.'),
    element('fieldset', {}, element('legend', {}, 'Model family'), element('div', { class: 'segments' }, families)),
    hiddenField,
    element('div', { class: 'pair' }, field('Optimizer', optimizer), rateField),
    element('div', { class: 'pair' }, field('Dropout', dropout), field('Batch size', batch)),
    field('Epochs', epochs),
    said,
    element('div', { class: 'actions' }, start));

  function configuration() {
    return {
      model: new FormData(form).get('model'),
      hidden: sizes(hidden.value),
      optimizer: optimizer.value,
      learning_rate: Number(rate.value),
      dropout: Number(dropout.value),
      batch_size: Number(batch.value),
      epochs: Number(epochs.value),
    };
  }

  function check() {
    const value = Number(rate.value);
    rate.setCustomValidity(value > 0 && Number.isFinite(value) ? '' : 'a number above 0, such as 0.001 or 1e-3');
    rateField.querySelector('.hint').textContent = rangeOf(value);
    hiddenField.querySelector('.hint').textContent = configuration().model === 'cnn'
      ? 'Channels of each convolution, from the input to the output.'
      : 'Units of each, from the input to the output.';
  }

  form.addEventListener('input', event => {
    if (event.target.name === 'model' && Object.values(HIDDEN).includes(hidden.value)) hidden.value = HIDDEN[event.target.value];
    check();
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) fields.set(name, String(value).replace(/\s/g, ''));
    history.replaceState(null, '', `${location.pathname}?${fields}`);
  });
  form.addEventListener('submit', event => {
    event.preventDefault();
    submit();
  });

  /** Asks first when the very same was trained already. */
  async function submit() {
    start.disabled = true;
    fill(said);
    try {
      const wish = configuration();
      const existing = await trained(wish);
      if (existing && !await askAgain(existing)) return;
      const about = await get(address('datasets', dataset.value));
      const job = await post(address('jobs'), {
        dataset: dataset.value, network: network(wish, about.classes?.length || 1), configuration: specification(wish),
      });
      follow(job.id);
      right.scrollIntoView({ block: 'nearest' });
    } catch (failure) {
      fill(said, problem(failure));
    } finally {
      start.disabled = false;
    }
  }

  async function trained(wish) {
    try {
      const range = rangeOf(wish.learning_rate);
      const { found } = await post(address('find'), { configuration: {
        ...sought(wish), ...(RATES.includes(range) ? { learning_rate_range: range } : {}), ...(wish.dropout ? { dropout_p: wish.dropout } : {}), dataset: dataset.value,
      } });
      return Math.abs(found.learning_rate - wish.learning_rate) < 1e-6 * wish.learning_rate ? found : undefined;
    } catch (failure) {
      if (failure.status === 404) return undefined;
      throw failure;
    }
  }

  async function askAgain(existing) {
    const accuracy = typeof existing.accuracy === 'number' ? `, with an accuracy of ${percent(existing.accuracy, 2)}` : '';
    const isWanted = await ask('Train it again?',
      `This configuration was trained already: ${existing.run}${accuracy}. The new run takes its place as the model of this configuration; the old one stays in the list of runs.`,
      'Train again', 'Keep it');
    if (!isWanted) go(`runs?run=${encodeURIComponent(existing.run)}`);
    return isWanted;
  }

  function follow(id) {
    watching?.close();
    const url = new URL(location.href);
    url.searchParams.set('job', id);
    history.replaceState(null, '', url);
    watching = watch(id);
    fill(right, watching.box);
  }

  check();
  if (wanted.has('job')) {
    follow(wanted.get('job'));
    return;
  }
  const running = await get(query(address('jobs'), { state: 'running' }));
  if (running.length) {
    follow(running[0].id);
    return;
  }
  fill(right, empty('Nothing is training',
    'Choose data and a network on the left and press Train. The loss, the metrics of each epoch and the log are drawn here as they come.',
    button('Train with these fields', () => form.requestSubmit())));
}
