// Compares tokenizers with those of other libraries: measurements and tables. One process per library, in alternating rounds.
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import { median } from './measure.mjs';
import { trainSentencePiece } from './peers/sentence-piece.mjs';
import { fileLibraries, files } from './tokenizer-files.mjs';
import { knows, libraries } from './tokenizer-libraries.mjs';
import { benchText, worstCases } from './tokenizer-texts.mjs';
import { runWorker, runWorkerWithin } from './worker.mjs';

export const tokenizerParts = ['encode', 'files', 'worst', 'train'];

const what = ['cold', 'encode', 'count', 'decode'];

/**
 * Measures everything and prints the tables.
 * @param {object} [options]
 * @param {number} [options.rounds]  processes per library
 * @param {string[]} [options.texts]  `brown`, and files or folders with texts
 * @param {string[]} [options.encodings]
 * @param {string[]} [options.parts]  of `encode`, `files`, `worst`, `train`
 * @param {number} [options.seconds]  the duration of the warm passes of each kind
 * @param {number} [options.limit]  the time limit of a worst case, in seconds
 * @param {(text: string) => void} [options.note]  reports the current measurement
 */
export function measureTokenizers(options = {}) {
  const { rounds = 3, texts = ['brown'], encodings = ['cl100k_base', 'o200k_base'], parts = tokenizerParts, seconds = 2, limit = 20, note = () => undefined } = options;
  for (const text of texts) if (text !== 'brown' && !existsSync(text)) throw new RangeError(`There is no text ${text}; expected 'brown', a file or a folder.`);
  const tables = [];
  if (parts.includes('encode')) for (const text of texts) for (const encoding of encodings) tables.push(encodeTable({ text, encoding, rounds, seconds, note }));
  if (parts.includes('files')) for (const file of Object.keys(files)) tables.push(fileTable({ file, rounds, seconds, note }));
  if (parts.includes('worst')) tables.push(worstTable({ encoding: encodings[0], rounds, limit, note }));
  if (parts.includes('train')) for (const text of texts) tables.push(trainTable({ text, vocabSize: 8000, rounds, note }));
  for (const { title, head, rows } of tables) {
    const table = new Table({ head, style: { head: [], border: [] } });
    table.push(...rows);
    console.log(`\n${title}\n${table.toString()}`);
  }
  return tables;
}

function encodeTable({ text, encoding, rounds, seconds, note }) {
  const names = Object.keys(libraries).filter((name) => knows(name, encoding));
  const reports = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      note(`${encoding} on ${text}, round ${round + 1}: ${name}`);
      reports[name].push(runWorker('tokenizer-encode', name, encoding, text, String(seconds)));
    }
  }
  const { bytes, tokens, checksum } = reports.tiktoken[0];
  const rates = Object.fromEntries(names.map((name) => [name, Object.fromEntries(what.map((part) => [part, bytes / median(reports[name].map((report) => report[part])) / 1000]))]));
  const best = Object.fromEntries(what.map((part) => [part, Math.max(...names.filter((name) => name !== 'ours').map((name) => rates[name][part]))]));
  const rows = names.map((name) => [
    libraries[name].package,
    median(reports[name].map(({ load }) => load)).toFixed(0),
    ...what.map((part) => rates[name][part].toFixed(1)),
    reports[name][0].checksum === checksum ? 'same' : 'differ',
  ]);
  rows.push(['ours / best peer', '', ...what.map((part) => `${(rates.ours[part] / best[part]).toFixed(2)}x`), '']);
  return {
    title: `${encoding}, ${text === 'brown' ? 'the Brown corpus' : text}: ${(bytes / 1e6).toFixed(1)} MB, ${tokens} tokens; MB/s`,
    head: ['package', 'load ms', 'encode, cold', 'encode, warm', 'count', 'decode', "ids and tiktoken's"],
    rows,
  };
}

const filePasses = ['cold', 'next', 'encode'];

