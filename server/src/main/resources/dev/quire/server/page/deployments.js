// Deployments: models that answer under a name. Make, start, stop, delete, read their log, try them.
import { address, get, post, query, remove } from './api.js';
import { drawing } from './drawing.js';
import { ask, button, chip, choice, element, empty, field, fill, moment, note, problem, whole } from './dom.js';

const EVERY = 4000;

export async function deploymentsPage(place, wanted, leaving) {
  const runs = await get(address('runs'));
  const names = runs.filter(run => !['training', 'crashed', 'damaged', 'failed'].includes(run.state)).map(run => run.name);
  const list = element('div', { class: 'stack' });
  const detail = element('div', { class: 'stack' });
  const name = element('input', { required: true, maxlength: 120, autocomplete: 'off', pattern: '[A-Za-z0-9_][A-Za-z0-9._\\-]*', title: 'letters, digits, dot, dash and underscore' });
  const run = choice(names, wanted.get('run') ?? names[0], { required: true });
  const said = element('div', { 'aria-live': 'polite' });
  const form = element('form', { class: 'panel' }, element('h2', {}, 'New deployment'),
    element('div', { class: 'columns half' }, field('Name', name, 'A name that is there already gets a new version, which takes over with no failed request.'), field('Run', run)), said,
    element('div', { class: 'actions' }, element('button', { class: 'main', type: 'submit' }, 'Deploy')));
  place.append(list, detail, names.length ? form : '');
  let closing;
  leaving(() => closing?.());

  form.addEventListener('submit', async event => {
    event.preventDefault();
    try {
      const isThere = (await get(address('deployments'))).some(each => each.name === name.value);
      const made = isThere ? await post(address('deployments', name.value, 'versions'), { run: run.value })
        : await post(address('deployments'), { name: name.value, run: run.value });
      fill(said);
      form.reset();
      await load();
      open(made.name);
    } catch (failure) {
      fill(said, problem(failure));
    }
  });

  async function load() {
    const all = await get(address('deployments'));
    if (all.length === 0) {
      fill(list, empty('Nothing is deployed', names.length ? 'A deployment keeps a trained model loaded under a name, for programs to ask. Choose a run below and give it a name.'
        : 'A deployment keeps a trained model loaded under a name, for programs to ask. There is no trained run yet.',
      names.length ? button('Deploy the first run', () => name.focus(), { class: 'main' }) : element('a', { class: 'button main', href: 'train' }, 'Train a network')));
      fill(detail);
      return;
    }
    fill(list, element('div', { class: 'cards' }, all.map(card)));
  }

  function card(each) {
    const isRunning = each.state === 'running';
    return element('section', { class: 'panel', 'aria-label': each.name },
      element('div', { class: 'head' }, element('h2', {}, each.name), chip(each.state)),
      element('dl', { class: 'facts' },
        element('dt', {}, each.kind === 'run' ? 'Run' : 'File'),
        element('dd', {}, each.kind === 'run' ? element('a', { href: `runs?run=${encodeURIComponent(each.source)}` }, each.source) : each.source),
        element('dt', {}, 'Version'), element('dd', {}, each.version),
        element('dt', {}, 'Answered'), element('dd', {}, `${whole(each.answered)}${each.failed ? `, ${whole(each.failed)} refused` : ''}`),
        element('dt', {}, 'Since'), element('dd', {}, moment(each.created))),
      each.detail ? problem({ message: each.detail }) : undefined,
      element('div', { class: 'actions' },
        isRunning ? button('Stop', () => act(each, 'stop'), { class: 'small stop', 'aria-label': `Stop ${each.name}` }) : button('Start', () => act(each, 'start'), { class: 'small', 'aria-label': `Start ${each.name}` }),
        button('Try it', () => open(each.name), { class: 'small', disabled: !isRunning, 'aria-label': `Try ${each.name}` }),
        button('Log', () => openLog(each.name), { class: 'small', 'aria-label': `Log of ${each.name}` }),
        button('Delete', () => drop(each), { class: 'small', 'aria-label': `Delete ${each.name}` })));
  }

  async function act(each, what) {
    await post(address('deployments', each.name, what)).catch(failure => note(failure.message, 'error'));
    await load();
  }

  async function drop(each) {
    if (!await ask('Delete this deployment?', `Programs that ask ${each.name} are answered no more. Its run stays.`, 'Delete it')) return;
    await remove(address('deployments', each.name)).catch(failure => note(failure.message, 'error'));
    closing?.();
    fill(detail);
    await load();
  }

  /** Try it: the canvas, or any request as JSON. */
  function open(which) {
    closing?.();
    const failure = element('div', { 'aria-live': 'polite' });
    const board = drawing({
      ask: picture => post(address('deployments', which, 'infer'), { drawing: picture }),
      answered: answer => {
        fill(failure);
        return answer;
      },
      failed: each => fill(failure, problem(each)),
    });
    const body = element('textarea', { class: 'mono', spellcheck: 'false' }, '{"rows": [[0.1, 0.2, 0.3, 0.4]]}');
    const answer = element('pre', { class: 'log', tabindex: 0, 'aria-label': 'Answer' }, 'The answer stands here.');
    const send = async () => {
      try {
        answer.textContent = JSON.stringify(await post(address('deployments', which, 'infer'), JSON.parse(body.value)), null, 1);
      } catch (each) {
        answer.textContent = each instanceof SyntaxError ? `The request is no JSON: ${each.message}` : `${each.message}\n${each.remedy ?? ''}`;
      }
    };
    fill(detail, element('h2', {}, `Try ${which}`), board.box, failure,
      element('section', { class: 'panel' }, element('details', {}, element('summary', {}, 'Ask it in JSON'),
        element('div', { class: 'stack' }, field('Request', body, `POST ${address('deployments', which, 'infer').pathname}`), element('div', { class: 'actions' }, button('Send', send)), answer))));
    closing = () => board.close();
    detail.scrollIntoView({ block: 'nearest' });
  }

  async function openLog(which) {
    closing?.();
    const log = element('pre', { class: 'log', tabindex: 0, role: 'log', 'aria-label': `Log of ${which}` });
    fill(detail, element('section', { class: 'panel' }, element('h2', {}, `Log of ${which}`), log));
    const read = async () => {
      const told = await get(query(address('deployments', which, 'logs'), { limit: 200 }));
      log.textContent = told.lines.map(line => `${new Date(line.at).toLocaleTimeString()}  ${line.text}`).join('\n') || 'Nothing was logged yet.';
    };
    await read().catch(failure => fill(log, failure.message));
    const every = setInterval(() => document.hidden || read().catch(() => {}), EVERY);
    closing = () => clearInterval(every);
  }

  await load();
}
