// Chapter 4: the neuron, the gradient of one weight, the network that reads digits, drawings, and the code that the figures show.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { centreDrawing, readDrawings, shrinkDrawing, type SplitDrawings } from '@kk/corpora/digits';
import { init, type Engine } from '@kk/nn-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digitsFile } from '../scripts/digits/digits-file.js';
import { addUp } from '../src/chapters/04-networks/add-up.js';
import { FILE, insideCode, networkCode, neuronCode, ownCode, readCode, SIGNS_FILE, weightCode } from '../src/chapters/04-networks/code.js';
import { exampleDrawing, exampleSign, moveDrawing } from '../src/chapters/04-networks/drawings.js';
import { changesSetting } from '../src/chapters/04-networks/settings.js';
import { pixelPaths } from '../src/figures/pixel-paths.js';
import { INK, inkOf, readStrokes, tidyStroke, writeStrokes } from '../src/figures/sign-strokes.js';
import type { Tools } from '../src/lab/job.js';
import digitNetwork from '../src/lab/jobs/digit-network.js';
import insideNetwork from '../src/lab/jobs/inside-network.js';
import oneNeuron from '../src/lab/jobs/one-neuron.js';
import oneWeight from '../src/lab/jobs/one-weight.js';
import ownSigns from '../src/lab/jobs/own-signs.js';
import readDigit from '../src/lab/jobs/read-digit.js';
import readOwnSign from '../src/lab/jobs/read-own-sign.js';
import { fileOfSigns, signsOfFile } from '../src/storage/signs-file.js';
import { runCode } from './support/run-code.js';
import { runJob } from './support/run-job.js';

const network = { rate: 0.5, examples: 9000, seed: 1 };
let folder: string;
let engine: Engine;
let drawings: SplitDrawings;
let tools: Partial<Tools>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'digits-'));
  const file = await digitsFile();
  await writeFile(join(folder, 'digits.bin'), file);
  drawings = await readDrawings(file);
  engine = await init('wasm', { threads: 1 });
  const kept = new Map<string, unknown>([['digits', drawings]]);
  tools = {
    engine: () => Promise.resolve(engine),
    async keep<Value>(key: string, make: () => Value | Promise<Value>): Promise<Value> {
      if (!kept.has(key)) kept.set(key, await make());
      return kept.get(key) as Value;
    },
  };
});
afterAll(async () => {
  engine.dispose();
  await rm(folder, { recursive: true });
});
/** Runs a figure's code with the drawings of this test. */
const run = ({ source }: { source: string }): Promise<string> => runCode(source.replace(FILE, join(folder, 'digits.bin')).replace(SIGNS_FILE, join(folder, 'signs.json')));

