// A Markov chain that drafts for a GPT: what comes out has exactly the GPT's distribution. Chi-square over the first two tokens.
import { Decoder, GPT, Trainer } from '@kk/gpt';
import { MarkovModel } from '@kk/markov';
import { init } from '@kk/nn-core';
import { distribution, type ManyPositionsModel, speculativeGenerate } from '@kk/sampler';
import { beforeAll, describe, expect, it } from 'vitest';

const vocabSize = 7;
const prompt = [0, 1, 2];
const draws = 20_000;
// Counting with a leap: the chain learns it at once, the GPT in part.
const text = Int32Array.from({ length: 600 }, (_, i) => (i % 5 === 4 ? (i * i) % vocabSize : i % vocabSize));

let target: ManyPositionsModel;
let draft: MarkovModel;

beforeAll(async () => {
  const engine = await init('wasm', { threads: 1 });
  const model = new GPT(engine, { vocabSize, contextLength: 16, layers: 1, heads: 2, width: 16, dropout: 0 }, { seed: 3 });
  const trainer = new Trainer(model, text, { batchSize: 8, learningRate: 3e-3, seed: 1 });
  for (let step = 0; step < 30; step++) await trainer.step();
  const decoder = new Decoder(model);
  // The same context again and again: every distinct one is computed once.
  const known = new Map<string, Float32Array[]>();
  const once = async (context: ArrayLike<number>, further: ArrayLike<number>): Promise<Float32Array[]> => {
    const key = `${Array.from(context).join()}|${Array.from(further).join()}`;
    const rows = known.get(key) ?? (await decoder.nextMany(context, further));
    known.set(key, rows);
    return rows.map((row) => row.slice());
  };
  target = { vocabSize, next: async (context) => (await once(context, []))[0], nextMany: once };
  draft = MarkovModel.train(text, { order: 2, vocabSize, smoothing: 'witten-bell' });
});

describe('a Markov chain drafting for a GPT', () => {
  it.each([{ temperature: 1 }, { temperature: 0.7, topK: 4 }])('leaves the distribution as it is: %o', async (options) => {
    const counts = new Float64Array(vocabSize * vocabSize);
    let tested = 0;
    let accepted = 0;
    for (let seed = 0; seed < draws; seed++) {
      const ids: number[] = [];
      const run = speculativeGenerate(target, draft, prompt, { ...options, maxTokens: 3, draftLength: 2, seed });
      for await (const id of run) ids.push(id);
      counts[ids[0] * vocabSize + ids[1]]++;
      tested += run.report.tested;
      accepted += run.report.accepted;
    }
    const first = distribution(await target.next(prompt), options);
    let chiSquare = 0;
    let cells = 0;
    for (let a = 0; a < vocabSize; a++) {
      const second = distribution(await target.next([...prompt, a]), options);
      for (let b = 0; b < vocabSize; b++) {
        const expected = draws * first[a] * second[b];
        const count = counts[a * vocabSize + b];
        if (expected === 0) expect(count).toBe(0);
        else {
          chiSquare += (count - expected) ** 2 / expected;
          cells++;
        }
      }
    }
    // Wilson and Hilferty's approximation: chi-square as a standard normal value. Above 4 comes by chance once in 30,000.
    const freedom = cells - 1;
    const normal = (Math.cbrt(chiSquare / freedom) - (1 - 2 / (9 * freedom))) / Math.sqrt(2 / (9 * freedom));
    expect(normal).toBeLessThan(4);
    // Some guesses are kept and some are not, else nothing was tested.
    expect(accepted / tested).toBeGreaterThan(0.2);
    expect(accepted / tested).toBeLessThan(0.98);
  });
});
