// Several positions in one pass: the rows are what next() gives one by one, also after drafts that were refused and beyond the context length.
import { init, Random } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { Decoder, GPT, quantizeModel, type GPTConfig } from '../src/index.js';

const config: GPTConfig = { vocabSize: 11, contextLength: 12, layers: 2, heads: 2, width: 16, dropout: 0 };

describe.each(['cpu', 'wasm'] as const)('Decoder.nextMany on %s', (backend) => {
  it.each([false, true])('gives the rows of next(), quantized: %s', async (quantized) => {
    const engine = await init(backend);
    const gpt = new GPT(engine, config, { seed: 5 });
    const model = quantized ? await quantizeModel(gpt) : gpt;
    const many = new Decoder(model, { keepOnOverflow: 6 });
    const one = new Decoder(model, { keepOnOverflow: 6 });
    const context = [1, 4, 2];
    // Contexts grow by what was accepted of the drafts: all, none, some; the last ones are longer than the context length.
    for (const [drafts, accepted] of [[[3, 5, 6], 3], [[7, 8], 0], [[7, 9, 1], 1], [[2, 2, 2], 3], [[4, 4, 4, 4], 4], [[5, 5, 5], 2], [[], 0], [[1, 2, 3], 3]] as const) {
      const rows = await many.nextMany(context, drafts);
      expect(rows).toHaveLength(drafts.length + 1);
      for (const [i, row] of rows.entries()) {
        const expected = await one.next([...context, ...drafts.slice(0, i)]);
        expect(row).toHaveLength(config.vocabSize);
        row.forEach((logit, id) => expect(logit).toBeCloseTo(expected[id]!, 4));
      }
      context.push(...drafts.slice(0, accepted), 10);
    }
    engine.dispose();
  });

  it('gives the rows of next() wherever the window moves, and for contexts that go on, shrink or change', async () => {
    const engine = await init(backend);
    const model = new GPT(engine, config, { seed: 5 });
    const random = new Random(9);
    const whole = (end: number): number => Math.floor(random.uniform() * end);
    for (const keepOnOverflow of [1, 2, 5, 11, 12]) {
      const [many, one] = [new Decoder(model, { keepOnOverflow }), new Decoder(model, { keepOnOverflow })];
      let context = [whole(11)];
      for (let turn = 0; turn < 40; turn++) {
        const drafts = Array.from({ length: whole(6) }, () => whole(11));
        const rows = await many.nextMany(context, drafts);
        expect(rows).toHaveLength(drafts.length + 1);
        for (const [i, row] of rows.entries()) {
          const expected = await one.next([...context, ...drafts.slice(0, i)]);
          row.forEach((logit, id) => expect(logit).toBeCloseTo(expected[id]!, 4));
        }
        if (whole(8) > 0) context.push(...drafts.slice(0, whole(drafts.length + 1)), whole(11));
        else if (whole(2) > 0) context = context.slice(0, 1 + whole(context.length));
        else context = Array.from({ length: 1 + whole(20) }, () => whole(11));
      }
      for (const decoder of [many, one]) decoder.dispose();
    }
    engine.dispose();
  });

  it('needs a context', async () => {
    const engine = await init(backend);
    await expect(new Decoder(new GPT(engine, config, { seed: 5 })).nextMany([], [1])).rejects.toThrow('the context is empty');
    engine.dispose();
  });
});
