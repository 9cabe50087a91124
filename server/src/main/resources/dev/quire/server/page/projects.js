// Projects: configurations and their runs, in groups.
import { address, get, post, remove } from './api.js';
import { ask, button, choice, counted, element, empty, field, fill, moment, note, problem } from './dom.js';
import { go } from './go.js';
import { describe, FAMILIES, HIDDEN, network, OPTIMIZERS, sizes, specification } from './families.js';

export async function projectsPage(place, wanted) {
  if (wanted.has('project')) return showProject(place, wanted.get('project'));
  const all = await get(address('projects'));
  const name = element('input', { required: true, maxlength: 120, autocomplete: 'off' });
  const about = element('input', { maxlength: 500, autocomplete: 'off' });
  const said = element('div', { 'aria-live': 'polite' });
  const form = element('form', { class: 'panel' }, element('h2', {}, 'New project'),
    element('div', { class: 'columns half' }, field('Name', name), field('What it is about', about)), said,
    element('div', { class: 'actions' }, element('button', { class: 'main', type: 'submit' }, 'Make it')));
  form.addEventListener('submit', async event => {
    event.preventDefault();
    try {
      const made = await post(address('projects'), { name: name.value, ...(about.value ? { description: about.value } : {}) });
      go(`projects?project=${encodeURIComponent(made.id)}`);
    } catch (failure) {
      fill(said, problem(failure));
    }
  });
  place.append(
    all.length ? element('div', { class: 'cards' }, all.map(project => element('section', { class: 'panel' },
      element('h2', {}, element('a', { href: `projects?project=${encodeURIComponent(project.id)}` }, project.name)),
      project.description ? element('p', { class: 'faint' }, project.description) : undefined,
      element('p', { class: 'hint' }, 'Made ', moment(project.created)))))
      : empty('No project yet', 'A project holds configurations and the runs that were made of them, so that experiments on one question stand together. Make the first one below.'),
    form);
}

async function showProject(place, id) {
  const project = await get(address('projects', id));
  place.querySelector('h1').textContent = project.name;
  document.title = `${project.name} · Quire`;
  const list = element('div', { class: 'stack' });
  place.prepend(element('nav', { 'aria-label': 'Where this is' }, element('a', { href: 'projects' }, 'All projects')));
  place.append(project.description ? element('p', { class: 'faint' }, project.description) : '', list, await form());
  await load();

  async function load() {
    const all = await get(address('projects', id, 'configurations'));
    fill(list, all.length ? all.map(card) : empty('No configuration yet', 'Describe a network and how it is trained below. It can be queued as often as you like; each time makes a run.'));
  }

  function card(each) {
    return element('section', { class: 'panel', 'aria-label': each.name },
      element('div', { class: 'head' }, element('h2', {}, each.name), each.group ? element('span', { class: 'chip' }, each.group) : undefined,
        element('div', { class: 'actions push' },
          button('Queue a run', () => queue(each), { class: 'main small' }),
          button('Delete', () => drop(each), { class: 'small', 'aria-label': `Delete ${each.name}` }))),
      element('p', {}, summary(each)),
      (each.runs ?? []).length ? element('p', { class: 'hint' }, `${counted(each.runs.length, 'run')}: `, each.runs.map((run, i) => [i ? ', ' : '', element('a', { href: `runs?run=${encodeURIComponent(run)}` }, run)]),
        ' · ', element('a', { href: `runs?compare=${encodeURIComponent(each.runs.slice(0, 7).join(','))}` }, 'compare')) : element('p', { class: 'hint' }, 'No run yet.'));
  }

  function summary(each) {
    const { optimizer, batch, epochs } = each.configuration ?? {};
    return [each.dataset, ...describe(each.network), optimizer?.type, optimizer && `rate ${optimizer.learningRate}`, batch && `batch ${batch}`, epochs && counted(epochs, 'epoch')]
      .filter(Boolean).join(' · ');
  }

  async function queue(each) {
    try {
      const job = await post(address('configurations', each.id, 'run'));
      note(`${each.name} waits in the queue.`);
      go(`jobs?job=${encodeURIComponent(job.id ?? job.job)}`);
    } catch (failure) {
      note(failure.message, 'error');
    }
  }

  async function drop(each) {
    if (!await ask('Delete this configuration?', `${each.name} leaves the project. Its runs stay.`, 'Delete it')) return;
    await remove(address('projects', id, 'configurations', each.id)).catch(failure => note(failure.message, 'error'));
    await load();
  }

  async function form() {
    const datasets = await get(address('datasets'));
    const names = datasets.map(each => each.name);
    const input = (value, given = {}) => element('input', { value, autocomplete: 'off', required: true, ...given });
    const name = input('', { maxlength: 120 });
    const group = input('', { maxlength: 120, required: false });
    const dataset = choice(names, names.includes('mnist') ? 'mnist' : names[0]);
    const model = choice(Object.entries(FAMILIES), 'mlp');
    const hidden = input(HIDDEN.mlp, { pattern: '\\s*\\d+(\\s*,\\s*\\d+)*\\s*' });
    const optimizer = choice(OPTIMIZERS, 'adamW');
    const rate = input('0.001', { inputmode: 'decimal' });
    const dropout = input(0, { type: 'number', min: 0, max: 0.9, step: 0.05 });
    const batch = input(64, { type: 'number', min: 1 });
    const epochs = input(3, { type: 'number', min: 1 });
    const said = element('div', { 'aria-live': 'polite' });
    const made = element('form', { class: 'panel' }, element('h2', {}, 'New configuration'),
      element('div', { class: 'columns thirds' }, field('Name', name), field('Group', group, 'Of experiments; may be left out.'), field('Data', dataset), field('Model family', model), field('Hidden layers', hidden),
        field('Optimizer', optimizer), field('Learning rate', rate), field('Dropout', dropout), field('Batch size', batch), field('Epochs', epochs)),
      said, element('div', { class: 'actions' }, element('button', { class: 'main', type: 'submit' }, 'Add it')));
    made.addEventListener('submit', async event => {
      event.preventDefault();
      try {
        const wish = {
          model: model.value, hidden: sizes(hidden.value), optimizer: optimizer.value, learning_rate: Number(rate.value),
          dropout: Number(dropout.value), batch_size: Number(batch.value), epochs: Number(epochs.value),
        };
        const about = await get(address('datasets', dataset.value));
        await post(address('projects', id, 'configurations'), {
          name: name.value,
          ...(group.value ? { group: group.value } : {}),
          dataset: dataset.value,
          network: network(wish, about.classes?.length || 1),
          configuration: specification(wish),
        });
        // The next one is often like this one: all but its name stays.
        const kept = [group, dataset, model, hidden, optimizer, rate, dropout, batch, epochs].map(each => [each, each.value]);
        made.reset();
        kept.forEach(([each, value]) => { each.value = value; });
        name.value = '';
        fill(said);
        await load();
      } catch (failure) {
        fill(said, problem(failure));
      }
    });
    return made;
  }
}
