// Compares our n-gram models with those of other libraries: measurements and tables. One process per library, in alternating rounds.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import { median } from './measure.mjs';
import { peerEnvironment } from './peers/environment.mjs';
import { findProgram } from './peers/native.mjs';
import { brownSentences } from './markov-texts.mjs';
import { runWorker } from './worker.mjs';

/** The number of lines of the Brown corpus for the other JavaScript libraries; markov-strings would need minutes for all. */
const PEER_LINES = 20_000;

/**
 * Measures everything and prints the tables.
 * @param {object} [options]
 * @param {number} [options.rounds]  processes per library
 * @param {(text: string) => void} [options.note]  reports the current measurement
 */
export function measureMarkov({ rounds = 3, note = () => undefined } = {}) {
  const tables = [peerTable({ rounds, note }), irstlmTable({ rounds, note })];
  for (const { title, head, rows } of tables) {
    const table = new Table({ head, style: { head: [], border: [] } });
    table.push(...rows);
    console.log(`\n${title}\n${table.toString()}`);
  }
  return tables;
}

const peers = { ours: '@kk/markov, from the text on', 'ours-ids': '@kk/markov, from ids on', 'markov-strings': 'markov-strings 3', natural: 'natural 5, NGrams' };

function peerTable({ rounds, note }) {
  const reports = Object.fromEntries(Object.keys(peers).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of Object.keys(peers)) {
      note(`words of ${PEER_LINES} lines, round ${round + 1}: ${name}`);
      reports[name].push(runWorker('markov-words', name, String(PEER_LINES)));
    }
  }
  const rate = (name, what) => median(reports[name].map((report) => report[what]).filter((value) => value !== undefined));
  const cells = (name, what) => {
    const value = rate(name, what);
    return value === undefined ? '-' : `${Math.round(value)}${name.startsWith('ours') ? '' : ` (${(rate('ours', what) / value).toFixed(0)}x)`}`;
  };
  return {
    title: `Trigrams of ${reports.ours[0].words} words of the Brown corpus, words/s (how often as fast ours is)`,
    head: ['package', 'counting', 'generation'],
    rows: Object.entries(peers).map(([name, label]) => [label, cells(name, 'counted'), cells(name, 'generated')]),
  };
}

function irstlmTable({ rounds, note }) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-markov-'));
  try {
    const { train, heldOut } = brownSentences();
    const bounded = (lines) => `${lines.map((line) => `<s> ${line} </s>`).join('\n')}\n`;
    writeFileSync(join(folder, 'train'), bounded(train));
    writeFileSync(join(folder, 'held-out'), bounded(heldOut));
    const rows = [];
    const ours = { 'witten-bell': [], 'modified-kneser-ney': [] };
    const theirs = { 'witten-bell': [], 'modified-kneser-ney': [] };
    const models = { 'witten-bell': 'wb', 'modified-kneser-ney': 'msb' };
    let missing = '';
    for (let round = 0; round < rounds; round++) {
      for (const smoothing of Object.keys(models)) {
        note(`${smoothing}, round ${round + 1}`);
        const started = performance.now();
        const report = runWorker('markov-estimate', folder, smoothing);
        ours[smoothing].push({ ...report, wall: performance.now() - started });
        const theirStart = performance.now();
        const program = findProgram('tlm');
        if (typeof program === 'string') {
          missing = program;
          continue;
        }
        const { status, stdout, stderr } = spawnSync(program.path, ['-tr=train', '-n=3', `-lm=${models[smoothing]}`, '-te=held-out'], { cwd: folder, encoding: 'utf8', env: peerEnvironment() });
        if (status !== 0) missing = stderr.slice(-200);
        else theirs[smoothing].push({ wall: performance.now() - theirStart, perplexity: Number(/ PP=(\S+)/.exec(stdout + stderr)?.[1]) });
      }
    }
    for (const smoothing of Object.keys(models)) {
      const mine = ours[smoothing];
      const wall = median(mine.map((report) => report.wall));
      const parts = ['read', 'count', 'estimate', 'evaluate'].map((part) => median(mine.map((report) => report[part])).toFixed(0)).join(' + ');
      rows.push([`@kk/markov, ${smoothing}`, wall.toFixed(0), parts, '', `${mine[0].bytesPerNgram.counts.toFixed(1)}; ${mine[0].bytesPerNgram.probabilities.toFixed(1)}`]);
      const other = missing ? NaN : median(theirs[smoothing].map((report) => report.wall));
      rows.push([`irstlm tlm -lm=${models[smoothing]}`, missing || other.toFixed(0), '', missing ? '' : `${(other / wall).toFixed(2)}x`, '']);
    }
    return {
      title: 'Brown corpus, order 2 (trigrams): reading, counting, estimation and the perplexity of a held-out tenth, ms of the whole process',
      head: ['who', 'ms', 'of which read + count + estimate + evaluate', 'time of theirs / ours', 'bytes per n-gram: counts; probabilities'],
      rows,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
