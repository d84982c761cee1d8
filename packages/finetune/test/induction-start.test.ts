// The start of the base in `slow/recipe`: before any training it continues what was said before, and an ordinary start does not.
import { lossOf, type LabelledTokens } from '@kk/finetune';
import { Llama, type LlamaConfig } from '@kk/gpt';
import { init, Random } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { pieces } from '../slow/recipe/copying.js';
import { inductionStart } from '../slow/recipe/induction-start.js';

const config: LlamaConfig = { family: 'llama', vocabSize: 1024, contextLength: 128, layers: 4, heads: 4, width: 128, feedForwardWidth: 64, tiedEmbeddings: true, attentionBias: true };

describe('the induction start', () => {
  it.each([1, 2, 3])('copies tokens in an order that it never saw, seed %i', async (seed) => {
    const engine = await init('wasm', { threads: 1 });
    const random = new Random(seed);
    const text = Int32Array.from({ length: 5000 }, () => random.integer(config.vocabSize));
    const exercises = Array.from({ length: 12 }, () => pieces(text, config.contextLength, random));
    const plain = new Llama(engine, config, { seed });
    const started = await inductionStart(engine, config, seed);
    const guessing = Math.log(config.vocabSize);
    expect((await lossOf(plain, exercises)).loss).toBeGreaterThan(guessing - 0.3);
    expect((await lossOf(started, exercises)).loss).toBeLessThan(guessing - 1);
    const others = exercises.map(({ ids, learned }): LabelledTokens => ({ ids: ids.map((id, i) => (learned[i] ? random.integer(config.vocabSize) : id)), learned }));
    expect((await lossOf(started, others)).loss).toBeGreaterThan(guessing - 0.3); // not by being sure of anything else
    engine.dispose();
  });

  it('makes exercises whose answers all stand in them before', () => {
    const random = new Random(4);
    for (let i = 0; i < 50; i++) {
      const { ids, learned } = pieces(Int32Array.from({ length: 900 }, (_, id) => id), config.contextLength, random);
      expect(ids.length).toBe(config.contextLength + 1);
      expect(learned).toContain(1);
      learned.forEach((isLearned, at) => {
        if (isLearned) expect(ids[ids.indexOf(ids[at - 1]!) + 1]).toBe(ids[at]);
      });
    }
  });
});
