// Drives JupyterLab in headless Chromium as a person does, and takes pictures:
//   node lab.mjs PYTHON NOTEBOOK PICTURES
// QUIRE_NODE_MODULES names the folder node_modules that has playwright-core, QUIRE_CHROMIUM the browser.
// Prints a line for each step that went well; the first that does not ends it.
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

const [python, notebook, pictures] = process.argv.slice(2);
const { chromium } = createRequire(join(resolve(process.env.QUIRE_NODE_MODULES), 'x.js'))('playwright-core');
const PATIENCE = 120_000;
const WIDE = { width: 1200, height: 900 };

const folder = mkdtempSync(join(tmpdir(), 'quire-lab-'));
const config = join(folder, 'config');
mkdirSync(pictures, { recursive: true });
mkdirSync(join(folder, 'work'));
copyFileSync(notebook, join(folder, 'work', basename(notebook)));
// Cells that are out of sight are taken out of the page otherwise, and there is news on the first start.
setting('notebook-extension', 'tracker', { windowingMode: 'none' });
// The first completion of a session takes its time on a busy machine, and JupyterLab waits a second.
setting('completer-extension', 'manager', { providerTimeout: 15_000 });
setting('apputils-extension', 'notification', { fetchNews: 'false', checkForUpdates: false });

function setting(extension, name, value) {
  const place = join(config, 'lab', 'user-settings', '@jupyterlab', extension);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, `${name}.jupyterlab-settings`), JSON.stringify(value));
}

function write(name, cells) {
  const code = source => ({ cell_type: 'code', metadata: {}, source, outputs: [], execution_count: null });
  const kernelspec = { name: 'quire', display_name: 'Quire (Java)', language: 'java' };
  writeFileSync(
    join(folder, 'work', name),
    JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata: { kernelspec }, cells: cells.map(code) })
  );
}

