// What explanations promise beside their numbers: the plain forward pass, other models, memory, and errors.
import { backward, crossEntropy, init } from '@kk/nn-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headScores, importanceByAblation, importanceByGradient, inspect, intervenedModel, logitLens, predictionOf, repeatedTokens, textEmbedding, type Interventions } from '../src/explain.js';
import { Decoder, GPT, quantizeModel } from '../src/index.js';
import { expectExplanationsAsOnCpu } from './support/explanation-cases.js';

const config = { vocabSize: 13, contextLength: 9, layers: 2, heads: 2, width: 8, dropout: 0.5 };
const engine = await init('wasm');
const model = new GPT(engine, config, { seed: 3 });
const ids = [3, 1, 4, 1, 5, 9, 2];

const plainLogits = async (one = model): Promise<number[]> => [...(await engine.scope(() => engine.noGradient(() => one.forward(engine.tensor(ids, [1, ids.length], 'int32')))).data())];

async function logitsWith(interventions: Interventions, one = model): Promise<number[]> {
  const inspection = inspect(one, ids, interventions);
  const logits = [...(await inspection.logits())];
  inspection.dispose();
  return logits;
}

function expectClose(actual: readonly number[], expected: readonly number[], tolerance = 1e-6): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => expect(Math.abs(actual[i]! - value), `element ${i}`).toBeLessThan(tolerance));
}

describe('an inspection', () => {
  it('without interventions has the bits of the plain forward pass, also while the model trains', async () => {
    const plain = await plainLogits();
    expect(await logitsWith({})).toEqual(plain);
    model.setTraining(true);
    expect(await logitsWith({})).toEqual(plain);
    model.setTraining(false);
  });

  it('with interventions that change nothing has its numbers', async () => {
    const plain = await plainLogits();
    for (const interventions of [{ headsOff: [], linksCut: [], maskLifted: false }, { positions: ids.map((_, i) => i) }, { linksCut: [{ query: 2, key: 5 }] }]) expectClose(await logitsWith(interventions), plain);
  });

  it('without a head is a model whose projection has no rows for it', async () => {
    const without = new GPT(engine, config, { seed: 3 });
    const weight = without.blocks[1]!.attention.namedParameters().get('projection.weight')!;
    weight.set((await weight.data()).map((value, i) => (i < 4 * 8 ? 0 : value)));
    expectClose(await logitsWith({ headsOff: [{ layer: 1, head: 0 }] }), await plainLogits(without));
    expect(await logitsWith({ headsOff: [{ layer: 1, head: 0 }] })).not.toEqual(await plainLogits());
    without.dispose();
  });

  it('with the mask lifted lets the first position see the last token; else it does not', async () => {
    const firstRow = async (last: number, interventions: Interventions): Promise<number[]> => {
      const inspection = inspect(model, [...ids.slice(0, -1), last], interventions);
      const row = [...(await inspection.logits())].slice(0, config.vocabSize);
      inspection.dispose();
      return row;
    };
    expect(await firstRow(7, {})).toEqual(await firstRow(8, {}));
    expect(await firstRow(7, { maskLifted: true })).not.toEqual(await firstRow(8, { maskLifted: true }));
  });

  it('keeps what it found when the model changes', async () => {
    const changing = new GPT(engine, config, { seed: 4 });
    const inspection = inspect(changing, ids);
    const read = async (): Promise<unknown> => [await inspection.logits(), await inspection.block(1), await inspection.head(1, 1), await inspection.patterns()];
    const before = await read();
    for (const parameter of changing.parameters()) parameter.set((await parameter.data()).map((value) => value + 1));
    expect(await read()).toEqual(before);
    inspection.dispose();
    changing.dispose();
  });

  it('reads models in int8, too; only their gradient is refused', async () => {
    const small = await quantizeModel(new GPT(engine, config, { seed: 3 }));
    expect(await logitsWith({}, small)).toEqual(await plainLogits(small));
    expect((await importanceByAblation(small, ids)).importance.length).toBe(ids.length - 1);
    await expect(importanceByGradient(small, ids)).rejects.toThrow(/int8 weights have no gradient: use importanceByAblation/);
    small.dispose();
  });
});

