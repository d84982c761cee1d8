// The loss over rows: that of the text where the rows are its windows, and that of each document alone where they are packed.
import { init } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { evaluate, evaluateRows, GPT, Llama, type Transformer } from '../src/index.js';
import { PackedDocuments, ShuffledWindows, tokensInMemory, type TrainingRows } from '../src/data.js';

const sizes = { vocabSize: 11, contextLength: 8, layers: 2, heads: 2, width: 16 };
const ids = Int32Array.from({ length: 161 }, (_, i) => (i * i + 3 * i) % 11);

describe('the loss over rows', async () => {
  const engine = await init('cpu', { precision: 'float64' });
  const models: [string, Transformer][] = [
    ['GPT', new GPT(engine, { ...sizes, dropout: 0.5 }, { seed: 1 })],
    ['Llama', new Llama(engine, { ...sizes, family: 'llama', feedForwardWidth: 24 }, { seed: 1 })],
  ];

  it.each(models)('of all windows of a text is that of the text, for %s', async (_, model) => {
    const rows = new ShuffledWindows(tokensInMemory(ids, 11), { contextLength: 8 });
    const whole = await evaluate(model, ids);
    for (const batchSize of [1, 3, 20]) {
      const found = await evaluateRows(model, rows, { rows: rows.rowsPerEpoch, batchSize });
      expect(found.loss).toBeCloseTo(whole.loss, 12);
      expect(found.tokens).toBe(160);
      expect(found.perplexity).toBeCloseTo(Math.exp(whole.loss), 10);
    }
  });

  it.each(models)('of packed documents is the mean over the targets of each alone, for %s', async (_, model) => {
    const text = Int32Array.of(1, 2, 3, 0, 4, 5, 0, 6, 7, 8, 9, 1, 0);
    const rows = await PackedDocuments.from(tokensInMemory(text, 11), { contextLength: 8, endOfText: 0 });
    const found = await evaluateRows(model, rows, { rows: rows.rowsPerEpoch });
    const alone = [[1, 2, 3, 0], [4, 5, 0], [6, 7, 8, 9, 1, 0]].map((document) => evaluate(model, Int32Array.from(document)));
    let sum = 0;
    for (const { loss, tokens } of await Promise.all(alone)) sum += loss * tokens;
    expect(found.tokens).toBe(10);
    expect(found.loss).toBeCloseTo(sum / 10, 12);
  });

  it('is NaN where there is nothing to predict, stops when asked, and refuses what does not fit', async () => {
    const [, model] = models[0]!;
    const empty: TrainingRows = { contextLength: 4, vocabSize: 11, isPacked: false, fingerprint: '', rows: async (numbers) => ({ inputs: new Int32Array(4 * numbers.length), targets: new Int32Array(4 * numbers.length).fill(-1) }) };
    expect(await evaluateRows(model, empty, { rows: 3 })).toEqual({ loss: NaN, perplexity: NaN, tokens: 0 });
    await expect(evaluateRows(model, empty, { rows: 3, signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
    await expect(evaluateRows(model, { ...empty, vocabSize: 12 }, { rows: 1 })).rejects.toThrow(/a vocabulary of 12, the model 8 and 11/);
    await expect(evaluateRows(model, empty, { rows: 0 })).rejects.toThrow(/rows is 0/);
    await expect(evaluateRows(model, empty, { rows: 1, size: 1 } as never)).rejects.toThrow(/size/);
  });
});
