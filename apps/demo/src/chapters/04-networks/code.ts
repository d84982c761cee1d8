// The code of this chapter's figures: the exact calls of the packages with the current settings, and what they print.
import { INK } from '../../figures/sign-strokes.js';
import type { LearningState } from '../../lab/jobs/digit-network.js';
import type { InsideState } from '../../lab/jobs/inside-network.js';
import type { OwnSignsState } from '../../lab/jobs/own-signs.js';
import type { WeightState } from '../../lab/jobs/one-weight.js';
import type { NetworkInput } from '../../lab/signs/kept-network.js';
import { BATCH, HIDDEN, NEURON_BATCH, NEURON_RATE, OWN_HIDDEN, OWN_RATE, OWN_STEPS, START, STEPS } from '../../lab/signs/sizes.js';
import type { Changes } from './settings.js';

export interface Code {
  source: string;
  prints: string;
}

/** Where a reader has the drawings; `pnpm --filter demo digits` makes the file. */
export const FILE = 'apps/demo/generated/digits.bin';
/** What the visitor saved. */
export const SIGNS_FILE = 'signs.json';

const readLines = "import { readFile } from 'node:fs/promises';\n";
const startLines = (seed: number): string => `const { training, heldOut } = await readDrawings(await readFile('${FILE}'));
const engine = await init('wasm');
const random = new Random(${seed});
`;
/** A drawing of `training` that is moved by up to a pixel. */
const moveLines = `
function moved(index) {
  const [right, down] = [random.integer(3) - 1, random.integer(3) - 1];
  const pixels = drawingInput(training, index);
  return pixels.map((_, at) => {
    const [x, y] = [(at % 28) - right, Math.floor(at / 28) - down];
    return x >= 0 && x < 28 && y >= 0 && y < 28 ? pixels[28 * y + x] : 0;
  });
}
`;

const neuronLines = (digit: number, seed: number, steps: number): string => `${startLines(seed)}${moveLines}
const neuron = new Linear(engine, { inputs: 784, outputs: 1, deviation: 0 }, random);
const optimizer = new SGD(neuron.parameters(), { learningRate: ${NEURON_RATE} });
const places = [...training.labels.keys()];
const kinds = [places.filter((i) => training.labels[i] === ${digit}), places.filter((i) => training.labels[i] !== ${digit})];
for (let step = 0; step < ${steps}; step++) {
  const x = new Float32Array(${NEURON_BATCH} * 784);
  const isDigit = Float32Array.from({ length: ${NEURON_BATCH} }, (_, i) => (i + 1) % 2);
  for (let i = 0; i < ${NEURON_BATCH}; i++) {
    const kind = kinds[i % 2];
    x.set(moved(kind[random.integer(kind.length)]), i * 784);
  }
  engine.scope(() => {
    const sums = reshape(neuron.forward(engine.tensor(x, [${NEURON_BATCH}, 784])), [${NEURON_BATCH}]);
    backward(binaryCrossEntropy(sums, engine.tensor(isDigit, [${NEURON_BATCH}])));
    optimizer.step();
    optimizer.zeroGradients();
  });
}`;

/** @param sums  of the first held-out drawing of each digit */
export function neuronCode({ digit, seed, sums, step }: { digit: number; seed: number; sums: readonly { is: number; sum: number }[]; step: number }): Code {
  const source = `${readLines}import { drawingInput, readDrawings } from '@kk/corpora/digits';
import { backward, binaryCrossEntropy, init, Linear, Random, reshape, SGD } from '@kk/nn-core';

${neuronLines(digit, seed, step)}
for (let digit = 0; digit < 10; digit++) {
  const pixels = drawingInput(heldOut, heldOut.labels.indexOf(digit));
  const sum = engine.scope(() => neuron.forward(engine.tensor(pixels, [1, 784])));
  console.log(digit, (await sum.item()).toFixed(1));
}
engine.dispose();`;
  return { source, prints: sums.map(({ is, sum }) => `${is} ${sum.toFixed(1)}`).join('\n') };
}

