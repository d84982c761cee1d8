// Chapter 6: from the whole model to one number, and the code that this figure shows.
import { inspect } from '@kk/gpt/explain';
import { afterAll, describe, expect, it } from 'vitest';
import { numberCode } from '../src/chapters/06-attention/number-code.js';
import { favourite, oneNumber } from '../src/chapters/06-attention/one-number.js';
import job, { type OneHead } from '../src/lab/jobs/one-head.js';
import { runCode } from './support/run-code.js';
import { runJob } from './support/run-job.js';
import { tinyModel, toolsOf } from './support/tiny-model.js';

const tiny = await tinyModel('tiny', 'de');
afterAll(() => tiny.dispose());
const input = { model: 'tiny', text: 'Es war einmal ein kleiner Hund.', layer: 1, head: 0 };
const look = async (changes: Partial<typeof input> = {}): Promise<OneHead> => (await runJob(job, { ...input, ...changes }, toolsOf(tiny))).result;

describe('from the model to a number', () => {
  it('shows the numbers of the package', async () => {
    const shown = await look();
    const inspection = inspect(tiny.model.gpt, shown.tokens.map(({ id }) => id));
    expect(shown.numbers).toEqual(await inspection.head(1, 0));
    const { output } = await inspection.block(1);
    expect(shown.lengths[1]!.output[3]).toBeCloseTo(Math.hypot(...output.subarray(3 * shown.width, 4 * shown.width)), 5);
    inspection.dispose();
    expect([shown.layers, shown.heads, shown.width, shown.headSize, shown.weights.length]).toEqual([2, 2, 32, 16, 2]);
  });

  it('gives the last layer and head where the model has fewer', async () => {
    expect(await look({ layer: 7, head: 7 })).toMatchObject({ layer: 1, head: 1 });
  });

  it('comes by its own sum to the score and the weight that the package has', async () => {
    const shown = await look();
    const at = shown.tokens.length - 1;
    for (let to = 0; to <= at; to++) {
      const { sum, score, weight, row, rest } = oneNumber(shown, at, to);
      expect(sum / Math.sqrt(shown.headSize)).toBeCloseTo(score, 5);
      expect(row.map(({ place }) => place)).toContain(to);
      expect(row.reduce((total, one) => total + one.weight, rest)).toBeCloseTo(1, 5);
      const scores = Array.from({ length: at + 1 }, (_, place) => Math.exp(oneNumber(shown, at, place).score));
      expect(scores[to]! / scores.reduce((total, one) => total + one, 0)).toBeCloseTo(weight, 5);
    }
  });

  it('knows where a row looks most', () => {
    expect(favourite([1, 0, 0, 0.2, 0.8, 0, 0.1, 0.3, 0.6], 3, 1)).toBe(1);
    expect(favourite([1, 0, 0, 0.2, 0.8, 0, 0.1, 0.3, 0.6], 3, 2)).toBe(2);
  });

  it.each(['Es war einmal ein kleiner Hund.', 'Es war einmal ein Hund. '.repeat(30)])('prints what its code prints: %s', async (text) => {
    const shown = await look({ text });
    for (const [at, to] of [[0, 0], [5, 2]] as const) {
      const { source, prints } = numberCode({ model: 'tiny', text }, shown, at, to);
      expect(await runCode(source.replace('apps/demo/models/tiny', tiny.folder).replace("init('wasm')", "init('cpu')"))).toBe(prints);
    }
  });
});
