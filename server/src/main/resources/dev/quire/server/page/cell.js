// The canvas of a notebook cell. It asks the process that made the cell.
import { element, fill, problem } from './dom.js';
import { drawing } from './drawing.js';

const place = document.body;
const said = element('div', { role: 'alert' });

async function answerTo(picture) {
  let answer;
  try {
    answer = await fetch(place.dataset.ask, { method: 'POST', body: picture });
  } catch {
    throw Object.assign(new Error('the kernel that made this cell does not answer'), { remedy: 'run the cell again' });
  }
  const told = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(told.detail), { remedy: told.remedy });
  return told;
}

const board = drawing({
  ask: answerTo,
  answered: answer => {
    fill(said);
    return answer;
  },
  failed: failure => fill(said, problem(failure)),
  beside: said,
});
place.append(board.box);
