// The application as a person uses it: node pages.mjs ADDRESS PICTURES
import { browse, check, draw, ok, pictures, SEVEN, until } from './browser.mjs';

const [base, folder] = process.argv.slice(2);
const DIGITS = 'dataset=digits&model=mlp&hidden=64&optimizer=adamW&learning_rate=0.003&dropout=0&batch_size=32';

await browse(folder, async page => {
  const open = place => page.goto(`${base}/app/${place}`);
  const button = name => page.getByRole('button', { name });
  const shown = text => page.getByText(text, { exact: true }).first().waitFor();
  const state = word => page.locator('#watching .chip', { hasText: word }).waitFor();

  // What each page says while there is nothing.
  await page.goto(base);
  await shown('Nothing is training');
  check(page.url().endsWith('/app/train'), 'the address leads to the training form');
  for (const [place, says] of [['draw', 'Model not trained yet.'], ['runs', 'No run yet'], ['projects', 'No project yet'], ['jobs', 'The queue is empty'], ['deployments', 'Nothing is deployed']]) {
    await open(place);
    await shown(says);
  }
  ok('empty pages say what to do first');

  // Model not trained yet: the link fills the form in.
  await open('draw?model=mlp&hidden=64&optimizer=adamW&range=High&batch_size=32&epochs=20');
  await shown('Model not trained yet.');
  await pictures(page, folder, 'draw-untrained');
  await page.getByRole('link', { name: 'Train it' }).click();
  await page.getByLabel('Hidden layers').waitFor();
  check(await page.getByLabel('Hidden layers').inputValue() === '64', 'hidden layers');
  check(await page.getByLabel('Epochs').inputValue() === '20', 'epochs');
  check(await page.getByLabel('Batch size').inputValue() === '32', 'batch size');
  ok('a model that is not trained leads to the form with its fields filled in');

  // Train, and watch.
  await open(`train?${DIGITS}&epochs=20`);
  await button('Train').first().click();
  await state('done');
  await until('twenty epochs are told of', async () => (await page.locator('#watching tbody tr').count()) === 20);
  check((await page.getByRole('log').innerText()).includes('trains digits'), 'the log tells what is trained');
  await pictures(page, folder, 'train');
  const first = await page.getByRole('link', { name: 'Open the run' }).getAttribute('href');
  ok('a network is trained, its epochs and its log come as they are made');

  // A reload shows what was missed.
  await page.reload();
  await state('done');
  await until('the epochs are there again', async () => (await page.locator('#watching tbody tr').count()) === 20);
  ok('who comes late sees what was missed');

  // The same again is a question.
  await button('Train').first().click();
  await page.getByRole('dialog').getByText('Train it again?').waitFor();
  await page.screenshot({ path: `${folder}/overwrite.png` });
  await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click();
  await until('the run that is kept is shown', async () => page.url().includes('/app/runs?run='));
  await open(`train?${DIGITS}&epochs=20`);
  await button('Train').first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Train again' }).click();
  await state('done');
  ok('a configuration that is trained already is trained again only when asked to');

  // Abort.
  await open(`train?${DIGITS}&epochs=90000`);
  await button('Train').first().click();
  await state('running');
  // Hundreds of epochs every second leave the page time for its user.
  await page.getByText('The last 200 epochs').waitFor();
  check(await page.locator('#watching tbody tr').count() === 200, 'of many epochs the last are shown');
  await page.screenshot({ path: `${folder}/many-epochs.png` });
  await button('Abort').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Abort' }).click();
  await state('stopped');
  ok('a job is aborted');

  // Draw for the run.
  await open(`draw${first.replace('runs', '')}`);
  await draw(page, page.locator('canvas.pad'), SEVEN);
  await until('a seven is read', async () => (await page.locator('.answer').innerText()).startsWith('7'));
  check(await page.locator('.bars li').count() === 10, 'all probabilities');
  await page.locator('#answered').getByText('Answered by').waitFor();
  await pictures(page, folder, 'draw');
  ok('a digit that is drawn is read, and the model that answered is named');

  // Runs: filter, compare, one in full.
  await open('runs');
  await page.getByRole('checkbox').nth(0).check();
  await page.getByRole('checkbox').nth(1).check();
  await page.getByRole('region', { name: 'What differs' }).waitFor();
  await pictures(page, folder, 'runs');
  await page.getByLabel('Find').fill('there is none of this name');
  await until('no run is left', async () => (await page.locator('main > .page > .scroll tbody tr').count()) === 0);
  ok('runs are filtered and compared');
  await open(first);
  await page.getByRole('heading', { name: 'Environment' }).waitFor();
  for (const name of ['Confusion matrix', 'ROC curves']) {
    const picture = page.getByRole('img', { name });
    await picture.scrollIntoViewIfNeeded();
    await until(`the ${name} is drawn`, () => picture.evaluate(image => image.complete && image.naturalWidth > 0));
  }
  await page.evaluate(() => scrollTo(0, 0));
  await pictures(page, folder, 'run');
  ok('a run shows its curves, what was taken for what, its configuration and its environment');

  // A deployment is tried.
  await open(`deployments${first.replace('runs', '')}`);
  await page.getByLabel('Name').fill('seven');
  await button('Deploy').last().click();
  await page.getByRole('heading', { name: 'Try seven' }).waitFor();
  await draw(page, page.locator('canvas.pad'), SEVEN);
  await until('a seven is read', async () => (await page.locator('.answer').innerText()).startsWith('7'));
  await pictures(page, folder, 'deployments');
  await button('Stop seven').click();
  await page.locator('.chip', { hasText: 'stopped' }).waitFor();
  await button('Start seven').click();
  await page.locator('.chip', { hasText: 'running' }).waitFor();
  await button('Log of seven').click();
  await page.getByRole('heading', { name: 'Log of seven' }).waitFor();
  await button('Delete seven').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete it' }).click();
  await shown('Nothing is deployed');
  ok('a deployment is made, tried, stopped, started and deleted');

  // Names are text.
  const name = '<img src=x onerror="document.title=1"><script>document.title=1</script>';
  await open('projects');
  await page.getByLabel('Name').fill(name);
  await button('Make it').click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  check(await page.title() === `${name} · Quire`, 'no script of a name runs');
  check(await page.locator('main img').count() === 0, 'no markup of a name is read');
  await page.getByLabel('Name').fill('small');
  await page.getByLabel('Hidden layers').fill('16');
  await page.getByLabel('Data').selectOption('digits');
  await button('Add it').click();
  await page.getByRole('heading', { name: 'small' }).waitFor();
  await pictures(page, folder, 'project');
  await button('Queue a run').click();
  await page.locator('.chip', { hasText: 'done' }).first().waitFor();
  await pictures(page, folder, 'jobs');
  ok('a project holds configurations and queues their runs, and its name is text');

  // The colours are chosen, and kept.
  await page.getByLabel('Colours').selectOption('dark');
  await open('runs');
  const ground = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  check(ground === 'rgb(20, 23, 27)', `the ground is dark, not ${ground}`);
  ok('the colours that were chosen are kept');

  // The keyboard reaches everything.
  await page.keyboard.press('Tab');
  check(await page.evaluate(() => document.activeElement.textContent) === 'Skip to the content', 'the first key leads past the links');
  ok('the keyboard leads past the links to the content');
});
