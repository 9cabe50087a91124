// Jobs and agents: the queue, the machines, the log of one job as it comes.
import { address, get, post, remove } from './api.js';
import { ask, button, bytes, chip, element, empty, fill, moment, note, percent, problem, seconds } from './dom.js';
import { follow } from './live.js';
import { table } from './table.js';
import { titleOf, watch } from './watch.js';

const ENDED = ['done', 'stopped', 'failed'];
const AGENTS_EVERY = 5000;

export async function jobsPage(place, wanted, leaving) {
  const agents = element('div', { class: 'cards' });
  const queue = element('div', { class: 'stack' });
  const log = element('div', { class: 'stack' });
  place.append(element('h2', {}, 'Queue'), queue, log, element('h2', {}, 'Agents'), agents);
  let jobs = [];
  let watching;
  let timer = 0;
  leaving(() => watching?.close());

  const list = table([
    { name: 'name', label: 'Job', wrap: true, value: job => job.number, show: job => element('a', { href: `jobs?job=${encodeURIComponent(job.id)}`, on: { click: event => open(event, job.id) } }, titleOf(job)) },
    { name: 'state', label: 'State', value: job => job.state, show: job => chip(job.state) },
    { name: 'dataset', label: 'Data', value: job => job.dataset, show: job => job.dataset },
    { name: 'run', label: 'Run', value: job => job.run, show: job => (job.run ? element('a', { href: `runs?run=${encodeURIComponent(job.run)}` }, job.run) : '') },
    { name: 'agent', label: 'Agent', value: job => job.agent, show: job => job.agent ?? '' },
    { name: 'created', label: 'Submitted', value: job => job.created, show: job => moment(job.created) },
    { name: 'took', label: 'Time', number: true, value: took, show: job => seconds(took(job)) },
    { name: 'act', label: element('span', { class: 'hidden' }, 'What to do'), show: job => element('div', { class: 'row' },
      ENDED.includes(job.state) ? button('Delete', () => drop(job), { class: 'small', 'aria-label': `Delete ${titleOf(job)}` })
        : button('Stop', () => stop(job), { class: 'small stop', 'aria-label': `Stop ${titleOf(job)}` })) },
  ], { label: 'Jobs', isChosen: job => job.id === wanted.get('job') });

  function took(job) {
    if (!job.started) return undefined;
    return (new Date(job.ended ?? Date.now()) - new Date(job.started)) / 1000;
  }

  async function load() {
    jobs = await get(address('jobs'));
    if (jobs.length === 0) {
      fill(queue, empty('The queue is empty', 'Jobs that are submitted here, by a project or over HTTP wait in this queue and train one after the other.',
        element('a', { class: 'button main', href: 'train' }, 'Train a network')));
      return;
    }
    list.show(jobs);
    if (!list.box.isConnected) fill(queue, list.box);
  }

  function loadSoon() {
    timer ||= setTimeout(() => {
      timer = 0;
      load().catch(failure => note(failure.message, 'error'));
    }, 200);
  }

  function open(event, id) {
    event.preventDefault();
    wanted.set('job', id);
    history.replaceState(null, '', `${location.pathname}?job=${encodeURIComponent(id)}`);
    list.show(jobs);
    show(id);
    log.scrollIntoView({ block: 'nearest' });
  }

  function show(id) {
    watching?.close();
    watching = watch(id);
    fill(log, watching.box);
  }

  async function stop(job) {
    if (!await ask('Stop this job?', 'It ends after the step it is in; what it has learned so far is kept.', 'Stop it')) return;
    await post(address('jobs', job.id, 'stop')).catch(failure => note(failure.message, 'error'));
    await load();
  }

  async function drop(job) {
    if (!await ask('Delete this job?', 'It leaves the queue and its list. The run that it made stays.', 'Delete it')) return;
    await remove(address('jobs', job.id)).catch(failure => note(failure.message, 'error'));
    if (wanted.get('job') === job.id) {
      watching?.close();
      fill(log);
    }
    await load();
  }

  async function loadAgents() {
    const all = await get(address('agents'));
    fill(agents, all.length ? all.map(agent) : empty('No agent', 'Each machine that runs jobs registers itself here with its processors and GPUs.'));
  }

  await load();
  const live = follow(address('live'), { message: message => message.type === 'state' && loadSoon(), open: loadSoon });
  leaving(() => live.close());
  leaving(() => clearTimeout(timer));
  const shown = wanted.get('job') ?? jobs.find(job => job.state === 'running')?.id;
  if (shown) show(shown);
  try {
    await loadAgents();
  } catch (failure) {
    fill(agents, problem(failure));
  }
  const every = setInterval(() => document.hidden || loadAgents().catch(() => {}), AGENTS_EVERY);
  leaving(() => clearInterval(every));
}

function agent(given) {
  return element('section', { class: 'panel', 'aria-label': given.name },
    element('div', { class: 'head' }, element('h3', {}, given.name), given.state ? chip(given.state) : undefined),
    bar('Processors', given.load, `${given.processors ?? '?'}${given.load === undefined || given.load === null ? '' : `, ${percent(given.load, 0)} busy`}`),
    given.memory ? bar('Memory', given.memory_used / given.memory, `${bytes(given.memory_used)} of ${bytes(given.memory)}`) : undefined,
    (given.gpus ?? []).length === 0 ? element('p', { class: 'hint' }, 'No GPU.') : given.gpus.map(gpu => [
      bar(gpu.name, gpu.load, gpu.load === undefined || gpu.load === null ? '' : `${percent(gpu.load, 0)} busy`),
      gpu.memory ? bar('GPU memory', gpu.memory_used / gpu.memory, `${bytes(gpu.memory_used)} of ${bytes(gpu.memory)}`) : undefined]),
    given.seen ? element('p', { class: 'hint' }, 'Seen ', moment(given.seen)) : undefined);
}

function bar(label, share, says) {
  return element('div', { class: 'meter' }, element('div', {}, label, element('b', {}, says)),
    typeof share === 'number' ? element('progress', { max: 1, value: Math.min(1, share), 'aria-label': label }) : undefined);
}
