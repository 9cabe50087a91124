// The canvas with its buttons, and the answer beside it. Pages and notebook cells show the same one.
import { bars } from './bars.js';
import { button, element, fill, percent } from './dom.js';
import { newest, pad } from './pad.js';

/**
 * @param given ask: of a picture to the promise of an answer; answered: takes it and gives back the part with the
 *   results, if it is another; failed: takes what went wrong; beside: an element that stands below the prediction
 */
export function drawing(given) {
  const canvas = element('canvas', { class: 'pad', role: 'application', 'aria-label': 'Canvas. Draw with a finger, a pen or the mouse; or move with the arrow keys, and begin and end a line with the space bar.' });
  const probabilities = bars();
  const said = element('div', { class: 'answer', role: 'status', 'aria-live': 'polite' });
  const width = element('input', { type: 'range', min: 8, max: 40, value: 22, id: 'pen' });
  const board = pad(canvas, newest(changed));
  width.addEventListener('input', () => {
    board.width = Number(width.value);
  });
  const box = element('div', { class: 'drawing' },
    element('section', { class: 'panel', 'aria-label': 'Drawing' }, canvas,
      element('div', { class: 'tools' },
        button('Clear', () => board.clear()),
        button('Undo', () => board.undo()),
        element('label', { for: 'pen' }, 'Pen'), width),
      element('p', { class: 'hint keys' }, 'Keys: arrows move, space begins and ends a line, Z undoes, Escape clears.')),
    element('div', { class: 'stack' },
      element('section', { class: 'panel', 'aria-label': 'Prediction' }, said, probabilities.box), given.beside));

  function waiting() {
    fill(said, element('strong', { class: 'is-word faint' }, 'Draw something'));
    probabilities.clear();
  }

  async function changed() {
    if (board.isEmpty()) {
      waiting();
      return;
    }
    try {
      const answer = await given.ask(board.picture());
      if (board.isEmpty()) return;
      const used = given.answered?.(answer) ?? answer;
      show(used);
    } catch (failure) {
      if (failure.name === 'AbortError') return;
      fill(said, element('strong', { class: 'is-word faint' }, 'No answer'));
      probabilities.clear();
      given.failed(failure);
    }
  }

  function show(answer) {
    const result = answer.results[0];
    if (!result.probabilities) {
      fill(said, element('strong', { class: 'is-word' }, (result.values ?? []).map(value => value.toPrecision(4)).join(', ')));
      probabilities.clear();
      return;
    }
    const all = answer.classes.map((name, i) => ({ class: name, probability: result.probabilities[i] }));
    const most = probabilities.show(all);
    fill(said, element('strong', { class: most.class.length > 3 ? 'is-word' : '' }, most.class), element('span', {}, percent(most.probability)));
  }

  waiting();
  return {
    box,
    isEmpty: board.isEmpty,
    /** Asks once more: another model was chosen. */
    again: newest(changed),
    close: () => board.clear(),
  };
}