/** A network that is trained for some of its steps. */
const trainingLines = ({ rate, examples, inner, outputs, steps, all }: { rate: number; examples: number; inner: number; outputs: number; steps: number; all: number }): string => `const hidden = new Linear(engine, { inputs: 784, outputs: ${inner}, activation: 'relu', deviation: ${START} }, random);
const output = new Linear(engine, { inputs: ${inner}, outputs: ${outputs} }, random);
const optimizer = new SGD([...hidden.parameters(), ...output.parameters()], { learningRate: ${rate} });
for (let step = 0; step < ${steps}; step++) {
  const x = new Float32Array(${BATCH} * 784);
  const labels = new Int32Array(${BATCH});
  for (let i = 0; i < ${BATCH}; i++) {
    const index = random.integer(${examples});
    labels[i] = training.labels[index];
    x.set(moved(index), i * 784);
  }
  engine.scope(() => {
    backward(crossEntropy(output.forward(hidden.forward(engine.tensor(x, [${BATCH}, 784]))), engine.tensor(labels, [${BATCH}], 'int32')));
    optimizer.step({ learningRate: ${rate} * (1 - step / ${all}) });
    optimizer.zeroGradients();
  });
}
`;

const networkLines = ({ rate, examples, seed }: NetworkInput, steps: number): string => `${startLines(seed)}${moveLines}
${trainingLines({ rate, examples, inner: HIDDEN, outputs: 10, steps, all: STEPS })}`;

/** How many of `drawings` the network reads. */
const countLines = (drawings: string): string => `const pixels = Float32Array.from(${drawings}.pixels, (grey) => grey / 255);
const read = await engine.scope(() => argmax(output.forward(hidden.forward(engine.tensor(pixels, [${drawings}.labels.length, 784]))), 1)).data();
const right = ${drawings}.labels.filter((label, i) => label === read[i]).length;
console.log(\`\${right} of \${${drawings}.labels.length}\`);
engine.dispose();`;

export function networkCode({ state, ...input }: NetworkInput & { state: LearningState | null }): Code {
  const last = state?.readings.at(-1);
  const source = `${readLines}import { drawingInput, readDrawings } from '@kk/corpora/digits';
import { argmax, backward, crossEntropy, init, Linear, Random, SGD } from '@kk/nn-core';

${networkLines(input, last?.step ?? 0)}
${countLines('heldOut')}`;
  return { source, prints: state && last ? `${state.right} of ${state.heldOut}` : '' };
}

/** The ink as rows of characters that a reader can see. */
const picture = (ink: ArrayLike<number>): string => Array.from({ length: INK }, (_, y) => Array.from({ length: INK }, (__, x) => (ink[y * INK + x] > 0 ? '#' : '.')).join('')).join('\n');

/** @param probabilities  undefined if nothing is drawn, or nothing is computed yet */
export function readCode({ centre, ink, probabilities, ...input }: NetworkInput & { centre: boolean; ink: ArrayLike<number>; probabilities: ArrayLike<number> | undefined }): Code {
  const prepare = centre ? 'centreDrawing' : 'shrinkDrawing';
  const drawing = `const drawing = \`
${picture(ink)}\`;
const ink = Float32Array.from(drawing.replaceAll('\\n', ''), (sign) => (sign === '#' ? 1 : 0));
const prepared = ${prepare}({ pixels: ink, width: ${INK}, height: ${INK} });
`;
  if (!probabilities) return { source: `import { ${prepare} } from '@kk/corpora/digits';\n\n${drawing}console.log(prepared ? 'drawn' : 'nothing drawn');`, prints: 'nothing drawn' };
  const source = `${readLines}import { ${centre ? 'centreDrawing, drawingInput, readDrawings' : 'drawingInput, readDrawings, shrinkDrawing'} } from '@kk/corpora/digits';
import { backward, crossEntropy, init, Linear, Random, SGD, softmax } from '@kk/nn-core';

${drawing}
${networkLines(input, STEPS)}
const answer = await engine.scope(() => softmax(output.forward(hidden.forward(engine.tensor(prepared, [1, 784]))), 1)).data();
answer.forEach((probability, digit) => console.log(digit, probability.toFixed(2)));
engine.dispose();`;
  return { source, prints: Array.from(probabilities, (probability, digit) => `${digit} ${probability.toFixed(2)}`).join('\n') };
}

/** More digits than it prints. */
const listed = (values: readonly number[]): string => `[${values.map((value) => Number(value.toFixed(8))).join(', ')}]`;