describe('importance', () => {
  it('of the only token there is: none before it by ablation, its own by the gradient', async () => {
    expect([...(await importanceByAblation(model, [3])).importance]).toEqual([]);
    expect((await importanceByGradient(model, [3])).importance.length).toBe(1);
  });

  it('leaves the gradients of a training alone, and what is frozen frozen', async () => {
    const trained = new GPT(engine, config, { seed: 5 });
    trained.freeze('tokens');
    engine.scope(() => backward(crossEntropy(trained.forward(engine.tensor(ids, [1, ids.length], 'int32')), engine.tensor(ids, [1, ids.length], 'int32'))));
    const gradients = (): Promise<unknown[]> => Promise.all(trained.parameters().map(async ({ gradient, requiresGradient }) => [requiresGradient, gradient && [...(await gradient.data())]]));
    const before = await gradients();
    const { importance } = await importanceByGradient(trained, ids);
    expect(importance.some((value) => value !== 0)).toBe(true);
    expect(await gradients()).toEqual(before);
    trained.dispose();
  });

  it('in several batches is what it is in one', async () => {
    const long = new GPT(engine, { vocabSize: 5, contextLength: 160, layers: 1, heads: 2, width: 4 }, { seed: 6 });
    const text = Array.from({ length: 160 }, (_, i) => (i * i) % 5); // 20 positions a pass
    const { importance, target, logProbability } = await importanceByAblation(long, text);
    for (const position of [0, 19, 20, 21, 158]) {
      const inspection = inspect(long, text, { linksCut: text.flatMap((_, query) => (query === position ? [] : [{ query, key: position }])) });
      const { tracked } = (await inspection.predictions({ track: [target] })).at(-1)!;
      expect(importance[position]).toBeCloseTo(logProbability - Math.log(tracked[0]!.probability), 5);
      inspection.dispose();
    }
    long.dispose();
  });
});

describe('predictions', () => {
  it('list the most probable tokens in order, and agree about any of them', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 12 }), fc.nat(14), (logits, alternatives) => {
        const all = predictionOf(logits, undefined, { alternatives: logits.length, track: logits.map((_, id) => id) });
        const order = logits.map((_, id) => id).sort((a, b) => logits[b]! - logits[a]! || a - b);
        expect(all.alternatives.map(({ id }) => id)).toEqual(order);
        expect(all.alternatives.map(({ rank }) => rank)).toEqual(order.map((_, rank) => rank));
        expect(all.alternatives.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
        expect(all.entropy).toBeCloseTo(all.alternatives.reduce((sum, { probability }) => sum - probability * Math.log(probability), 0), 9);
        for (const chance of all.alternatives) expect(all.tracked[chance.id]).toEqual(chance);
        expect(predictionOf(logits, 0, { alternatives })).toEqual({ ...all, alternatives: all.alternatives.slice(0, alternatives), actual: all.tracked[0], tracked: [] });
      }),
    );
  });

  it('know the next token of the text, and none after the last', async () => {
    const inspection = inspect(model, ids);
    const predictions = await inspection.predictions();
    expect(predictions.map(({ actual }) => actual?.id ?? null)).toEqual([...ids.slice(1), null]);
    inspection.dispose();
  });
});

describe('heads and texts', () => {
  it('are scored by the mean over texts; induction only where a token comes again', async () => {
    const texts = [ids, repeatedTokens(config.vocabSize, { length: 4, first: 0 })];
    const alone = await Promise.all(texts.map((text) => headScores(model, [text])));
    const both = await headScores(model, texts);
    for (const name of ['entropy', 'meanDistance', 'previousToken', 'firstToken', 'induction'] as const) {
      expectClose(both[name]!.flat(), alone[0]![name]!.flat().map((value, i) => (value + alone[1]![name]!.flat()[i]!) / 2), 1e-12);
    }
    expect((await headScores(model, [[1, 2, 3]])).induction).toBeNull();
  });

  it('repeated tokens are different ones, again and again, the same for a seed', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(99), { minLength: 2, maxLength: 30 }), fc.integer({ min: 2, max: 4 }), fc.nat(), (tokens, repeats, seed) => {
        const text = repeatedTokens(tokens, { length: tokens.length, repeats, seed });
        expect([...text.subarray(0, tokens.length)].sort((a, b) => a - b)).toEqual([...tokens].sort((a, b) => a - b));
        for (let i = tokens.length; i < tokens.length * repeats; i++) expect(text[i]).toBe(text[i - tokens.length]);
        expect(repeatedTokens(tokens, { length: tokens.length, repeats, seed })).toEqual(text);
      }),
    );
    expect([...repeatedTokens(9, { length: 2, first: 8 })]).toHaveLength(5);
  });

  it('an intervened model writes what its inspection expects, and the plain one what a decoder does', async () => {
    const close = async (interventions: Parameters<typeof intervenedModel>[1], expected: ArrayLike<number>): Promise<void> => expectClose([...(await intervenedModel(model, interventions).next(ids))], Array.from(expected));
    await close({}, await new Decoder(model).next(ids));
    await close({ headsOff: [{ layer: 0, head: 1 }], positions: 'none' }, (await logitsWith({ headsOff: [{ layer: 0, head: 1 }], positions: 'none' })).slice(-config.vocabSize));
    await expect(intervenedModel(model, {}).next([])).rejects.toThrow(/context is empty/);
    expect((await intervenedModel(model, {}).next([...ids, ...ids])).length).toBe(config.vocabSize); // longer than the context
  });
});

