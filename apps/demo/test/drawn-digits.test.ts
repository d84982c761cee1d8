// Chapter 10: the GPT that draws digits. What it learns from, how it is measured, that it learns, and what the figure's jobs and code do.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digitSigns, drawingInput, drawSigns, type Drawings } from '@kk/corpora/digits';
import { Decoder, GPT } from '@kk/gpt';
import { loadModel } from '@kk/gpt/node';
import { init, type Engine } from '@kk/nn-core';
import type { Tokenizer } from '@kk/tokenizer';
import { loadTokenizer } from '@kk/tokenizer/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bitsPerPixel, independentBits, shadesOf } from '../scripts/pixels/bits.js';
import { makeDrawingModel } from '../scripts/pixels/make.js';
import { checkDrawingRecipe, readDrawingRecipe, type DrawingRecipe } from '../scripts/pixels/recipe.js';
import { drawingWindows, varied } from '../scripts/pixels/windows.js';
import { drawCode } from '../src/chapters/10-feedback/code.js';
import { HALF, upperHalf } from '../src/chapters/10-feedback/half.js';
import { drawSettings, exampleHalf } from '../src/chapters/10-feedback/settings.js';
import drawJob, { type DrawnDigit, type DrawnDigitInput } from '../src/lab/jobs/drawn-digit.js';
import { DRAWER_EXAMPLES, someOf } from '../src/lab/pixels/examples.js';
import { enlarge, shrink } from '../src/lab/pixels/shrink.js';
import { ANY_DIGIT, CONTEXT, digitToken, GREYS, PLACES, SYMBOLS, VOCABULARY } from '../src/lab/pixels/tokens.js';
import { readyModel } from '../src/lab/ready-model.js';
import { runCode } from './support/run-code.js';
import { runJob } from './support/run-job.js';

const shipped = fileURLToPath(new URL('../models/digits', import.meta.url));
const drawings = drawSigns(digitSigns, { seed: 1, count: 300 });
const training = someOf(drawings, 0, 240);
const heldOut = someOf(drawings, 240);
const still = { batchSize: 6, anyDigit: 0, degrees: 0, scale: 0, shift: 0 };
let engine: Engine;
beforeAll(async () => {
  engine = await init('wasm', { threads: 1 });
});
afterAll(() => engine.dispose());

describe('a drawing in fewer pixels', () => {
  it('has the mean of four pixels, somewhat darker, in four shades', () => {
    const ink = new Float32Array(784);
    ink.set([1, 1, 0, 1], 0); // the upper row of the first two pixels: half and a quarter of ink
    ink.set([0.5, 0.5, 0, 0], 28);
    expect([...shrink(ink).subarray(0, 3)]).toEqual([3, 1, 0]); // 1.3 * 3 * 0.75 = 2.9; 1.3 * 3 * 0.25 = 1
    expect(shrink(new Float32Array(784).fill(1)).every((shade) => shade === GREYS - 1)).toBe(true);
  });

  it('is enlarged to blocks of four', () => {
    const shades = Uint8Array.from({ length: PLACES }, (_, i) => i % GREYS);
    const large = enlarge(shades);
    for (const [x, y] of [[0, 0], [5, 0], [27, 27], [13, 20]] as const) expect(large[y * 28 + x]).toBeCloseTo(shades[Math.floor(y / 2) * 14 + Math.floor(x / 2)]! / 3, 6);
  });
});