function fileTable({ file, rounds, seconds, note }) {
  const names = Object.keys(fileLibraries);
  const reports = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      note(`tokenizer.json of ${file}, round ${round + 1}: ${name}`);
      reports[name].push(runWorker('tokenizer-file', name, file, String(seconds)));
    }
  }
  const { bytes, tokens, checksum } = reports.rust[0];
  const rate = (name, pass) => bytes / median(reports[name].map((report) => report[pass])) / 1000;
  const rows = names.map((name) => [
    fileLibraries[name].package,
    median(reports[name].map(({ load }) => load)).toFixed(0),
    ...filePasses.map((pass) => rate(name, pass).toFixed(2)),
    ...filePasses.map((pass) => (name === 'ours' ? '' : `${(rate('ours', pass) / rate(name, pass)).toFixed(1)}x`)),
    reports[name][0].checksum === checksum ? 'same' : 'differ',
  ]);
  return {
    title: `${files[file]}: ${(bytes / 1e6).toFixed(1)} MB of the Brown corpus, ${tokens} tokens; MB/s`,
    head: ['package', 'load ms', 'first text', 'next text', 'again', 'ours / it, first', 'next', 'again', "ids and Rust's"],
    rows,
  };
}

const sizes = [16_000, 1_000_000];

function worstTable({ encoding, rounds, limit, note }) {
  const names = Object.keys(libraries).filter((name) => knows(name, encoding));
  const rows = [];
  for (const worstCase of Object.keys(worstCases)) {
    for (const size of sizes) {
      const cells = names.map((name) => {
        note(`${size} characters, ${worstCase}: ${name}`);
        const reports = [];
        // Slow cases of seconds are not repeated: the result is clear.
        while (reports.length < rounds && (reports.at(-1)?.worst.milliseconds ?? 0) < 2000) {
          const report = runWorkerWithin(limit, 'tokenizer-worst', name, encoding, worstCase, String(size));
          if (report === undefined) return `fails, or above ${limit} s`;
          reports.push(report);
        }
        const milliseconds = median(reports.map(({ worst }) => worst.milliseconds));
        const times = median(reports.map(({ worst, ordinary }) => worst.milliseconds / ordinary.milliseconds));
        const { worst, ordinary } = reports[0];
        const perToken = (times * ordinary.tokens) / worst.tokens;
        return `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} (${times.toFixed(1)}x, ${perToken.toFixed(1)}x)`;
      });
      rows.push([worstCase, size, ...cells]);
    }
  }
  const head = ['text', 'characters', ...names.map((name) => libraries[name].package)];
  return { title: `${encoding}, texts without a place to cut: ms (how often the time of as many bytes of ordinary text, and per token)`, head, rows };
}

function trainTable({ text, vocabSize, rounds, note }) {
  const folder = mkdtempSync(join(tmpdir(), 'kk-bench-'));
  try {
    const input = join(folder, 'text.txt');
    writeFileSync(input, benchText(text));
    const ours = { whole: [], training: [] };
    const theirs = [];
    let threads = 0;
    let reason = '';
    for (let round = 0; round < rounds; round++) {
      note(`training on ${text}, round ${round + 1}`);
      const started = performance.now();
      ours.training.push(runWorker('tokenizer-train', input, String(vocabSize), join(folder, 'tokenizer.json')).milliseconds);
      ours.whole.push(performance.now() - started);
      const peer = trainSentencePiece(input, folder, vocabSize);
      if (typeof peer === 'string') {
        reason = peer;
      } else {
        theirs.push(peer.milliseconds);
        threads = peer.threads;
      }
    }
    const mine = median(ours.whole);
    const peerRow = reason ? [`SentencePiece: ${reason}`, '-', '', '-'] : [`SentencePiece (C++), BPE, ${threads} threads`, median(theirs).toFixed(0), '', `${(median(theirs) / mine).toFixed(2)}x`];
    return {
      title: `Training ${vocabSize} byte-pair tokens on ${text}, ${(statSync(input).size / 1e6).toFixed(1)} MB; whole programs, from reading the text to writing the model`,
      head: ['who', 'ms', 'of which training', 'time of theirs / ours'],
      rows: [['@kk/tokenizer, 1 thread', mine.toFixed(0), median(ours.training).toFixed(0), ''], peerRow],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