describe('one neuron', () => {
  it('learns to tell a digit from the others, and its code prints the same sums', async () => {
    const { updates, result } = await runJob(oneNeuron, { digit: 3, seed: 1 }, tools);
    expect(updates).toHaveLength(result.steps + 1);
    expect(updates[0]!.weight.every((weight) => weight === 0)).toBe(true);
    expect([result.yes.of, result.no.of]).toEqual([100, 900]);
    expect(result.yes.right).toBeGreaterThan(85);
    expect(result.no.right).toBeGreaterThan(750);
    const sums = result.signs.map(({ is, pixels }) => ({ is, sum: result.weight.reduce((total, weight, i) => total + weight * pixels[i]!, result.bias) }));
    expect(sums.map(({ is }) => is)).toEqual([...Array(10).keys(), ...Array(10).keys()]);
    expect(sums[3]!.sum).toBeGreaterThan(0);
    for (const { pixels, sum } of result.signs.map(({ pixels }, i) => ({ pixels, sum: sums[i]!.sum }))) {
      const products = Array.from(result.weight, (weight, i) => weight * pixels[i]!);
      const parts = [products.filter((one) => one > 0), products.filter((one) => one < 0)].map((some) => some.reduce((total, one) => total + one, 0));
      const shown = addUp([...parts, result.bias], 1);
      expect(shown.reduce((total, one) => total + one, 0)).toBeCloseTo(Math.round(10 * sum) / 10, 6);
      shown.forEach((one, i) => expect(Math.abs(one - [...parts, result.bias][i]!)).toBeLessThan(0.1));
    }
    const code = neuronCode({ digit: 3, seed: 1, sums: sums.slice(0, 10), step: result.step });
    expect(await run(code)).toBe(code.prints);
  });

  it('takes one of the twenty signs wrongly for an 8, as the exercise says', async () => {
    const { result } = await runJob(oneNeuron, { digit: 8, seed: 1 }, tools);
    const takenForAnEight = result.signs.filter(({ pixels }) => result.weight.reduce((total, weight, i) => total + weight * pixels[i]!, result.bias) > 0).map(({ is }) => is);
    expect(takenForAnEight.filter((is) => is !== 8)).toHaveLength(1);
    expect(takenForAnEight.filter((is) => is === 8)).toHaveLength(2);
  });

  it('has the gradient that is worked out by hand, and downhill is where it points', async () => {
    for (const weight of [-4, 0, 4]) {
      const { result } = await runJob(oneWeight, { digit: 3, seed: 1, weight }, tools);
      const byHand = result.cases.reduce((sum, { says, should, ink }) => sum + (says - should) * ink, 0) / result.cases.length;
      expect(result.gradient).toBeCloseTo(byHand, 5);
      const after = await runJob(oneWeight, { digit: 3, seed: 1, weight: weight - 0.1 * result.gradient }, tools);
      expect(after.result.loss).toBeLessThan(result.loss);
      const code = weightCode({ weight, state: result });
      expect(await run(code)).toBe(code.prints);
    }
    const { result } = await runJob(oneWeight, { digit: 3, seed: 1, weight: 0 }, tools);
    const lowest = result.curve.reduce((best, point) => (point.loss < best.loss ? point : best));
    expect(Math.abs(lowest.weight)).toBeLessThan(5); // a valley that the figure shows
  });
});

describe('the network', () => {
  it('reads 95 % of the held-out digits after its training, and its code prints how many it reads on the way', async () => {
    const { result, updates } = await runJob(digitNetwork, network, tools);
    expect(result.heldOut).toBe(1000);
    expect(result.right).toBeGreaterThanOrEqual(950);
    expect(result.readings.at(-1)).toMatchObject({ step: 1000, heldOut: result.right / 1000 });
    expect(result.misread.every(({ is, read, index }) => is !== read && drawings.heldOut.labels[index] === is)).toBe(true);
    const code = networkCode({ ...network, state: updates[50]! });
    expect(await run(code)).toBe(code.prints);
  });

  it('learns ten examples by heart, too slowly with a low rate, and nothing with a high one', async () => {
    const share = async (settings: Partial<typeof network>): Promise<{ training: number; heldOut: number }> => (await runJob(digitNetwork, { ...network, ...settings }, tools)).result.readings.at(-1)!;
    const few = await share({ examples: 10 });
    expect(few.training).toBe(1);
    expect(few.heldOut).toBeLessThan(0.6);
    expect((await share({ rate: 0.001 })).heldOut).toBeLessThan(0.7);
    expect((await share({ rate: 5 })).heldOut).toBeLessThan(0.4);
  });

  it('reads a drawing in the middle, and not in a corner unless it is moved to the middle', async () => {
    const ask = async (drawn: string, prepare: typeof centreDrawing): Promise<Float32Array> => (await runJob(readDigit, { network, pixels: prepare({ pixels: inkOf(readStrokes(drawn)!), width: INK, height: INK })! }, tools)).result.probabilities;
    const corner = moveDrawing(exampleDrawing, -60, -60);
    const inCorner = await ask(corner, centreDrawing);
    expect(inCorner[3]).toBeGreaterThan(0.9);
    expect((await ask(corner, shrinkDrawing))[3]).toBeLessThan(0.5);
    const code = readCode({ ...network, centre: true, ink: inkOf(readStrokes(corner)!), probabilities: inCorner });
    expect(await run(code)).toBe(code.prints);
    const empty = readCode({ ...network, centre: true, ink: inkOf([]), probabilities: undefined });
    expect(await run(empty)).toBe('nothing drawn');
  });
});