describe('what a step learns from', () => {
  it('is the token of the digit and its pixels, each with the next as its target', () => {
    const { inputs, targets, shape } = drawingWindows(training, still, 1, 0);
    expect(shape).toEqual([6, CONTEXT]);
    const known = shadesOf(training);
    for (let row = 0; row < 6; row++) {
      const [input, target] = [inputs, targets].map((ids) => ids.subarray(row * CONTEXT, (row + 1) * CONTEXT)) as [Int32Array, Int32Array];
      expect(target.subarray(0, CONTEXT - 1)).toEqual(input.subarray(1));
      // Unvaried, it is one of the drawings, after the token of its digit.
      const index = training.labels.findIndex((_, i) => known.subarray(i * PLACES, (i + 1) * PLACES).every((shade, place) => shade === target[place]));
      expect(index).toBeGreaterThanOrEqual(0);
      expect(input[0]).toBe(digitToken(training.labels[index]!));
    }
  });

  it('depends on the step, and on nothing before it', () => {
    const some = { ...still, degrees: 6, scale: 0.1, shift: 1 };
    expect(drawingWindows(training, some, 1, 7)).toEqual(drawingWindows(training, some, 1, 7));
    expect(drawingWindows(training, some, 1, 7)).not.toEqual(drawingWindows(training, some, 1, 8));
    expect([...drawingWindows(training, { ...some, anyDigit: 1 }, 1, 0).inputs].filter((_, i) => i % CONTEXT === 0)).toEqual(Array(6).fill(ANY_DIGIT));
  });

  it('is moved, turned and scaled around the middle', () => {
    const dot: Drawings = { pixels: new Uint8Array(784), labels: Uint8Array.of(0), signs: digitSigns };
    dot.pixels[10 * 28 + 20] = 255; // 6.5 to the right of the middle and 3.5 above
    const brightest = (ink: Float32Array): number[] => [ink.indexOf(Math.max(...ink)) % 28, Math.floor(ink.indexOf(Math.max(...ink)) / 28)];
    const none = { turn: 0, size: 1, right: 0, down: 0 };
    expect(varied(dot, 0, none)).toEqual(drawingInput(dot, 0));
    expect(brightest(varied(dot, 0, { ...none, right: 2, down: -3 }))).toEqual([22, 7]);
    expect(brightest(varied(dot, 0, { ...none, turn: Math.PI / 2 }))).toEqual([17, 20]); // clockwise: to the right becomes down
    expect(varied(dot, 0, { ...none, right: 0.5 })[10 * 28 + 20]).toBeCloseTo(0.5, 6);
  });
});

describe('bits per pixel', () => {
  it('are those of the probabilities with which the model draws', async () => {
    const model = new GPT(engine, { vocabSize: VOCABULARY, contextLength: CONTEXT, layers: 1, heads: 1, width: 8 }, { seed: 1 });
    const [one] = [someOf(heldOut, 3, 4)];
    const decoder = new Decoder(model);
    const ids = [digitToken(one.labels[0]!)];
    let bits = 0;
    for (const shade of shadesOf(one)) {
      const logits = await decoder.next(ids);
      bits += Math.log2(logits.reduce((sum, logit) => sum + Math.exp(logit), 0)) - logits[shade]! / Math.LN2;
      ids.push(shade);
    }
    expect(await bitsPerPixel(model, one)).toBeCloseTo(bits / PLACES, 5);
    decoder.dispose();
    model.dispose();
  });

  it('of independent pixels are those of counts', () => {
    const picture = (labels: number[], ink: number[]): Drawings => ({ pixels: Uint8Array.from(ink.flatMap((value) => Array<number>(784).fill(value))), labels: Uint8Array.from(labels), signs: digitSigns });
    // The digit 0 was black once and white twice: with one more of each, its shades have 3, 1, 1 and 2 of 7.
    const known = picture([0, 0, 0, 1], [255, 0, 0, 255]);
    expect(independentBits(known, picture([0], [255]))).toBeCloseTo(-Math.log2(2 / 7), 10);
    expect(independentBits(known, picture([0, 1], [0, 0]))).toBeCloseTo((-Math.log2(3 / 7) - Math.log2(1 / 5)) / 2, 10);
  });
});

describe('a small model', () => {
  const recipe: DrawingRecipe = {
    examples: 160,
    model: { contextLength: CONTEXT, layers: 1, heads: 1, width: 16 },
    training: { steps: 60, decayFrom: 40, learningRate: 0.01, minimumLearningRate: 0.001, warmupSteps: 5, betas: [0.9, 0.99], weightDecay: 0.1, seed: 1 },
    windows: { batchSize: 4, anyDigit: 0.1, degrees: 6, scale: 0.08, shift: 1 },
  };
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kk-digits-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('learns in a few steps, is measured, and is whole', async () => {
    const card = await makeDrawingModel(engine, recipe, { training, heldOut }, { folder, measure: { count: 4, temperature: 1, guidance: 2, readerSteps: 20 } });
    expect(card.bits.heldOut).toBeLessThan(1.1); // guessing among four shades is 2 bits, and an untrained model has 15 tokens to guess
    expect([card.reader.of, card.drawn.of, card.completed.told.of, card.completed.halves.of]).toEqual([60, 4, 4, 4]);
    expect(card.nearest.drawn).toBeGreaterThan(0);
    const [model, tokenizer] = [(await loadModel(engine, folder)) as GPT, await loadTokenizer(folder)];
    expect(await bitsPerPixel(model, heldOut)).toBeCloseTo(card.bits.heldOut, 5);
    expect(tokenizer.encode('·█9?')).toEqual([0, 3, digitToken(9), ANY_DIGIT]);
    expect(await readFile(join(folder, 'README.md'), 'utf8')).toContain(`${card.drawn.right} of 4`);
    model.dispose();
  });

  it.each([
    [{ ...recipe, model: { ...recipe.model, contextLength: 197 } }, 'model.contextLength is 197; expected 196'],
    [{ ...recipe, windows: { ...recipe.windows, anyDigit: 2 } }, 'at most 1'],
    [{ ...recipe, windows: { batchSize: 4 } }, 'windows.anyDigit is undefined; expected a number of at least 0.'],
    [{ ...recipe, training: { ...recipe.training, decayFrom: 61 } }, 'decayFrom at most steps'],
    [{ ...recipe, language: 'de' }, 'the recipe has the field "language"'],
  ])('has a recipe that is checked', (wrong, message) => {
    expect(() => checkDrawingRecipe(wrong)).toThrow(message);
  });
});