it('on wasm finds what cpu finds', () => expectExplanationsAsOnCpu(engine, 1e-4));

it('leaves no memory behind', async () => {
  const everything = async (): Promise<void> => {
    const inspection = inspect(model, ids, { maskLifted: true });
    await inspection.head(0, 0);
    await inspection.patterns();
    await logitLens(inspection);
    inspection.dispose();
    await importanceByAblation(model, ids);
    await importanceByGradient(model, ids);
    await textEmbedding(model, ids);
    await textEmbedding(model, ids, { blocks: 0 });
    await headScores(model, [ids]);
    await intervenedModel(model, { maskLifted: true }).next(ids);
  };
  await everything();
  const before = engine.memory();
  await everything();
  expect(engine.memory()).toEqual(before);
});

describe('what does not fit is refused with what there is', () => {
  it.each<[unknown, RegExp]>([
    [{ headOff: [] }, /interventions: unknown option 'headOff', did you mean 'headsOff'\?/],
    [{ headsOff: [{ layer: 2, head: 0 }] }, /headsOff\[0\]\.layer is 2; expected a whole number from 0 to 1/],
    [{ headsOff: [{ layer: 0 }] }, /headsOff\[0\]: the option 'head' is missing/],
    [{ linksCut: [{}, { layer: 0, querys: 1 }] }, /linksCut\[1\]: unknown option 'querys', did you mean 'query'\?/],
    [{ linksCut: [{ query: 7 }] }, /linksCut\[0\]\.query is 7; expected a whole number from 0 to 6/],
    [{ maskLifted: 'yes' }, /maskLifted/],
    [{ positions: [0, 1] }, /positions is a list of 2; expected 'none', or a list with a position for each of the 7 tokens/],
    [{ positions: 'shuffled' }, /positions is "shuffled"/],
    [{ positions: [0, 1, 2, 3, 4, 5, 9] }, /positions\[6\] is 9; expected a whole number from 0 to 8/],
  ])('interventions %j', (interventions, message) => {
    expect(() => inspect(model, ids, interventions as Interventions)).toThrow(message);
  });

  it('texts, targets, options and what is asked of an inspection', async () => {
    expect(() => inspect(model, [])).toThrow(/inspect: the text has 0 tokens; expected 1 to 9, the context length: give at least one token/);
    await expect(importanceByAblation(model, new Int32Array(10))).rejects.toThrow(/importanceByAblation: the text has 10 tokens/);
    await expect(importanceByGradient(model, ids, { target: 13 })).rejects.toThrow(/importanceByGradient: target is 13; expected a whole number from 0 to 12/);
    await expect(importanceByGradient(model, ids, { targets: 1 } as never)).rejects.toThrow(/did you mean 'target'/);
    await expect(textEmbedding(model, ids, { blocks: 3 })).rejects.toThrow(/blocks is 3; expected a whole number from 0 to 2/);
    await expect(textEmbedding(model, ids, { pooling: 'max' as never })).rejects.toThrow(/pooling is "max"; expected 'mean' or 'last'/);
    await expect(headScores(model, [])).rejects.toThrow(/there is no text/);
    expect(() => repeatedTokens(3, { length: 4 })).toThrow(/length is 4; expected 2 to 3/);
    expect(() => repeatedTokens(9, { length: 4, repeats: 1 })).toThrow(/repeats is 1/);
    expect(() => predictionOf([0, NaN], undefined)).toThrow(/The logits hold NaN: the weights of this model are not finite/);
    const inspection = inspect(model, ids);
    await expect(inspection.head(0, 2)).rejects.toThrow(/head is 2; expected a whole number from 0 to 1/);
    await expect(inspection.block(2)).rejects.toThrow(/layer is 2/);
    await expect(inspection.predictions({ track: [13] })).rejects.toThrow(/track: 13 is no token id; the vocabulary has the ids 0 to 12/);
    await expect(inspection.predictions({ alternatives: -1 })).rejects.toThrow(/alternatives is -1/);
    inspection.dispose();
  });
});
