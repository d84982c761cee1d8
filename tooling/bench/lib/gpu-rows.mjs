// `pnpm bench --only gpu`: what is measured, in which order, and how the table is made from the results.
import { layouts } from './gpu-candidates.mjs';
import { median } from './measure.mjs';

/** Side lengths of the matrices, and names of the training steps in sizes.mjs, that are measured on a GPU. */
export const gpuSides = [1024, 2048];
export const gpuConfigurations = ['small', 'mid'];

/** The number of steps whose losses are compared between backends, and the largest allowed relative difference. */
export const COMPARED_STEPS = 5;
const LOSS_TOLERANCE = 1e-3;

/** Multiplier -> its description. `needsAdapter`: it is not started without WebGPU. */
const multipliers = {
  gpu: { text: "ours: gpu, matmul", needsAdapter: true },
  ...Object.fromEntries(Object.entries(layouts).map(([name, text]) => [name, { text, needsAdapter: true }])),
  wasm: { text: "ours: init('wasm'), all threads" },
  pytorch: { text: 'PyTorch CUDA, float32' },
  'pytorch tf32': { text: 'PyTorch CUDA, TF32' },
};
const trainers = { gpu: { text: "ours: gpu", needsAdapter: true }, wasm: { text: "ours: init('wasm'), all threads" }, pytorch: { text: 'PyTorch CUDA, float32, eager' } };

/** Parses a comma-separated list of integers from 1. @throws RangeError that names the option */
export function parseSides(text) {
  const sides = text.split(',').map(Number);
  if (sides.some((side) => !Number.isSafeInteger(side) || side < 1)) throw new RangeError(`--sides ${text}: expected whole numbers of 1 or more with commas between them, such as 1024,2048.`);
  return sides;
}

/** @returns {any} the worker's answer, or `{ missing: why }` if there is none */
function asked(runWorker, ...args) {
  try {
    return runWorker(...args);
  } catch (error) {
    return { missing: error.message.trim().split('\n').findLast((line) => /Error|failed/.test(line)) ?? 'its process ended without an answer' };
  }
}

/** Asks all workers in turn, `rounds` times; one without a result is not asked again. @returns worker -> { answers, missing, wrong } */
function inTurn(everybody, rounds, noAdapter, ask) {
  const found = Object.fromEntries(Object.keys(everybody).map((who) => [who, { answers: [] }]));
  for (let round = 0; round < rounds; round++) {
    for (const [who, { needsAdapter }] of Object.entries(everybody)) {
      const mine = found[who];
      if (mine.missing) continue;
      const answer = needsAdapter && noAdapter ? { missing: 'no GPU, see above' } : ask(who);
      if (answer.missing) Object.assign(mine, answer);
      else mine.answers.push(answer);
    }
  }
  return found;
}

/**
 * Runs all measurements, each in a process of its own.
 * @param {object} options
 * @param {(name: string, ...args: string[]) => any} options.runWorker
 * @param {(text: string) => void} options.note reports the current measurement
 */
export function measureGpu({ rounds, sides, configurations, runWorker, note }) {
  note('gpu: the adapter, and what it can do at most');
  const adapter = asked(runWorker, 'gpu-adapter');
  const peaks = inTurn({ peak: { needsAdapter: true } }, rounds, adapter.missing, () => asked(runWorker, 'gpu-peak')).peak;
  const products = sides.map((side) => {
    note(`gpu: matrix product of side ${side}, ${rounds} rounds of ${Object.keys(multipliers).length}`);
    return { side, found: inTurn(multipliers, rounds, adapter.missing, (who) => asked(runWorker, 'gpu-matmul', who, String(side))) };
  });
  const trainings = configurations.map((configuration) => {
    note(`gpu: training step ${configuration}, ${rounds} rounds of ${Object.keys(trainers).length}`);
    const found = inTurn(trainers, rounds, adapter.missing, (who) => asked(runWorker, 'gpu-step', who, configuration));
    return { configuration, found: withComparedLosses(found) };
  });
  return { adapter, peaks, products, trainings };
}

/** Marks our gpu result as wrong if its losses differ from those on wasm. */
function withComparedLosses(found) {
  const [gpu, wasm] = ['gpu', 'wasm'].map((who) => found[who].answers[0]?.losses);
  if (!gpu || !wasm) return found;
  const apart = Math.max(...wasm.map((loss, i) => Math.abs(gpu[i] - loss) / loss));
  if (apart <= LOSS_TOLERANCE) return found;
  return { ...found, gpu: { answers: [], missing: `its losses ${gpu.join(', ')} are not those on wasm, ${wasm.join(', ')}`, wrong: true } };
}

const middle = ({ answers }, field) => median(answers.map((answer) => answer[field]));
const digits = (value) => (value < 10 ? value.toFixed(3) : value.toFixed(value < 100 ? 1 : 0));

/** The device and its peak. @returns {string[]} lines */
export function deviceLines({ adapter, peaks }) {
  if (adapter.missing) return [adapter.missing];
  const first = `${adapter.backend} (mode ${adapter.mode})`;
  if (peaks.missing) return [first, `peak: ${peaks.missing}`];
  const [{ bytes }] = peaks.answers;
  return [
    first,
    `multiply-adds in registers: ${digits(middle(peaks, 'gigaflops'))} GFLOP/s`,
    `reading ${(bytes / 2 ** 20).toFixed(0)} MiB of the device's memory: ${digits(middle(peaks, 'gigabytes'))} GB/s`,
  ];
}

/** The heads and rows of the table for one side length. */
export function productTable({ peaks, products }, wanted) {
  const { side, found } = products.find((product) => product.side === wanted);
  const peak = peaks.missing ? null : middle(peaks, 'gigaflops');
  const rows = Object.entries(multipliers).map(([who, { text, needsAdapter }]) => {
    if (found[who].missing) return [text, '-', '-', '-', found[who].missing];
    const milliseconds = middle(found[who], 'milliseconds');
    const rate = (2 * side ** 3) / milliseconds / 1e6;
    const { backend, difference } = found[who].answers[0];
    const remarks = [needsAdapter ? '' : backend, difference === 0 ? '' : `within ${difference.toExponential(1)} of wasm`].filter(Boolean);
    return [text, digits(milliseconds), digits(rate), needsAdapter && peak ? `${((100 * rate) / peak).toFixed(1)} %` : '', remarks.join('; ')];
  });
  return { head: [`side ${side}`, 'ms', 'GFLOP/s', 'of peak', 'what ran, and how near'], rows };
}

/** The heads and rows of the table of training steps. */
export function trainingTable({ trainings }) {
  const rows = trainings.flatMap(({ configuration, found }) => {
    const ours = found.gpu.missing ? null : middle(found.gpu, 'milliseconds');
    return Object.entries(trainers).map(([who, { text }]) => {
      if (found[who].missing) return [configuration, text, '-', '-', found[who].missing];
      const milliseconds = middle(found[who], 'milliseconds');
      const ratio = who === 'gpu' || ours === null ? '' : (ours / milliseconds).toFixed(2);
      return [configuration, text, digits(milliseconds), ratio, found[who].answers[0].backend];
    });
  });
  return { head: ['configuration', 'who', 'ms a step', 'time of ours on gpu / theirs', 'what ran'], rows };
}

/** The whole output. */
export const gpuTables = (results) => ({ lines: deviceLines(results), tables: [...results.products.map(({ side }) => productTable(results, side)), trainingTable(results)] });

/** Whether any worker computed a wrong result. */
export const anyWrong = ({ products, trainings }) => [...products, ...trainings].some(({ found }) => Object.values(found).some(({ wrong }) => wrong));
