// The application of a server that asks for a token: node token.mjs LINK PICTURES
import { browse, check, ok } from './browser.mjs';

const [link, folder] = process.argv.slice(2);
await browse(folder, async page => {
  const base = new URL(link).origin;
  const refused = await page.request.get(`${base}/app/train`);
  check(refused.status() === 401, `without the token the answer is 401, not ${refused.status()}`);
  ok('without the token nothing is shown');

  await page.goto(link);
  await page.getByText('Nothing is training').waitFor();
  check(page.url() === `${base}/app/train`, `the token does not stay in the address: ${page.url()}`);
  ok('the link that is printed opens the application, and the token leaves the address');

  // A question that is sent with POST, by the cookie and the header beside it.
  await page.goto(`${base}/app/draw`);
  await page.getByText('Model not trained yet.', { exact: true }).waitFor();
  const watched = page.waitForEvent('websocket');
  await page.goto(`${base}/app/jobs`);
  const live = await watched;
  await page.getByText('The queue is empty').waitFor();
  await page.waitForTimeout(500);
  check(!live.isClosed(), 'the live connection stands');
  ok('questions and live connections show the token by themselves');
});