describe('the shipped model', () => {
  let model: GPT;
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    model = (await loadModel(engine, shipped)) as GPT;
    tokenizer = await loadTokenizer(shipped);
  });
  const run = async (input: Partial<DrawnDigitInput> = {}): Promise<{ updates: DrawnDigit[]; result: DrawnDigit }> =>
    runJob(drawJob, { digit: 3, given: new Uint8Array(), guidance: 2, temperature: 1, seed: 1, pace: 0, ...input }, { model: async () => readyModel('digits', model, tokenizer) });

  it('is that of its recipe, which leaves the reader its drawings', async () => {
    const recipe = await readDrawingRecipe(join(shipped, 'recipe.json'));
    expect(model.config).toMatchObject({ ...recipe.model, vocabSize: VOCABULARY });
    expect(recipe.examples).toBe(DRAWER_EXAMPLES);
    expect(tokenizer.decode(Array.from({ length: VOCABULARY }, (_, id) => id))).toBe(SYMBOLS);
  });

  it('is drawn pixel after pixel, each with its probabilities', async () => {
    const { updates, result } = await run();
    expect(updates.map(({ shades }) => shades.length)).toEqual(Array.from({ length: PLACES }, (_, i) => i + 1));
    expect(result.shades).toEqual(updates.at(-1)!.shades);
    for (let place = 0; place < PLACES; place++) {
      const shares = result.probabilities.subarray(place * GREYS, (place + 1) * GREYS);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
      expect(shares[result.shades[place]!]).toBeGreaterThan(0);
    }
    expect(result.shades.filter((shade) => shade > 0).length).toBeGreaterThan(10);
    expect((await run()).result).toEqual(result);
    expect((await run({ seed: 2 })).result.shades).not.toEqual(result.shades);
  });

  it('leaves what is given as it is', async () => {
    const given = upperHalf(exampleHalf);
    const { updates, result } = await run({ digit: undefined, given });
    expect(updates).toHaveLength(PLACES - HALF);
    expect(result.shades.subarray(0, HALF)).toEqual(given);
    expect(result.probabilities.subarray(0, HALF * GREYS).every((share) => share === 0)).toBe(true);
  });

  it.each([['a guided 7', { digit: 7 }], ['an unguided 7', { digit: 7, guidance: 1 }], ['any digit', { digit: undefined, seed: 4, temperature: 0.8 }], ['a 9 whose half is given', { digit: 9, given: upperHalf(exampleHalf) }]])('prints what its code prints: %s', async (_, input) => {
    const { result } = await run(input);
    const { source, prints } = drawCode(result, result);
    expect(prints.split('\n')).toHaveLength(14);
    expect(await runCode(source.replace('apps/demo/models/digits', shipped).replace("init('wasm')", "init('wasm', { threads: 1 })"))).toBe(prints);
  });
});

describe('the upper half of a drawing', () => {
  it('is what stands above the middle, and none where nothing does', () => {
    const half = upperHalf(exampleHalf);
    expect(half).toHaveLength(HALF);
    expect(half.some((shade) => shade === GREYS - 1)).toBe(true);
    expect(upperHalf('')).toHaveLength(0);
    expect(upperHalf('f0h0')).toHaveLength(0); // a stroke near the lower edge
    expect(drawSettings.half.read('A')).toBeUndefined();
  });
});
