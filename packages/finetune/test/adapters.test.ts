// Adapters in whole models: what is trained, switching, stacking, merging, taking away, in both families.
import { GPT, huggingFaceNames, Llama, quantizeModel, toSafetensors, Trainer, type Transformer } from '@kk/gpt';
import { init, type Engine } from '@kk/nn-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adaptersOf, addLora, checkMerge, toPeft, type Adapter } from '../src/index.js';
import { families, fill, logitsOf, text, trainingOptions, type Family } from './support/tiny-models.js';

let engine: Engine;
beforeAll(async () => {
  engine = await init('wasm', { threads: 1 });
});
afterAll(() => engine.dispose());

const farthest = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
const snapshot = (model: Transformer): Map<string, number[]> => new Map([...model.namedTensors()].map(([name, tensor]) => [name, [...tensor.dataSync()]]));

describe.each(Object.entries(families))('%s', (_, { create }: Family) => {
  it('changes nothing at first, to the bit, and again when it is taken away', () => {
    const model = create(engine);
    const [before, logits] = [snapshot(model), logitsOf(model)];
    const adapter = addLora(model, { rank: 3, seed: 1, trainableTokens: [2, 9] });
    expect(farthest(logitsOf(model), logits)).toBeLessThan(1e-6);
    fill(adapter, 2);
    expect(farthest(logitsOf(model), logits)).toBeGreaterThan(1e-3);
    adapter.disable();
    expect(logitsOf(model)).toEqual(logits);
    adapter.enable();
    adapter.merge();
    adapter.remove();
    expect(snapshot(model)).toEqual(before);
    expect(logitsOf(model)).toEqual(logits);
    expect(model.trainableParameters()).toHaveLength(model.parameters().length);
    expect(() => adapter.enable()).toThrow(/removed/);
    model.dispose();
  });

  it('trains the adapter alone, and the loss falls', async () => {
    const model = create(engine);
    const base = snapshot(model);
    const adapter = addLora(model, { rank: 4, alpha: 8, dropout: 0.1, seed: 1, trainableTokens: [5] });
    expect(new Set(model.trainableParameters())).toEqual(new Set(adapter.parameters()));
    const trainer = new Trainer(model, text, trainingOptions);
    const losses: number[] = [];
    while (!trainer.isDone) losses.push((await trainer.step()).loss);
    trainer.dispose();
    expect(losses.at(-1)!).toBeLessThan(losses[0]! - 0.1);
    const rows = new Set([...adapter.namedParameters().keys()].filter((name) => name.endsWith('.rows')));
    expect(rows).toEqual(new Set(model.config.tiedEmbeddings === false || (model instanceof Llama && !model.config.tiedEmbeddings) ? ['tokens.rows', 'outputEmbedding.rows'] : ['tokens.rows']));
    for (const [name, parameter] of adapter.namedParameters()) expect([...parameter.dataSync()].some((number) => number !== 0), name).toBe(true);
    adapter.remove();
    expect(snapshot(model)).toEqual(base);
    model.dispose();
  });

  it('is the same merged, and gives the weights back to the bit, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 9 }), fc.integer({ min: 0, max: 1000 }), (toggles, seed) => {
        const model = create(engine);
        const weights = snapshot(model);
        const adapters: Adapter[] = [1, 2, 3].map((i) => addLora(model, { rank: i, alpha: 2, seed: seed + i, name: `a${i}`, trainableTokens: [i] }));
        adapters.forEach((adapter, i) => fill(adapter, seed + i));
        const logits = logitsOf(model);
        for (const i of toggles) {
          if (adapters[i]!.isMerged) adapters[i]!.unmerge();
          else adapters[i]!.merge();
          expect(farthest(logitsOf(model), logits)).toBeLessThan(1e-4);
        }
        for (const adapter of adapters) adapter.remove();
        expect(snapshot(model)).toEqual(weights);
        model.dispose();
      }),
      { numRuns: 5, seed: Number(process.env.KK_TEST_SEED ?? 1) },
    );
  });

  it('adds up what is switched on', () => {
    const model = create(engine);
    const one = addLora(model, { rank: 2, seed: 1, name: 'one', targets: 'blocks.0' });
    const two = addLora(model, { rank: 2, seed: 2, name: 'two', targets: ['blocks.*.attention', /projection$/] });
    [one, two].forEach((adapter, i) => fill(adapter, i));
    const both = logitsOf(model);
    one.disable();
    const second = logitsOf(model);
    expect(farthest(second, both)).toBeGreaterThan(1e-4);
    two.merge();
    expect(farthest(logitsOf(model), second)).toBeLessThan(1e-4);
    one.enable();
    expect(farthest(logitsOf(model), both)).toBeLessThan(1e-4);
    expect([...adaptersOf(model).keys()]).toEqual(['one', 'two']);
    expect(() => one.mergeAndRemove()).toThrow(/two|other adapters/);
    model.dispose();
  });

  it('becomes the model itself, which is then saved as any other', async () => {
    const model = create(engine);
    const adapter = addLora(model, { rank: 2, seed: 1, trainableTokens: [0, 7] });
    fill(adapter, 3);
    const logits = logitsOf(model);
    expect(() => huggingFaceNames(model)).toThrow(/replaced/);
    expect(adapter.mergeAndRemove()).toBe(model);
    expect(farthest(logitsOf(model), logits)).toBeLessThan(1e-4);
    expect((await toSafetensors(model)).length).toBeGreaterThan(1000);
    expect(adaptersOf(model).size).toBe(0);
    model.dispose();
  });

  it('is what generation with int8 weights adds to', async () => {
    const model = create(engine);
    const adapter = addLora(model, { rank: 2, seed: 1, trainableTokens: [4, 7] });
    const other = addLora(model, { rank: 2, seed: 2, trainableTokens: [0], name: 'other' });
    fill(adapter, 3);
    fill(other, 4);
    const logits = logitsOf(model);
    await quantizeModel(model);
    expect(farthest(logitsOf(model), logits)).toBeLessThan(0.1);
    // Rows that an adapter trains are not rounded; the logits of other tokens do not change with them.
    const rounded = logitsOf(model);
    const { rows } = adapter.tables.get('outputEmbedding')!.weights;
    const isTied = adapter.tables.get('tokens')!.weights.rows === rows;
    if (!isTied) {
      rows.set(new Float64Array(rows.size));
      expect([...logitsOf(model)]).toEqual([...rounded].map((logit, i) => ([4, 7].includes(i % 11) ? 0 : logit)));
    }
    expect((await toPeft(adapter)).tensors.size).toBe((isTied ? 1 : 2) + 2 * adapter.layers.size);
    await expect(checkMerge(adapter)).rejects.toThrow(/int8 weights.* Save the adapter before quantizeModel/);
    expect(() => adapter.merge()).toThrow(/int8 weights/);
    expect(() => new Trainer(model, text, trainingOptions)).toThrow(/int8 weights/);
    expect(() => addLora(model, { rank: 2, seed: 1, name: 'late' })).toThrow(/int8 weights/);
    model.dispose();
  });
});

