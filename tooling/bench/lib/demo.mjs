// Measures the course: sizes, first picture and first answer on a slow processor, the slider of chapter 2, the longest task of each page,
// what chapter 4 learns in ten seconds, and training in a page beside training in Node.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPage, servePage, visit } from '@kk/vitest-config/built-page';
import { answerTable, digitsTable, longestTable, sliderTable, withCourse } from './demo-pages.mjs';
import { median } from './measure.mjs';
import { runWorker, showTable } from './show.mjs';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const dist = join(repository, 'apps/demo/dist');
const kilobytes = (bytes) => (bytes / 1000).toFixed(1);

/** @param {{ rounds: number, configuration: string, note: (text: string) => void }} options */
export async function measureDemo({ rounds, configuration, note }) {
  note('building the course');
  execFileSync(process.execPath, ['node_modules/turbo/bin/turbo', 'run', 'build', '--filter=demo', '--output-logs=errors-only'], { cwd: repository, stdio: ['ignore', 'ignore', 'inherit'] });
  sizeTable();
  const site = await servePage(dist);
  try {
    await withCourse(site.url, async (course) => {
      for (const measure of [answerTable, sliderTable, longestTable, digitsTable]) {
        const { title, head, rows } = await measure(course, { rounds, note });
        showTable(title, head, rows);
      }
    });
  } finally {
    await site.close();
  }
  await trainingTable({ rounds, configuration, note });
}

function sizeTable() {
  const { stdout, status, stderr } = spawnSync(process.execPath, ['apps/demo/scripts/sizes.mjs'], { cwd: repository, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const { first, pages, worker } = JSON.parse(stdout);
  showTable('Sizes, gzipped script and style, kB', ['what', 'at once', 'on demand', 'at most'], [
    ['shell and chapter 1', kilobytes(first), kilobytes(pages.token.later), '150'],
    ...Object.entries(pages).filter(([name, { now, later }]) => name !== 'token' && now + later > 0).map(([name, { now, later }]) => [`${name}, beyond these`, kilobytes(now), kilobytes(later), '80']),
    ['worker; with all jobs', kilobytes(worker.first), kilobytes(worker.all - worker.first), '-'],
  ]);
}

/** Training in a page beside Node, each with two threads and with one, in alternating rounds. */
async function trainingTable({ rounds, configuration, note }) {
  const outDir = mkdtempSync(join(tmpdir(), 'bench-page-'));
  const servers = [];
  try {
    await buildPage(fileURLToPath(new URL('../pages/training', import.meta.url)), outDir);
    const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
    const isolated = await servePage(outDir, { headers: isolation });
    servers.push(isolated);
    const plain = await servePage(outDir);
    servers.push(plain);
    const sides = {
      'Node, 2 threads': () => runWorker({}, 'ours-step', configuration, '2'),
      'Chromium, isolated, 2 threads': () => inPage(`${isolated.url}#${configuration},2`),
      'Node, 1 thread': () => runWorker({}, 'ours-step', configuration, '1'),
      'Chromium, not isolated, 1 thread': () => inPage(`${plain.url}#${configuration},1`),
    };
    const times = Object.fromEntries(Object.keys(sides).map((side) => [side, []]));
    const backends = {};
    for (let round = 0; round < rounds; round++) {
      for (const [side, run] of Object.entries(sides)) {
        note(`training step ${configuration}, round ${round + 1}: ${side}`);
        const { milliseconds, backend } = await run();
        times[side].push(milliseconds);
        backends[side] = backend;
      }
    }
    const time = (side) => median(times[side]);
    const node = (side) => (side.includes('2 threads') ? 'Node, 2 threads' : 'Node, 1 thread');
    const rows = Object.keys(sides).map((side) => [side, backends[side], time(side).toFixed(1), `${((100 * time(node(side))) / time(side)).toFixed(0)} %`]);
    showTable(`GPT training step (${configuration}) in a page and in Node`, ['where', 'backend', 'ms a step', 'of the speed in Node on as many threads; wanted 85 %'], rows);
  } finally {
    for (const server of servers) await server.close();
    rmSync(outDir, { recursive: true });
  }
}

/** Runs the training page in a browser of its own. */
async function inPage(url) {
  const report = await visit(url, 'none', async (page) => {
    await page.waitForFunction(() => window.report !== undefined);
    return page.evaluate(() => window.report);
  });
  if (report.error) throw new Error(`${url}: ${report.error}`);
  return report;
}
