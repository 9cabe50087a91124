// The application: which page is shown, the links between pages, the colours.
import { element, fill, icon, note, problem } from './dom.js';
import { go, MOVED } from './go.js';
import { drawPage } from './draw.js';
import { trainPage } from './train.js';
import { runsPage } from './runs.js';
import { projectsPage } from './projects.js';
import { jobsPage } from './jobs.js';
import { deploymentsPage } from './deployments.js';

const PAGES = {
  train: { title: 'Train', show: trainPage },
  draw: { title: 'Draw', show: drawPage },
  runs: { title: 'Runs', show: runsPage },
  projects: { title: 'Projects', show: projectsPage },
  jobs: { title: 'Jobs', long: 'Jobs and agents', show: jobsPage },
  deployments: { title: 'Deploy', long: 'Deployments', show: deploymentsPage },
};

const main = document.getElementById('main');
const links = Object.entries(PAGES).map(([name, page]) =>
  element('a', { href: name, data: { page: name } }, icon(name), element('span', {}, page.title)));
fill(document.getElementById('nav'), links);

let leave;

/** Shows the page that the address names. A page answers what is to be done when it is left. */
async function show() {
  const name = location.pathname.split('/').pop();
  const page = PAGES[name] ?? PAGES.train;
  leave?.();
  leave = undefined;
  for (const link of links) {
    if (link.dataset.page === name) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  const title = page.long ?? page.title;
  document.title = `${title} · Quire`;
  const ending = [];
  const place = element('div', { class: `page page-${name}` }, element('h1', {}, title));
  fill(main, place);
  leave = () => ending.forEach(each => each());
  try {
    await page.show(place, new URLSearchParams(location.search), each => ending.push(each));
  } catch (failure) {
    if (failure.name === 'AbortError') return;
    place.append(problem(failure));
  }
}

document.addEventListener('click', event => {
  const link = event.target.closest?.('a[href]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (link.target || link.hasAttribute('download')) return;
  const place = new URL(link.href);
  const here = new URL('.', document.baseURI);
  const name = place.pathname.slice(here.pathname.length);
  if (place.origin !== here.origin || !place.pathname.startsWith(here.pathname) || !PAGES[name]) return;
  event.preventDefault();
  go(place);
  main.focus({ preventScroll: true });
});
addEventListener('popstate', show);
addEventListener(MOVED, show);
addEventListener('unhandledrejection', event => {
  if (event.reason?.name !== 'AbortError') note(event.reason?.message ?? String(event.reason), 'error');
});

const theme = document.getElementById('theme');
theme.value = document.documentElement.dataset.theme;
theme.addEventListener('change', () => {
  document.documentElement.dataset.theme = theme.value;
  try {
    localStorage.setItem('quire-theme', theme.value);
  } catch {
    // It holds until the page is closed.
  }
  dispatchEvent(new Event('quire-theme'));
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => dispatchEvent(new Event('quire-theme')));

show();