describe('what cannot be', () => {
  const refused = (options: object, message: RegExp): void => {
    const model = new GPT(engine, { vocabSize: 11, contextLength: 8, layers: 2, heads: 2, width: 16 });
    const before = [...model.namedTensors().keys()];
    expect(() => addLora(model, options as never)).toThrow(message);
    expect([...model.namedTensors().keys()]).toEqual(before);
    expect(model.trainableParameters()).toHaveLength(model.parameters().length);
    model.dispose();
  };

  it.each([
    [{ seed: 1 }, /'rank' is missing/],
    [{ rank: 2, seed: 1, alpah: 3 }, /unknown option 'alpah'/],
    [{ rank: 0, seed: 1 }, /rank is 0; expected a whole number from 1/],
    [{ rank: 2.5, seed: 1 }, /rank is 2.5/],
    [{ rank: 2, seed: -1 }, /seed is -1/],
    [{ rank: 2, seed: 1, alpha: NaN }, /alpha is NaN/],
    [{ rank: 2, seed: 1, alpha: -Infinity }, /alpha is -Infinity/],
    [{ rank: 2, seed: 1, alpha: 0 }, /alpha is 0; expected a finite number other than 0/],
    [{ rank: 2, seed: 1, alphaPattern: { 'blocks.0': 0 } }, /alphaPattern\["blocks.0"\] is 0/],
    [{ rank: 2, seed: 1, dropout: 1 }, /dropout is 1/],
    [{ rank: 2, seed: 1, name: 'a.b' }, /name is "a.b"/],
    [{ rank: 2, seed: 1, targets: 'blocks.*.atention' }, /no linear layer is called so; there are blocks.0.attention.queryKeyValue/],
    [{ rank: 2, seed: 1, targets: [] }, /empty list/],
    [{ rank: 2, seed: 1, targets: 'tokens' }, /no linear layer is called so/],
    [{ rank: 2, seed: 1, targets: 'outputEmbedding' }, /no linear layer is called so/],
    [{ rank: 2, seed: 1, rankPattern: { 'blocks.7': 3 } }, /names blocks.7/],
    [{ rank: 2, seed: 1, rankPattern: { 'blocks.0': 0 } }, /rankPattern\["blocks.0"\] is 0/],
    [{ rank: 2, seed: 1, alphaPattern: [3] }, /alphaPattern is a list/],
    [{ rank: 2, seed: 1, trainableTokens: [11] }, /holds 11; expected different ids from 0 to 10/],
    [{ rank: 2, seed: 1, trainableTokens: [1, 1] }, /holds 1; expected different ids/],
  ])('%j', (options, message) => refused(options, message));

  it('two adapters of one name, or of one token', () => {
    const model = new GPT(engine, { vocabSize: 11, contextLength: 8, layers: 1, heads: 2, width: 16 });
    addLora(model, { rank: 2, seed: 1, trainableTokens: [3] });
    expect(() => addLora(model, { rank: 2, seed: 1 })).toThrow(/called default already/);
    expect(() => addLora(model, { rank: 2, seed: 1, name: 'b', trainableTokens: [3] })).toThrow(/default trains the row of token 3 already/);
    model.dispose();
  });

  it('merging what is off, or switching off what is merged', () => {
    const model = new GPT(engine, { vocabSize: 11, contextLength: 8, layers: 1, heads: 2, width: 16 });
    const adapter = addLora(model, { rank: 2, seed: 1, rankPattern: { 'blocks.0.attention': 3 }, alphaPattern: { 'blocks.*.feedForward': 6 } });
    expect([...adapter.layers].map(([name, { weights }]) => [name, weights.rank, weights.alpha])).toEqual([
      ['blocks.0.attention.queryKeyValue', 3, 2], ['blocks.0.attention.projection', 3, 2],
      ['blocks.0.feedForward.expansion', 2, 6], ['blocks.0.feedForward.projection', 2, 6],
    ]);
    expect(() => adapter.unmerge()).toThrow(/is not merged/);
    expect(() => adapter.disable().merge()).toThrow(/switched off/);
    adapter.enable().merge();
    expect(() => adapter.merge()).toThrow(/merged already/);
    expect(() => adapter.disable()).toThrow(/merged into the weights/);
    model.dispose();
  });
});
