// A job as it goes: its state, the loss of its steps, the metrics of its epochs, its log.
import { address, get, post } from './api.js';
import { lines, smooth, sparse } from './charts.js';
import { ask, button, chip, element, figure, fill, isScrolledDown, note, percent, problem, seconds, whole } from './dom.js';
import { epochTable } from './epochs.js';
import { follow } from './live.js';
import { isFraction, words } from './metrics.js';

const MOST_LINES = 500;
const MOST_POINTS = 4000;
/** Milliseconds between two pictures, and how much longer than drawing one took the next is waited for. */
const PAUSE = 100;
const PATIENCE = 4;
const ENDED = ['done', 'stopped', 'failed'];

/**
 * @param id of a job
 * @returns its element, and how to stop following it
 */
export function watch(id) {
  const state = element('span');
  const name = element('h2', {}, 'Job');
  const progress = element('progress', { max: 1, value: 0, 'aria-label': 'Progress' });
  const stop = button('Abort', abort, { class: 'stop' });
  const links = element('div', { class: 'actions' });
  const facts = element('dl', { class: 'figures' });
  const said = element('div', { 'aria-live': 'polite' });
  const loss = lines('Loss of each step', { x: 'step', y: 'Loss' });
  const scores = lines('Metrics of each epoch', { x: 'epoch', y: 'Metrics by epoch' });
  const table = epochTable();
  const log = element('pre', { class: 'log', tabindex: 0, role: 'log', 'aria-label': 'Log' });
  const box = element('div', { class: 'stack' },
    element('section', { class: 'panel', 'aria-label': 'Job' },
      element('div', { class: 'head' }, name, state, element('div', { class: 'actions push' }, links, stop)),
      progress, facts, said),
    element('div', { class: 'columns half' },
      element('section', { class: 'panel' }, loss.box),
      element('section', { class: 'panel' }, scores.box)),
    table.box,
    element('section', { class: 'panel' }, element('h3', {}, 'Log'), log));

  let job = {};
  let steps = sparse(MOST_POINTS);
  let epochs = sparse(MOST_POINTS);
  let metrics = new Set();
  let isShown = false;
  let isBehind = false;
  let isClosed = false;
  let perEpoch;
  let pause = 0;
  let timer = 0;

  async function abort() {
    const isSure = await ask('Abort this job?', 'It ends after the step it is in. What it has learned so far is kept as a stopped run.', 'Abort', 'Go on');
    if (!isSure) return;
    stop.disabled = true;
    try {
      await post(address('jobs', id, 'stop'));
    } catch (failure) {
      note(failure.message, 'error');
      stop.disabled = false;
    }
  }

  function showJob() {
    name.textContent = titleOf(job);
    fill(state, job.state ? chip(job.state) : undefined);
    const isOver = ENDED.includes(job.state);
    stop.hidden = isOver || !job.state;
    fill(links,
      isOver && job.run ? element('a', { class: 'button', href: `runs?run=${encodeURIComponent(job.run)}` }, 'Open the run') : undefined,
      isOver && job.run && job.state !== 'failed' ? element('a', { class: 'button', href: `draw?run=${encodeURIComponent(job.run)}` }, 'Draw for it') : undefined);
    if (job.state === 'failed' && job.detail) fill(said, problem({ message: job.detail }));
    else if (job.state === 'pending') fill(said, element('p', { class: 'told' }, 'It waits in the queue for the jobs before it.'));
    else fill(said, isOver && job.detail ? element('p', { class: 'told' }, job.detail) : undefined);
    showFacts();
  }

  function showFacts() {
    const step = steps.last?.x ?? 0;
    const last = epochs.last;
    const isOver = ENDED.includes(job.state);
    const all = job.configuration?.epochs;
    if (all && (perEpoch || last)) progress.value = Math.min(1, perEpoch ? step / perEpoch / all : last.epoch / all);
    else progress.removeAttribute('value');
    progress.hidden = isOver;
    const figures = [
      ['Epoch', all ? `${last?.epoch ?? 0} of ${all}` : last?.epoch],
      ['Step', step && !isOver ? whole(step) : undefined],
      ['Loss', isOver ? figure(last?.metrics.loss) : figure(steps.last?.y)],
      ...Object.entries(last?.metrics ?? {}).filter(([metric]) => isFraction(metric)).slice(-2).map(([metric, value]) => [words(metric), percent(value, 2)]),
      ['Time', job.started ? seconds((new Date(job.ended ?? Date.now()) - new Date(job.started)) / 1000) : undefined],
    ].filter(([, value]) => value !== undefined && value !== '');
    fill(facts, figures.map(([label, value]) => element('div', {}, element('dt', {}, label), element('dd', {}, value))));
    facts.hidden = figures.length === 0;
  }

  const pointsOf = metric => epochs.all.filter(each => metric in each.metrics).map(each => ({ x: each.epoch, y: each.metrics[metric] }));

  function showEpochs() {
    const names = [...metrics];
    const fractions = names.filter(isFraction);
    const drawn = fractions.length ? fractions : names;
    scores.fraction = fractions.length > 0;
    scores.show(drawn.map((metric, i) => ({ name: words(metric), points: pointsOf(metric), tone: i, hasDots: true })));
    table.show(names);
  }

  /** Many steps and epochs that come at once are one picture, and the page keeps time for its user. */
  function showSoon() {
    isBehind = true;
    if (isClosed) return;
    timer ||= setTimeout(() => {
      const began = performance.now();
      isBehind = false;
      showLoss();
      showEpochs();
      showFacts();
      // The charts draw with the next frame.
      requestAnimationFrame(() => setTimeout(() => {
        pause = Math.max(PAUSE, PATIENCE * (performance.now() - began));
        timer = 0;
        if (isBehind) showSoon();
      }));
    }, pause);
  }

  /** Of a training so quick that few of its steps are told, the epochs say more. */
  function showLoss() {
    const isQuick = epochs.all.length > 1 && steps.all.length < 2 * epochs.all.length;
    loss.axis(isQuick ? 'epoch' : 'step');
    if (isQuick) {
      loss.show([...metrics].filter(metric => /loss$/.test(metric))
        .map((metric, i) => ({ name: words(metric), tone: i, hasDots: true, points: pointsOf(metric) })));
      return;
    }
    loss.show([
      { name: 'step', points: steps.all, tone: 0, isFaint: true },
      { name: 'trend', points: smooth(steps.all), tone: 0 },
    ]);
  }

  function write(line) {
    const isAtEnd = isScrolledDown(log);
    log.append(`${line}\n`);
    while (log.childNodes.length > MOST_LINES) log.firstChild.remove();
    if (isAtEnd) log.scrollTop = log.scrollHeight;
  }

  function take(message) {
    switch (message.type) {
      case 'state':
        job = { ...job, ...message };
        perEpoch = message.steps_per_epoch ?? perEpoch;
        showJob();
        break;
      case 'step':
        steps.add({ x: message.step, y: message.loss });
        showSoon();
        break;
      case 'epoch':
        takeEpoch(message);
        showSoon();
        break;
      case 'log':
        write(message.message);
        break;
      case 'result':
        refresh();
        break;
    }
  }

  function takeEpoch(message) {
    perEpoch ??= message.epoch && steps.last ? steps.last.x / message.epoch : undefined;
    epochs.add(message);
    table.add(message);
    for (const metric of Object.keys(message.metrics)) metrics.add(metric);
  }

  async function refresh() {
    try {
      job = await get(address('jobs', id));
      showJob();
      isShown = true;
    } catch (failure) {
      fill(said, problem(failure));
      if (failure.status === 404) live.close();
    }
  }

  const live = follow(address('jobs', id, 'live'), {
    open() {
      steps = sparse(MOST_POINTS);
      epochs = sparse(MOST_POINTS);
      table.clear();
      metrics = new Set();
      log.replaceChildren();
      refresh();
    },
    message: take,
    end: refresh,
  });
  if (!isShown) showJob();
  return {
    box,
    close() {
      isClosed = true;
      live.close();
      clearTimeout(timer);
      loss.close();
      scores.close();
    },
  };
}

/** What a job is called. */
export const titleOf = job => job.name ?? job.run ?? (job.number ? `Job ${job.number}` : 'Job');