describe('inside the network', () => {
  const input = { network, digit: 3, removed: [], lost: 0, flipped: [] };

  it('hardly anything breaks with one neuron or weight, and everything without neurons', async () => {
    const { result } = await runJob(insideNetwork, input, tools);
    expect(result.rightAfter).toBe(result.rightBefore);
    expect(result.after).toEqual(result.before);
    expect(result.before[3]).toBeGreaterThan(0.9);
    expect(new Set(result.order).size).toBe(128);
    const share = (neuron: number): number => result.hidden[neuron]! * result.weights.outputWeight[10 * neuron + 3]!;
    expect(share(result.order[0]!)).toBe(Math.max(...result.order.map(share)));

    const [first, second] = result.order as [number, number];
    const changes = { removed: [first], flipped: [{ neuron: second, digit: 3 }] };
    const little = (await runJob(insideNetwork, { ...input, ...changes }, tools)).result;
    expect(little.rightAfter).toBeGreaterThan(900);
    expect(little.after[3]).toBeLessThan(little.before[3]!);
    const code = insideCode({ ...network, changes, lost: 0, state: little });
    expect(await run(code)).toBe(code.prints);

    const half = (await runJob(insideNetwork, { ...input, lost: 64 }, tools)).result;
    const none = (await runJob(insideNetwork, { ...input, lost: 128 }, tools)).result;
    expect(half.removed).toHaveLength(64);
    expect(half.rightAfter).toBeLessThan(half.rightBefore);
    expect(none.rightAfter).toBe(100); // the base values alone always name the same digit
  });

  it('has its changes in the address', () => {
    expect(changesSetting.read('5.17-3')).toBe('5.17-3');
    expect(changesSetting.parse('5.17-3')).toEqual({ removed: [5], flipped: [{ neuron: 17, digit: 3 }] });
    expect(changesSetting.join(changesSetting.parse('5.17-3'))).toBe('5.17-3');
    for (const wrong of ['128', '5-', 'x', '999-1', '5-3-4']) expect(changesSetting.read(wrong)).toBeUndefined();
  });

  it('has all changes that can be made in the address, each once', () => {
    expect(changesSetting.parse('5-3.5-3.7.7')).toEqual({ removed: [7], flipped: [{ neuron: 5, digit: 3 }] });
    expect(changesSetting.read('5-3.5-8.5-3')).toBe('5-38'); // as links were written before
    const neurons = [...Array(128).keys()];
    const all = { removed: neurons, flipped: neurons.flatMap((neuron) => [...Array(10).keys()].map((digit) => ({ neuron, digit }))) };
    const text = changesSetting.join(all);
    expect(text.length).toBeLessThan(2500);
    expect(changesSetting.parse(changesSetting.read(text)!)).toEqual(all);
  });
});

describe('own signs', () => {
  const pixelsOf = (drawing: string): Float32Array => centreDrawing({ pixels: inkOf(readStrokes(drawing)!), width: INK, height: INK })!;
  const kinds = [0, 1, 2] as const;

  it('are learned from ten drawings each, and read in a new one', async () => {
    const signs = kinds.map((kind) => Array.from({ length: 10 }, (_, place) => exampleSign(kind, place)));
    const pixels = signs.map((drawings) => drawings.map(pixelsOf));
    const { result } = await runJob(ownSigns, { signs: pixels, seed: 1 }, tools);
    expect(result.training).toEqual({ right: 24, of: 24 });
    expect(result.heldOut).toEqual({ right: 6, of: 6 });
    for (const kind of kinds) {
      const { probabilities } = (await runJob(readOwnSign, { weights: result.weights!, pixels: pixelsOf(exampleSign(kind, 15)) }, tools)).result;
      expect(probabilities.indexOf(Math.max(...probabilities))).toBe(kind);
    }
    const file = fileOfSigns(kinds.map((kind) => ({ name: kind === 0 ? '' : `${kind}`, drawings: signs[kind]! })), ['0', '1', '2']);
    await writeFile(join(folder, 'signs.json'), file);
    for (const state of [null, result]) {
      const code = ownCode({ seed: 1, names: ['0', '1', '2'], counts: [10, 10, 10], state });
      expect(await run(code)).toBe(code.prints);
    }
    expect(signsOfFile(file)).toEqual(kinds.map((kind) => ({ name: kind === 0 ? '' : `${kind}`, drawings: signs[kind] })));
  });

  it('come from a file of this chapter alone', () => {
    for (const wrong of ['', '{}', 'null', '{"signs":[]}', '{"signs":[{"name":1,"drawings":[]},null,null]}', '{"signs":[{"name":"a","drawings":["!"]},{"name":"b","drawings":[]},{"name":"c","drawings":[]}]}']) expect(signsOfFile(wrong)).toBeUndefined();
  });

  it('have no drawing that nobody can see', () => {
    const file = (...drawings: string[]): string => JSON.stringify({ signs: ['A', 'B', 'C'].map((name) => ({ name, drawings })) });
    expect(signsOfFile(file('.', '.'))).toBeUndefined();
    expect(signsOfFile(file('.', 'AAzz', '', 'zAAz', '..'))!.map(({ drawings }) => drawings)).toEqual(kinds.map(() => ['AAzz', 'zAAz']));
    for (const corner of ['AA', '__', 'A_', '_A']) expect(pixelsOf(corner).some((ink) => ink > 0)).toBe(true);
  });
});

