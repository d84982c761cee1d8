// Compares our training of word vectors with fastText's on one thread. One process per library, in alternating rounds.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './measure.mjs';
import { peerEnvironment } from './peers/environment.mjs';
import { findProgram } from './peers/native.mjs';
import { showTable } from './show.mjs';
import { benchText } from './tokenizer-texts.mjs';
import { runWorker } from './worker.mjs';

/** What both are told: skip-gram with five negatives, without n-grams. */
export const settings = { width: 100, window: 5, negatives: 5, minCount: 5, subsample: 0.0001, learningRate: 0.05 };
const arguments_ = ['-thread', '1', '-minn', '0', '-maxn', '0', '-dim', '100', '-ws', '5', '-neg', '5', '-minCount', '5', '-t', '0.0001', '-lr', '0.05'];
/** fastText's process also reads the text and writes a file: the time of an epoch is what further epochs take longer. */
const FURTHER_EPOCHS = 2;

/**
 * Measures the processor time of an epoch and prints a table for each text.
 * @param {object} [options]
 * @param {number} [options.rounds]  processes per library
 * @param {string[]} [options.texts]  `brown`, or files
 * @param {(text: string) => void} [options.note]  reports the current measurement
 */
export function measureWordVectors({ rounds = 3, texts = ['brown'], note = () => undefined } = {}) {
  for (const text of texts) {
    const folder = mkdtempSync(join(tmpdir(), 'bench-word-vectors-'));
    try {
      const file = join(folder, 'text');
      writeFileSync(file, benchText(text));
      showTable(...table({ file, folder, text, rounds, note }));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}

function table({ file, folder, text, rounds, note }) {
  const program = findProgram('fasttext');
  const ours = [];
  const theirs = [];
  for (let round = 1; round <= rounds; round++) {
    note(`word vectors of ${text}, round ${round}`);
    ours.push(runWorker('word-vectors', file, String(FURTHER_EPOCHS), JSON.stringify(settings)));
    if (typeof program !== 'string') theirs.push((fastTextSeconds(program.path, file, folder, 1 + FURTHER_EPOCHS) - fastTextSeconds(program.path, file, folder, 1)) / FURTHER_EPOCHS);
  }
  const { words, vocabulary } = ours[0];
  const mine = median(ours.map(({ seconds }) => seconds));
  const rate = (seconds) => Math.round(words / seconds).toLocaleString('en');
  const rows = [['@kk/embeddings', mine.toFixed(2), rate(mine), '']];
  if (theirs.length === 0) rows.push(['fastText', program, '', '']);
  else rows.push([`fastText, ${program.build}`, median(theirs).toFixed(2), rate(median(theirs)), `${(median(theirs) / mine).toFixed(2)}x`]);
  return [`Skip-gram, ${text}: ${words} words, ${vocabulary} different ones; width 100, window 5, 5 negatives, one thread`, ['who', 'processor s an epoch', 'words/s', 'time of theirs / ours'], rows];
}

/** The processor time of the whole process, by the shell, because Node does not know that of its children. */
function fastTextSeconds(path, file, folder, epochs) {
  const command = ['skipgram', '-input', file, '-output', join(folder, 'model'), '-epoch', String(epochs), ...arguments_];
  const { status, stderr } = spawnSync('bash', ['-c', 'TIMEFORMAT="%U %S"; time "$@" 2>/dev/null >&2', 'bash', path, ...command], { encoding: 'utf8', env: peerEnvironment() });
  if (status !== 0) throw new Error(`fasttext ${command.join(' ')} failed`);
  const [user, system] = stderr.trim().split(/\s+/).slice(-2).map(Number);
  return user + system;
}
