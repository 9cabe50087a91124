// What tests of pages share: a browser, pictures, patience.
//   QUIRE_NODE_MODULES names the folder node_modules that has playwright-core, QUIRE_CHROMIUM the browser.
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const { chromium } = createRequire(join(resolve(process.env.QUIRE_NODE_MODULES), 'x.js'))('playwright-core');
export const PATIENCE = 60_000;
const WIDE = { width: 1280, height: 860 };
const PHONE = { width: 390, height: 844 };

/** Opens a page, hands it to the steps, and fails where the page itself reported an error. */
export async function browse(pictures, steps) {
  mkdirSync(pictures, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env.QUIRE_CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
  try {
    const context = await browser.newContext({ viewport: WIDE, colorScheme: 'light' });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const faults = [];
    page.on('pageerror', error => faults.push(error.stack));
    page.on('console', message => {
      // A question that the server refuses is told on the page, and by the browser too.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(message.text());
    });
    await steps(page);
    if (faults.length) throw new Error(`the page reported:\n${faults.join('\n')}`);
  } finally {
    await browser.close();
  }
}

export const ok = what => console.log(`ok: ${what}`);

export function check(isSo, what) {
  if (!isSo) throw new Error(what);
}

export async function until(what, question) {
  const end = Date.now() + PATIENCE;
  while (Date.now() < end) {
    if (await question()) return;
    await new Promise(done => setTimeout(done, 100));
  }
  throw new Error(`${what}: not within ${PATIENCE / 1000} s`);
}

/** Draws lines on a canvas; points are shares of its sides. */
export async function draw(page, canvas, lines) {
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  for (const [first, ...rest] of lines) {
    await page.mouse.move(box.x + first[0] * box.width, box.y + first[1] * box.height);
    await page.mouse.down();
    for (const [x, y] of rest) await page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 6 });
    await page.mouse.up();
  }
}

export const SEVEN = [[[0.28, 0.25], [0.71, 0.25], [0.43, 0.8]]];

/** The page as a person sees it: wide and on a phone, light and dark. */
export async function pictures(page, folder, name) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    for (const [size, viewport] of [['wide', WIDE], ['phone', PHONE]]) {
      await page.setViewportSize(viewport);
      await page.waitForTimeout(250);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      check(over <= 0, `${name} is ${over} pixels wider than a ${size} window`);
      await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`), fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(WIDE);
}