describe('drawings', () => {
  it('are a short text', () => {
    const strokes = [[{ x: 0, y: 63 }, { x: 10, y: 20 }], [{ x: 5, y: 5 }]];
    expect(readStrokes(writeStrokes(strokes))).toEqual(strokes);
    expect(readStrokes('')).toEqual([]);
    for (const wrong of ['A', 'AB!', 'AA'.repeat(1000), '<b>']) expect(readStrokes(wrong)).toBeUndefined();
    expect(tidyStroke([{ x: -5, y: 70 }, { x: 0.2, y: 63 }, { x: 9.6, y: 60 }])).toEqual([{ x: 0, y: 63 }, { x: 10, y: 60 }]);
  });

  it('have ink where the pen was', () => {
    expect(inkOf([]).every((ink) => ink === 0)).toBe(true);
    const dot = inkOf([[{ x: 32, y: 32 }]]);
    expect(dot[28 * INK + 28]).toBe(1);
    expect(dot.filter((ink) => ink > 0).length).toBeGreaterThan(8);
    expect(dot[28 * INK + 40]).toBe(0);
    const line = inkOf([[{ x: 8, y: 32 }, { x: 56, y: 32 }]]);
    for (let x = 8; x < 48; x++) expect(line[28 * INK + x]).toBe(1);
  });

  it('stay whole when they are moved', () => {
    const places = readStrokes(moveDrawing(exampleDrawing, 100, -100))!.flat();
    expect(Math.max(...places.map(({ x }) => x))).toBe(60);
    expect(Math.min(...places.map(({ y }) => y))).toBe(3);
    expect(places).toHaveLength(readStrokes(exampleDrawing)!.flat().length);
    const inkIn = (drawing: string): number => inkOf(readStrokes(drawing)!).filter((ink) => ink > 0).length;
    // Nothing is cut off; on other places the same pen meets a few pixels more or less.
    for (const [right, down] of [[-64, -64], [64, 64]] as const) expect(Math.abs(inkIn(moveDrawing(exampleDrawing, right, down)) / inkIn(exampleDrawing) - 1)).toBeLessThan(0.02);
    const atEdge = writeStrokes([[{ x: 0, y: 32 }, { x: 20, y: 32 }]]);
    expect(moveDrawing(atEdge, -4, 0)).toBe(atEdge);
    expect(readStrokes(moveDrawing(atEdge, 4, 0))![0]![0]).toEqual({ x: 4, y: 32 });
    expect(moveDrawing('', 4, 4)).toBe('');
  });

  it('are pictures of a few paths', () => {
    const values = new Float32Array(4);
    values.set([1, 1, 0, -0.5]);
    expect(pixelPaths(values, 1)).toEqual([
      { path: 'M0 0h2v1H0z', opacity: 1, isNegative: false },
      { path: 'M1 1h1v1H1z', opacity: 0.5, isNegative: true },
    ]);
    expect(pixelPaths(new Float32Array(4), 1)).toEqual([]);
  });
});
