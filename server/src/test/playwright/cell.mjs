// The canvas of a notebook cell: node cell.mjs PAGE PICTURES
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { browse, check, draw, ok, SEVEN, until } from './browser.mjs';

const [file, folder] = process.argv.slice(2);
await browse(folder, async page => {
  await page.setViewportSize({ width: 900, height: 460 });
  await page.goto(pathToFileURL(file).href);
  const cell = page.frameLocator('iframe');
  const canvas = cell.locator('canvas');
  const answer = cell.locator('.answer');
  await answer.getByText('Draw something').waitFor();
  await draw(page, canvas, SEVEN);
  await until('a seven is read', async () => (await answer.innerText()).startsWith('7'));
  check(await cell.locator('.bars li').count() === 10, 'ten bars');
  await page.screenshot({ path: join(folder, 'cell.png') });
  ok('a seven that is drawn is read as 7');

  await cell.getByRole('button', { name: 'Clear' }).click();
  await answer.getByText('Draw something').waitFor();
  ok('clear empties the canvas and the bars');

  // The same seven by keys: 28 steps across and down.
  await canvas.focus();
  const press = async (key, times) => {
    for (let i = 0; i < times; i++) await page.keyboard.press(key);
  };
  await press('ArrowLeft', 6);
  await press('ArrowUp', 7);
  await page.keyboard.press('Space');
  await press('ArrowRight', 12);
  for (let i = 0; i < 8; i++) {
    await press('ArrowDown', 2);
    await press('ArrowLeft', 1);
  }
  await page.keyboard.press('Space');
  await until('a seven is read', async () => (await answer.innerText()).startsWith('7'));
  ok('the arrow keys and the space bar draw too');
});
