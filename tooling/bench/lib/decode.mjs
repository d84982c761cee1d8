// Measures generation token by token with the shape of GPT-2 124M beside ONNX Runtime and llama.cpp, and the share of the memory bandwidth that ours uses.
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchPackages } from './fetch-packages.mjs';
import { median } from './measure.mjs';
import { runWorker, showTable } from './show.mjs';

const folderOfPeers = fileURLToPath(new URL('../decode-peers/', import.meta.url));
/** What reads each file; the last two are one program. */
const PEERS = [
  { worker: 'onnxruntime', file: 'onnx', weights: 'float32' },
  { worker: 'llama', file: 'float32', weights: 'float32' },
  { worker: 'llama', file: 'int8', weights: 'int8' },
];

/**
 * @param before  folder of another checkout to compare with, built; undefined without one
 * @throws {Error} when a peer writes other tokens than ours
 */
export function measureDecode({ rounds, before, note }) {
  const missing = fetchPeers();
  if (missing !== undefined) note(`decode: ours alone, for ${missing}`);
  const folder = mkdtempSync(join(tmpdir(), 'kk-bench-decode-'));
  try {
    if (missing === undefined) note('decode: writing the model for the peers');
    const files = missing === undefined ? runWorker({}, '../decode-peers/write-files', folder) : undefined;
    const cores = availableParallelism();
    const rows = (cores > 1 ? [1, cores] : [1]).flatMap((threads) => measureThreads({ threads, rounds, before, files, note }));
    const earlier = before ? ['before tokens/s', 'time of ours / before'] : [];
    showTable('Generation with the GPT-2 124M shape, random weights, temperature 0; bytes of weights read a second', ['weights', 'who', 'tokens/s', 'tokens/s of ours / theirs', 'GB/s', 'of read bandwidth', 'prefill tokens/s', ...earlier], rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns {string | undefined} why there are none */
function fetchPeers() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return `the builds of the peers are for Linux on x64, not for ${process.platform} on ${process.arch}`;
  try {
    fetchPackages(folderOfPeers, ['onnxruntime-node', 'node-llama-cpp', '@node-llama-cpp/linux-x64', 'onnx-proto']);
    return undefined;
  } catch (error) {
    return error.message;
  }
}

/** @param files  of the peers; undefined without them */
function measureThreads({ threads, rounds, before, files, note }) {
  const ours = [];
  const earlier = [];
  const peers = files ? PEERS : [];
  const theirs = peers.map(() => []);
  for (let round = 0; round < rounds; round++) {
    note(`decode, GPT-2 124M shape, ${threads} thread${threads === 1 ? '' : 's'}: round ${round + 1} of ${rounds}`);
    ours.push(runWorker({}, 'ours-decode', String(threads)));
    if (before) earlier.push(runWorker({ folder: before }, 'ours-decode', String(threads)));
    peers.forEach(({ worker, file, weights }, i) => {
      const report = runWorker({}, `../decode-peers/${worker}`, String(threads), files[file]);
      const [expected, written] = [ours[0].kinds[weights].written, report.written].map(String);
      if (written !== expected) throw new Error(`decode: ${report.backend} writes the tokens ${written} with ${weights} weights; ours writes ${expected}.`);
      theirs[i].push(report);
    });
  }
  return ['float32', 'int8'].flatMap((kind) => {
    const of = (reports, field) => median(reports.map((report) => (report.kinds ? report.kinds[kind] : report)[field]));
    const ms = of(ours, 'milliseconds');
    const perSecond = (milliseconds) => (1000 / milliseconds).toFixed(1);
    const rate = ours[0].kinds[kind].bytes / ms / 1e6;
    const own = [kind, ours[0].backend, perSecond(ms), '', rate.toFixed(1), `${((100 * rate) / of(ours, 'bandwidth')).toFixed(0)} % of ${of(ours, 'bandwidth').toFixed(1)}`, of(ours, 'prefillTokensPerSecond').toFixed(0)];
    if (before) own.push(perSecond(of(earlier, 'milliseconds')), (ms / of(earlier, 'milliseconds')).toFixed(2));
    const others = theirs.filter((_, i) => peers[i].weights === kind).map((reports) => {
      const their = of(reports, 'milliseconds');
      return [kind, reports[0].backend, perSecond(their), (their / ms).toFixed(2), '', '', of(reports, 'prefillTokensPerSecond').toFixed(0), ...(before ? ['', ''] : [])];
    });
    return [own, ...others];
  });
}