export function weightCode({ weight, state }: { weight: number; state: WeightState | null }): Code {
  const cases = state?.cases ?? [];
  const source = `import { add, backward, binaryCrossEntropy, init, multiply } from '@kk/nn-core';

const engine = await init('wasm');
const ink = engine.tensor(${listed(cases.map((one) => one.ink))});
const rest = engine.tensor(${listed(cases.map((one) => one.rest))}); // what all other pixels add
const should = engine.tensor(${listed(cases.map((one) => one.should))});
const start = ${weight};
const weight = engine.parameter(engine.tensor([start], [1]));
const loss = engine.scope(() => {
  const loss = binaryCrossEntropy(add(multiply(weight, ink), rest), should);
  backward(loss);
  return loss;
});
console.log('loss', (await loss.item()).toFixed(4));
console.log('gradient', (await weight.gradient.item()).toFixed(4));

// The same by hand: the mean of error times ink.
const [inks, rests, rights] = await Promise.all([ink.data(), rest.data(), should.data()]);
const terms = Array.from(inks, (one, i) => (1 / (1 + Math.exp(-start * one - rests[i])) - rights[i]) * one);
console.log('by hand', (terms.reduce((sum, term) => sum + term, 0) / terms.length).toFixed(4));
engine.dispose();`;
  const byHand = cases.reduce((sum, { says, should, ink }) => sum + (says - should) * ink, 0) / cases.length;
  return { source, prints: state ? `loss ${state.loss.toFixed(4)}\ngradient ${state.gradient.toFixed(4)}\nby hand ${byHand.toFixed(4)}` : '' };
}

/** What is changed inside the network, and what it then reads. */
export function insideCode({ changes: { removed, flipped }, lost, state, ...input }: NetworkInput & { changes: Changes; lost: number; state: InsideState | null }): Code {
  const source = `${readLines}import { drawingInput, readDrawings } from '@kk/corpora/digits';
import { argmax, backward, crossEntropy, init, Linear, Random, SGD } from '@kk/nn-core';

${networkLines(input, STEPS)}
// What the hidden neurons tell the output: a row for each of them, a column for each digit.
const weights = Float32Array.from(await output.weight.data());
for (const [neuron, digit] of ${JSON.stringify(flipped.map(({ neuron, digit }) => [neuron, digit]))}) weights[10 * neuron + digit] *= -1;
const lost = new Random(${input.seed}).permutation(${HIDDEN}).subarray(0, ${lost});
for (const neuron of [${removed.map((neuron) => `${neuron}, `).join('')}...lost]) weights.fill(0, 10 * neuron, 10 * neuron + 10);
output.weight.set(weights);

${countLines('heldOut')}`;
  return { source, prints: state ? `${state.rightAfter} of ${state.heldOut}` : '' };
}

/** @param state  undefined or null before the training; then only what the saved file holds is printed */
export function ownCode({ seed, names, counts, state }: { seed: number; names: readonly string[]; counts: readonly number[]; state: OwnSignsState | null }): Code {
  const file = `const { signs } = JSON.parse(await readFile('${SIGNS_FILE}', 'utf8')); // as the figure saves it`;
  if (!state) {
    const source = `import { readFile } from 'node:fs/promises';
import { drawingSize } from '@kk/corpora/digits';

${file}
for (const { shownName, pixels } of signs) {
  console.log(shownName, pixels.filter((drawing) => drawing.length === drawingSize ** 2).length);
}`;
    return { source, prints: names.map((name, i) => `${name} ${counts[i]}`).join('\n') };
  }
  const source = `${readLines}import { drawingInput } from '@kk/corpora/digits';
import { argmax, backward, crossEntropy, init, Linear, Random, SGD } from '@kk/nn-core';

${file}
// Every fifth drawing is set aside.
const all = signs.flatMap(({ pixels }, label) => pixels.filter((_, i) => i % 5 !== 4).map((drawing) => ({ drawing, label })));
const training = {
  pixels: Uint8Array.from(all.flatMap(({ drawing }) => drawing)),
  labels: Uint8Array.from(all, ({ label }) => label),
  signs: signs.map(({ shownName }) => shownName),
};
const engine = await init('wasm');
const random = new Random(${seed});
${moveLines}
${trainingLines({ rate: OWN_RATE, examples: state.training.of, inner: OWN_HIDDEN, outputs: names.length, steps: state.step, all: OWN_STEPS })}
${countLines('training')}`;
  return { source, prints: `${state.training.right} of ${state.training.of}` };
}
