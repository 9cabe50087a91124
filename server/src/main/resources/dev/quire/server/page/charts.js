// Charts by Chart.js, in the colours of the page.
import { element, figure } from './dom.js';

const SERIES = ['--series-1', '--series-2', '--series-3', '--series-4', '--series-5', '--series-6', '--series-7'];
const DASHES = [[], [5, 4], [2, 3]];
const MOST_DOTS = 60;

const known = new Map();
addEventListener('quire-theme', () => known.clear());

/** A colour of the style sheet as the browser resolves it: light or dark. */
function colour(name) {
  if (!known.has(name)) known.set(name, resolved(name));
  return known.get(name);
}

function resolved(name) {
  const probe = element('span', { class: 'hidden' });
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

/**
 * A chart of lines.
 *
 * @param label what it shows, for those who do not see it
 * @param given x: name of the axis, y: name, logarithmic, fraction (0 to 1 as percent)
 */
export function lines(label, given = {}) {
  const canvas = element('canvas', { role: 'img', 'aria-label': label });
  const box = element('div', { class: `chart ${given.tall ? 'tall' : ''}` }, canvas);
  let isFraction = given.fraction;
  const number = value => (isFraction ? `${Math.round(value * 1000) / 10} %` : figure(value));
  const made = new Chart(canvas, {
    type: 'line',
    data: { datasets: [] },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: 'index', axis: 'x', intersect: false },
      scales: {
        x: { type: 'linear', title: { display: !!given.x, text: given.x }, ticks: { maxTicksLimit: 8, precision: 0 }, bounds: 'data', afterBuildTicks: leaveRoom },
        y: { type: given.logarithmic ? 'logarithmic' : 'linear', title: { display: false }, ticks: { maxTicksLimit: 6, callback: number } },
      },
      plugins: {
        legend: { position: 'top', align: 'start', labels: { usePointStyle: true, pointStyle: 'line', boxWidth: 24, padding: 12 } },
        title: { display: !!given.y, text: given.y, align: 'start', padding: { top: 0, bottom: 2 }, font: { weight: '600', size: 13 } },
        decimation: { enabled: true, algorithm: 'lttb', samples: 400, threshold: 800 },
        tooltip: {
          callbacks: {
            title: items => `${given.x ?? ''} ${figure(items[0]?.parsed.x)}`.trim(),
            label: item => `${item.dataset.label}: ${number(item.parsed.y)}`,
          },
        },
      },
    },
  });

  let planned = 0;
  /** Draws soon: many points that come at once are one picture. */
  function plan() {
    planned ||= requestAnimationFrame(() => {
      planned = 0;
      // A copy: Chart.js follows an array that it was given, and stumbles over points that come before it has drawn it.
      for (const each of made.data.datasets) each.data = each.points.slice();
      made.update('none');
    });
  }

  function dress() {
    const ink = colour('--ink');
    const faint = colour('--faint');
    const grid = colour('--grid');
    for (const axis of Object.values(made.options.scales)) {
      axis.ticks.color = faint;
      axis.title.color = faint;
      axis.grid = { color: grid };
      axis.border = { color: grid };
    }
    made.options.plugins.legend.labels.color = ink;
    made.options.plugins.title.color = ink;
    const palette = SERIES.map(colour);
    made.data.datasets.forEach((series, i) => {
      const at = series.tone ?? i;
      series.borderColor = palette[at % palette.length];
      series.backgroundColor = series.borderColor;
      if (series.isFaint) series.borderColor = series.borderColor.replace('rgb(', 'rgba(').replace(')', ', 0.3)');
    });
    plan();
  }

  addEventListener('quire-theme', dress);
  return {
    box,
    /** Shows these: [{ name, points: [{x, y}], tone, dash, isFaint }] in the order of the legend. */
    show(series) {
      made.options.plugins.legend.display = series.filter(each => each.name).length > 1;
      made.options.plugins.legend.labels.filter = item => !!item.text;
      made.data.datasets = series.map(each => ({
        label: each.name ?? '',
        points: each.points,
        data: [],
        tone: each.tone,
        isFaint: each.isFaint,
        borderWidth: each.isFaint ? 1 : 2,
        borderDash: DASHES[each.dash ?? 0],
        pointRadius: each.points.length < 2 ? 3 : each.hasDots && each.points.length <= MOST_DOTS ? 2.5 : 0,
        pointHoverRadius: 4,
        tension: 0,
      }));
      dress();
    },
    /** What the points stand along. */
    axis(name) {
      given.x = name;
      made.options.scales.x.title.text = name;
    },
    /** Whether figures are shares, shown as percent. */
    set fraction(value) {
      isFraction = value;
    },
    /** The points of a series were added to. */
    update: plan,
    close() {
      removeEventListener('quire-theme', dress);
      cancelAnimationFrame(planned);
      made.destroy();
    },
  };
}

/**
 * Points in their order, at most so many: of more every second, fourth, … is kept, evenly from the first on, and the last.
 *
 * @param most an even number
 */
export function sparse(most) {
  let kept = [];
  let last;
  let seen = 0;
  let every = 1;
  return {
    add(point) {
      if (seen % every === 0) kept.push(point);
      if (kept.length > most) {
        kept = kept.filter((_, i) => i % 2 === 0);
        every *= 2;
      }
      seen++;
      last = point;
    },
    get all() {
      return last === undefined || kept.at(-1) === last ? kept : [...kept, last];
    },
    get last() {
      return last;
    },
  };
}

/** The last tick is where the points end; the one before gives way where it is too near. */
function leaveRoom({ ticks }) {
  if (ticks.length < 3) return;
  const [first, second] = ticks;
  const gap = ticks.at(-1).value - ticks.at(-2).value;
  if (gap < 0.6 * (second.value - first.value)) ticks.splice(-2, 1);
}

/** A mean that follows the points slowly, so that a trend is seen in noise. */
export function smooth(points, weight = 0.85) {
  let mean = 0;
  let sum = 0;
  return points.map(({ x, y }) => {
    mean = weight * mean + (1 - weight) * y;
    sum = weight * sum + (1 - weight);
    return { x, y: mean / sum };
  });
}