function freePort() {
  return new Promise(done => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

async function until(what, question, patience = PATIENCE) {
  const end = Date.now() + patience;
  while (Date.now() < end) {
    if (await question()) return;
    await new Promise(done => setTimeout(done, 100));
  }
  throw new Error(`${what}: not within ${patience / 1000} s`);
}

/** A page with one notebook open. */
class Notebook {
  constructor(page, base) {
    this.page = page;
    this.base = base;
  }

  async open(name) {
    await this.page.goto(`${this.base}/lab/tree/${name}?reset&token=quire`);
    await this.page.waitForSelector('.jp-Notebook .jp-Cell', { timeout: PATIENCE });
    const bar = this.page.locator('#jp-main-statusbar');
    await until('a kernel is connected', async () => (await bar.innerText()).includes('| Idle'));
    await this.page.locator('.jp-SideBar.jp-mod-left .lm-TabBar-tab.lm-mod-current').click();
  }

  status() {
    return this.page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook-ExecutionIndicator').first().getAttribute('data-status');
  }

  async idle(patience = PATIENCE) {
    // A cell is sent a moment after its key.
    await this.page.waitForTimeout(400);
    await until('the kernel is idle', async () => (await this.status()) === 'idle' && (await this.waiting()) === 0, patience);
  }

  /** How many cells wait or run: their prompt is a star. */
  waiting() {
    return this.page.locator('.jp-CodeCell .jp-InputPrompt', { hasText: '[*]' }).count();
  }

  async menu(title, entry) {
    await this.page.locator('.lm-MenuBar-item', { hasText: new RegExp(`^${title}$`) }).click();
    await this.page.locator('.lm-Menu-item', { hasText: new RegExp(`^${entry}`) }).first().click();
  }

  async command(id) {
    await this.page.locator(`.jp-NotebookPanel-toolbar [data-command="notebook:${id}"]`).first().click();
  }

  cell(index) {
    return this.page.locator('.jp-CodeCell').nth(index);
  }

  async run(index) {
    await this.cell(index).locator('.cm-content').click();
    await this.page.keyboard.press('Shift+Enter');
  }

  async output(index) {
    return (await this.cell(index).locator('.jp-OutputArea').allInnerTexts()).join('\n');
  }

  async write(index, text) {
    await this.cell(index).locator('.cm-content').click();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.type(text);
  }

  /** Draws a seven with the mouse; points are shares of the sides. */
  async seven(canvas) {
    await canvas.scrollIntoViewIfNeeded();
    const box = await canvas.boundingBox();
    const to = (x, y, options) => this.page.mouse.move(box.x + x * box.width, box.y + y * box.height, options);
    await to(0.28, 0.25);
    await this.page.mouse.down();
    await to(0.71, 0.25, { steps: 6 });
    await to(0.43, 0.8, { steps: 6 });
    await this.page.mouse.up();
  }

  /** A picture of the window, or as high as it takes for the whole notebook. */
  async picture(name, isWhole = false) {
    if (isWhole) {
      const content = this.page.locator('.jp-WindowedPanel-outer').first();
      await this.page.setViewportSize({ ...WIDE, height: (await content.evaluate(e => e.scrollHeight)) + 150 });
      await content.evaluate(e => e.scrollTo(0, 0));
    }
    await this.page.waitForTimeout(600);
    await this.page.screenshot({ path: join(pictures, `${name}.png`) });
    await this.page.setViewportSize(WIDE);
  }
}

function expect(text, ...parts) {
  for (const part of parts) {
    if (!(part instanceof RegExp ? part.test(text) : text.includes(part))) throw new Error(`expected ${part} in:\n${text}`);
  }
}

const steps = {
  async 'every cell of the notebook runs'(lab) {
    await lab.open(basename(notebook));
    await lab.menu('Run', 'Run All Cells');
    await lab.idle();
    const errors = await lab.page.locator('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]').count();
    if (errors) throw new Error(`${errors} cells failed`);
    const prompts = await lab.page.locator('.jp-CodeCell .jp-InputPrompt').allInnerTexts();
    expect(prompts.join(), /^(\[\d+\]:,?)+$/);
    await lab.picture('run-all', true);
    await lab.page.keyboard.press('ControlOrMeta+s');
    await lab.page.waitForTimeout(1000);
  },
  async 'the outputs are legible in the dark'(lab) {
    setting('apputils-extension', 'themes', { theme: 'JupyterLab Dark' });
    await lab.open(basename(notebook));
    await lab.page.waitForSelector('body[data-jp-theme-light="false"]', { state: 'attached' });
    await lab.picture('dark', true);
    setting('apputils-extension', 'themes', { theme: 'JupyterLab Light' });
  },
  async 'Stop ends an endless loop, and the next cell works'(lab) {
    await lab.open('stop.ipynb');
    await lab.run(0);
    await until('the loop runs', async () => (await lab.status()) === 'busy');
    await lab.command('interrupt-kernel');
    await lab.idle(10_000);
    await lab.run(1);
    await lab.idle();
    expect(await lab.output(1), '42');
    await lab.picture('stopped-loop');
  },
  async 'a training cell is watched live, and Stop keeps its run'(lab) {
    await lab.run(2);
    await lab.idle();
    await lab.run(3);
    await until('training shows', async () => /epoch/i.test(await lab.output(3)));
    const before = await lab.output(3);
    await until('the display moves', async () => (await lab.output(3)) !== before, 10_000);
    await lab.page.waitForTimeout(1500);
    await lab.picture('training', true);
    await lab.command('interrupt-kernel');
    await lab.idle(10_000);
    await lab.picture('stopped-training', true);
    await lab.run(4);
    await lab.idle();
    expect(await lab.output(4), 'true');
  },
  async 'an error names the cell and its line'(lab) {
    await lab.run(5);
    await lab.idle();
    expect(await lab.output(5), /Cell In\[\d+\], line 2/);
    await lab.cell(5).scrollIntoViewIfNeeded();
    await lab.picture('error');
  },
  async 'restart clears the session'(lab) {
    await lab.command('restart-kernel');
    await lab.page.locator('.jp-Dialog .jp-mod-accept').click();
    await lab.idle();
    await lab.run(4);
    await lab.idle();
    expect(await lab.output(4), /no run|cannot find symbol/);
    await lab.run(1);
    await lab.idle();
    expect(await lab.output(1), '42');
    await lab.picture('restarted');
  },
  async 'Tab inside a call offers what fits'(lab) {
    await lab.write(6, 'sequential(');
    await lab.page.keyboard.press('Tab');
    await lab.page.waitForSelector('.jp-Completer:not(.lm-mod-hidden) .jp-Completer-item', { timeout: 15_000 });
    await lab.page.waitForTimeout(800);
    expect((await lab.page.locator('.jp-Completer').allInnerTexts()).join(), 'conv');
    await lab.picture('completion');
    await lab.page.keyboard.press('Escape');
  },
  async 'Shift-Tab shows documentation'(lab) {
    await lab.write(6, 'conv(');
    await lab.page.keyboard.press('Escape');
    await lab.page.keyboard.press('Enter');
    await lab.page.keyboard.press('End');
    await lab.page.keyboard.press('Shift+Tab');
    await lab.page.waitForSelector('.jp-Tooltip', { timeout: 15_000 });
    await lab.page.waitForTimeout(400);
    expect((await lab.page.locator('.jp-Tooltip').allInnerTexts()).join(), 'conv');
    await lab.picture('help');
    await lab.page.keyboard.press('Escape');
  },
  async 'a seven that is drawn in a cell is read, and the words say so where the kernel is gone'(lab) {
    await lab.open('draw.ipynb');
    for (const index of [0, 1]) {
      await lab.run(index);
      await lab.idle();
    }
    const cell = lab.page.frameLocator('.jp-OutputArea iframe');
    const answer = cell.locator('.answer');
    await answer.getByText('Draw something').waitFor({ timeout: 15_000 });
    await lab.seven(cell.locator('canvas'));
    await until('a seven is read', async () => (await answer.innerText()).startsWith('7'), 15_000);
    await lab.picture('drawing', true);
    await lab.menu('Kernel', 'Shut Down Kernel');
    await lab.page.waitForTimeout(2000);
    await cell.getByRole('button', { name: 'Clear' }).click();
    await lab.seven(cell.locator('canvas'));
    await cell.getByText('the kernel that made this cell does not answer').waitFor({ timeout: 15_000 });
    expect(await answer.innerText(), 'No answer');
    await lab.picture('drawing-without-kernel', true);
  },
};

write('stop.ipynb', [
  'while (true);',
  '6 * 7',
  'var data = digits();\nvar net = sequential(conv(16, 3), relu(), maxPool(2), flatten(), dense(64), relu(), dense(10));',
  'var run = train(net, data, epochs(100_000), batch(64), adamW(2e-3), seed(1));',
  'lastRun().metrics().rowCount() > 0',
  'var numbers = List.of(1, 2, 3);\nnumbers.get(7)',
  '',
]);

write('draw.ipynb', [
  'var net = sequential(flatten(), dense(64), relu(), dense(10));\nvar run = train(net, digits(), epochs(8), batch(32), adamW(3e-3), seed(1));',
  'draw(run)',
]);

const port = await freePort();
let log = '';
const server = spawn(
  python,
  ['-m', 'jupyterlab', '--no-browser', '--allow-root', '--ip=127.0.0.1', `--port=${port}`, `--ServerApp.root_dir=${join(folder, 'work')}`, '--IdentityProvider.token=quire', '--LabApp.news_url=none'],
  { env: { ...process.env, JUPYTER_CONFIG_DIR: config, JUPYTERLAB_SETTINGS_DIR: join(config, 'lab', 'user-settings') } }
);
server.stdout.on('data', text => (log += text));
server.stderr.on('data', text => (log += text));
let browser;
try {
  const base = `http://127.0.0.1:${port}`;
  await until('JupyterLab answers', () => fetch(`${base}/api`).then(reply => reply.ok, () => false));
  browser = await chromium.launch({
    executablePath: process.env.QUIRE_CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  const lab = new Notebook(await browser.newPage({ viewport: WIDE }), base);
  for (const [title, step] of Object.entries(steps)) {
    try {
      await step(lab);
      console.log(`ok: ${title}`);
    } catch (e) {
      await lab.picture('failed').catch(() => {});
      throw new Error(`${title}: ${e.message}`);
    }
  }
} catch (e) {
  console.log(`FAILED: ${e.message}\n--- the server's log\n${log.slice(-3000)}`);
  process.exitCode = 1;
} finally {
  await browser?.close();
  const gone = new Promise(done => server.on('exit', done));
  server.kill('SIGTERM');
  await Promise.race([gone, new Promise(done => setTimeout(done, 10_000))]);
  server.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
