// Draw: a digit on a canvas, and what a model says of it while it is drawn.
import { address, get, post } from './api.js';
import { drawing } from './drawing.js';
import { choice, element, field, fill, percent, problem } from './dom.js';
import { FAMILIES, HIDDEN, OPTIMIZERS, optimizerOf, rateOf, RATES, sizes, sought } from './families.js';

const DROPOUT = 0.25;

export async function drawPage(place, wanted, leaving) {
  const [runs, deployments] = await Promise.all([get(address('runs')), get(address('deployments'))]);
  const drawable = runs.filter(run => !['training', 'crashed', 'damaged', 'failed'].includes(run.state));
  const models = [
    ...deployments.filter(each => each.state === 'running').map(each => [`deployment:${each.name}`, `Deployment ${each.name}`]),
    ...drawable.map(run => [`run:${run.name}`, `Run ${run.name}`]),
    ['configuration', 'The model of a configuration …'],
  ];
  const first = wanted.has('run') ? `run:${wanted.get('run')}` : wanted.has('deployment') ? `deployment:${wanted.get('deployment')}` : models[0][0];
  if (!models.some(([value]) => value === first)) models.unshift([first, first.replace(':', ' ')]);
  const model = choice(models, first, { id: 'model' });
  const configuration = configurationFields(wanted);
  const answered = element('div', { id: 'answered', 'aria-live': 'polite' });

  const board = drawing({ ask: asked, answered: said, failed, beside: answered });
  place.append(
    element('div', { class: 'narrow' }, field('Who answers', model)),
    configuration.box,
    board.box);
  leaving(() => board.close());

  const found = () => ({ ...sought(configuration.value()), learning_rate_range: configuration.value().range });

  function choose() {
    configuration.box.hidden = model.value !== 'configuration';
    board.again();
    tell();
  }

  model.addEventListener('change', () => {
    const [kind, ...name] = model.value.split(':');
    history.replaceState(null, '', kind === 'configuration' ? location.pathname : `${location.pathname}?${kind}=${encodeURIComponent(name.join(':'))}`);
    choose();
  });
  configuration.box.addEventListener('input', () => choose());

  /** Before the first stroke: whether there is a model at all. */
  async function tell() {
    if (!board.isEmpty()) return;
    if (model.value !== 'configuration') {
      fill(answered, element('p', { class: 'faint' }, 'Draw a digit: the answer follows while you draw.'));
      return;
    }
    try {
      said(await post(address('find'), { configuration: found() }));
    } catch (failure) {
      failed(failure);
    }
  }

  async function asked(picture) {
    const [kind, ...rest] = model.value.split(':');
    if (kind === 'configuration') return post(address('find'), { configuration: found(), drawing: picture });
    return post(address(kind === 'run' ? 'runs' : 'deployments', rest.join(':'), 'infer'), { drawing: picture });
  }

  function said(answer) {
    const found = answer.found;
    const used = answer.answer ?? answer;
    const run = found?.run ?? (used.model?.kind === 'run' ? used.model.name : used.model?.source);
    const facts = [
      ['Answered by', used.model ? `${used.model.kind} ${used.model.name}${used.model.version ? `, version ${used.model.version}` : ''}` : undefined],
      ['Run', run ? element('a', { href: `runs?run=${encodeURIComponent(run)}` }, run) : undefined],
      ['Accuracy', typeof found?.accuracy === 'number' ? percent(found.accuracy, 2) : found?.accuracy],
      ['Learning rate', found?.learning_rate],
      ['Took', used.milliseconds === undefined ? undefined : `${used.milliseconds.toFixed(1)} ms`],
    ].filter(([, value]) => value !== undefined && value !== null);
    fill(answered, element('section', { class: 'panel', 'aria-label': 'Which model answered' },
      element('dl', { class: 'facts' }, facts.map(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]))));
    return used;
  }

  function failed(failure) {
    if (failure.message.includes('Model not trained yet')) {
      fill(answered, element('div', { class: 'empty', role: 'alert' }, element('h2', {}, 'Model not trained yet.'),
        element('p', {}, 'No run has this configuration. Training it takes a minute or so on a processor.'),
        element('div', { class: 'actions' }, element('a', { class: 'button main', href: trainLink(configuration.value()) }, 'Train it'))));
    } else {
      fill(answered, problem(failure));
    }
  }

  choose();
}

/** The training form with these fields. */
function trainLink(wish) {
  return `train?${new URLSearchParams({
    model: wish.model, hidden: wish.hidden.join(','), optimizer: wish.optimizer, learning_rate: rateOf(wish.range), dropout: wish.dropout,
    batch_size: wish.batch_size, epochs: wish.epochs,
  })}`;
}

/** The fields that a configuration is found by. */
function configurationFields(wanted) {
  const type = choice(Object.entries(FAMILIES), wanted.get('model') ?? 'mlp');
  const hidden = element('input', { value: wanted.get('hidden') ?? HIDDEN[wanted.get('model') ?? 'mlp'] ?? HIDDEN.mlp, autocomplete: 'off', spellcheck: 'false' });
  const optimizer = choice(OPTIMIZERS, optimizerOf(wanted.get('optimizer') ?? 'adamW'));
  const range = choice(RATES, wanted.get('range') ?? 'Medium High');
  const batch = element('input', { type: 'number', min: 1, value: wanted.get('batch_size') ?? 64 });
  const epochs = element('input', { type: 'number', min: 1, value: wanted.get('epochs') ?? 3 });
  const dropout = element('input', { type: 'checkbox', id: 'find-dropout', checked: Number(wanted.get('dropout') ?? 0) > 0 });
  return {
    box: element('section', { class: 'panel', hidden: true, 'aria-label': 'Configuration' },
      element('div', { class: 'columns thirds' },
        field('Model family', type), field('Hidden layers', hidden), field('Optimizer', optimizer),
        field('Learning rate', range, 'Low to 1e-4, Medium Low to 5e-4, Medium High to 1e-3, High to 1e-2'), field('Batch size', batch), field('Epochs', epochs)),
      element('div', { class: 'row' }, dropout, element('label', { for: 'find-dropout' }, 'With dropout'))),
    value: () => ({
      model: type.value,
      hidden: sizes(hidden.value),
      optimizer: optimizer.value,
      range: range.value,
      dropout: dropout.checked ? DROPOUT : 0,
      batch_size: Number(batch.value),
      epochs: Number(epochs.value),
    }),
  };
}
