// What explanations find inside Llama, Mistral and Qwen2, with grouped heads, windows and biases: against PyTorch's logits, against the fused
// attention with masks, which shares no step with them, against models with changed weights, and against differences.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { add, init, logSoftmax, type Engine, type Tensor } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { headScores, importanceByAblation, importanceByGradient, inspect, intervenedModel, logitLens, repeatedTokens, textEmbedding, type Interventions } from '../src/explain.js';
import { Decoder, type Llama } from '../src/index.js';
import { loadModel } from '../src/node.js';

const fixtures = fileURLToPath(new URL('./fixtures/llama', import.meta.url));
const names = (await readdir(fixtures, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);

const devices: [string, number, () => Promise<Engine>][] = [
  ['cpu in double precision', 1e-9, () => init('cpu', { precision: 'float64' })],
  ['wasm', 5e-5, () => init('wasm')],
];

async function logitsWith(model: Llama, ids: readonly number[], interventions: Interventions): Promise<number[]> {
  const inspection = inspect(model, ids, interventions);
  const logits = Array.from(await inspection.logits());
  inspection.dispose();
  return logits;
}

/** The logits, with each block's attention computed by the fused operation under a mask: numbers (1, 1 or heads, time, time) that are added. */
async function logitsUnder(model: Llama, ids: readonly number[], maskOf: (layer: number) => Tensor): Promise<number[]> {
  const { engine } = model;
  const logits = engine.scope(() =>
    engine.noGradient(() => {
      let x = model.tokens.forward(engine.tensor(ids, [1, ids.length], 'int32'));
      model.blocks.forEach((block, layer) => {
        const normed = block.attentionNorm.forward(x);
        x = add(x, block.attention.forward(normed, normed, { mask: maskOf(layer) }));
        x = add(x, block.feedForward.forward(block.feedForwardNorm.forward(x)));
      });
      return model.logits(x);
    }),
  );
  return Array.from(await logits.data());
}

/** Like plain attention, but for the links for which `isCut`. */
function maskWithout(engine: Engine, heads: number, time: number, isCut: (head: number, query: number, key: number) => boolean): Tensor {
  return engine.tensor(Float32Array.from({ length: heads * time * time }, (_, i) => (isCut(Math.floor(i / time / time), Math.floor(i / time) % time, i % time) ? -Infinity : 0)), [1, heads, time, time]);
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  const size = Math.max(1, ...Array.from(expected, Math.abs));
  for (let i = 0; i < expected.length; i++) expect(Math.abs(actual[i]! - expected[i]!) / size, `element ${i}: ${actual[i]} instead of ${expected[i]}`).toBeLessThan(tolerance);
}

describe.each(names)('inside %s', async (name) => {
  const folder = join(fixtures, name);
  const { ids: text, loss } = JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8')) as { ids: number[]; loss: { logits_first: number[]; logits_last: number[] } };
  const ids = text.slice(0, 12);
  const time = ids.length;

  describe.each(devices)('on %s', async (_, tolerance, make) => {
    const engine = await make();
    const load = async (): Promise<Llama> => (await loadModel(engine, folder)) as Llama;
    const model = await load();
    const { heads, keyValueHeads, headSize, window } = model.blocks[0]!.attention;
    const { layers, width, vocabSize } = model.config;
    const last = layers - 1;

    it('an inspection has the bits of the forward pass, and its logits are those of PyTorch', async () => {
      const plain = await engine.scope(() => engine.noGradient(() => model.forward(engine.tensor(text, [1, text.length], 'int32')))).data();
      const logits = await logitsWith(model, text, {});
      expect(logits).toEqual(Array.from(plain));
      expectClose(logits.slice(0, vocabSize), loss.logits_first, 1e-5);
      expectClose(logits.slice(-vocabSize), loss.logits_last, 1e-5);
    });

    it('heads are those of the queries, with the weights of the fused attention; heads of a group share key and value', async () => {
      const inspection = inspect(model, ids);
      const { weights, shape } = await inspection.patterns();
      expect(shape).toEqual([layers, heads, time, time]);
      for (let layer = 0; layer < layers; layer++) {
        const { attention, attentionNorm } = model.blocks[layer]!;
        const fused = engine.scope(() => engine.noGradient(() => attention.attentionWeights(attentionNorm.forward(inspection.streamTensor(layer)))));
        expectClose(Array.from(weights).slice(layer * heads * time * time, (layer + 1) * heads * time * time), await fused.data(), Math.max(tolerance, 1e-6)); // patterns are kept in single precision
      }
      const found = await Promise.all(Array.from({ length: heads }, (_, head) => inspection.head(last, head)));
      for (const [head, { query, key, value }] of found.entries()) {
        expect([query.length, key.length, value.length]).toEqual(Array(3).fill(time * headSize));
        const first = found[head - (head % (heads / keyValueHeads))]!;
        expect([key, value]).toEqual([first.key, first.value]);
      }
      if (keyValueHeads > 1) expect(found[0]!.key).not.toEqual(found.at(-1)!.key);
      // What all heads take along, through the projection, is what attention adds.
      const taken = Array.from({ length: time }, (_, position) => found.flatMap(({ output }) => Array.from(output.subarray(position * headSize, (position + 1) * headSize)))).flat();
      const projected = engine.scope(() => engine.noGradient(() => model.blocks[last]!.attention.projection.forward(engine.tensor(taken, [1, time, heads * headSize]))));
      const block = await inspection.block(last);
      expectClose(block.attention, await projected.data(), tolerance);
      expectClose(block.output, block.input.map((value, i) => value + block.attention[i]! + block.feedForward[i]!), tolerance);
      inspection.dispose();
    });

    it('cut links are hidden in the fused attention', async () => {
      // The first position would see nothing else, which no mask says; it keeps its link.
      const ofOneHead = Array.from({ length: time - 1 }, (_, i) => ({ layer: 0, head: 1, query: i + 1, key: 0 }));
      const isCut = (layer: number) => (head: number, query: number, key: number): boolean => query > 0 && ((layer === 0 && head === 1 && key === 0) || (query === time - 1 && key === 2));
      const under = await logitsUnder(model, ids, (layer) => maskWithout(engine, heads, time, isCut(layer)));
      expectClose(await logitsWith(model, ids, { linksCut: [...ofOneHead, { query: time - 1, key: 2 }] }), under, tolerance);
      expect(under).not.toEqual(await logitsWith(model, ids, {}));
    });

    it('without a head it is a model whose projection has no rows for it', async () => {
      const without = await load();
      const weight = without.blocks[last]!.attention.namedParameters().get('projection.weight')!;
      const row = (i: number): number => Math.floor(i / width / headSize);
      weight.set((await weight.data()).map((value, i) => (row(i) === 1 ? 0 : value)));
      const expected = await logitsWith(without, ids, {});
      expectClose(await logitsWith(model, ids, { headsOff: [{ layer: last, head: 1 }] }), expected, tolerance);
      expect(expected).not.toEqual(await logitsWith(model, ids, {}));
      without.dispose();
    });

    it('only distances count in the order that it is told, and with none it cannot tell one from another', async () => {
      const plain = await logitsWith(model, ids, {});
      expectClose(await logitsWith(model, ids, { positions: ids.map((_, i) => i + 3) }), plain, Math.max(tolerance, 1e-5)); // the table of turns is in single precision
      const unordered = await logitsWith(model, ids, { positions: 'none' });
      expect(Math.max(...unordered.map((logit, i) => Math.abs(logit - plain[i]!)))).toBeGreaterThan(1e-3);
      expectClose(await logitsWith(model, ids, { positions: ids.map(() => 7) }), unordered, Math.max(tolerance, 1e-5));
      if (model.blocks.some(({ attention }) => attention.window > 0)) return;
      // Told no order and with the mask lifted, the text backwards has the same answers backwards.
      const free = { positions: 'none', maskLifted: true } as const;
      const rows = (logits: number[]): number[][] => ids.map((_, position) => logits.slice(position * vocabSize, (position + 1) * vocabSize));
      expectClose(rows(await logitsWith(model, ids.toReversed(), free)).toReversed().flat(), await logitsWith(model, ids, free), tolerance);
    });

    it('a window stays when the mask is lifted', async () => {
      const inspection = inspect(model, ids, { maskLifted: true });
      const { weights } = await inspection.head(0, 0);
      for (let i = 0; i < time * time; i++) expect(weights[i]! > 0, `link ${i}`).toBe(window === 0 || Math.abs(Math.floor(i / time) - (i % time)) < window);
      inspection.dispose();
    });

    it('importance is what masks and differences find', async () => {
      const { target, logProbability, importance } = await importanceByAblation(model, ids);
      const chanceOf = async (logits: number[]): Promise<number> => (await engine.scope(() => logSoftmax(engine.tensor(logits.slice(-vocabSize), [1, vocabSize]))).data())[target]!;
      for (const position of [0, 3, time - 2]) {
        const hidden = await logitsUnder(model, ids, () => maskWithout(engine, 1, time, (_, query, key) => key === position && query !== position));
        expect(importance[position]).toBeCloseTo(logProbability - (await chanceOf(hidden)), 4);
      }
      const { importance: gradients } = await importanceByGradient(model, ids, { target });
      const end = time - 1;
      expect(ids.indexOf(ids[end]!)).toBe(end); // its row of the table is that of no other position
      if (tolerance > 1e-6 || model.config.tiedEmbeddings) return; // single precision is too coarse for differences, and a tied row is an output, too
      const weight = model.tokens.weight;
      const before = await weight.data();
      const kept = before.slice();
      const scaled = async (factor: number): Promise<number> => {
        weight.set(kept.map((value, i) => (Math.floor(i / width) === ids[end] ? factor * value : value)));
        return chanceOf(await logitsWith(model, ids, {}));
      };
      const step = 1e-4;
      const slope = ((await scaled(1 + step)) - (await scaled(1 - step))) / (2 * step);
      weight.set(kept);
      expect(gradients[end]).toBeCloseTo(slope, 5);
    });

    it('lens, scores, vectors and writing agree with the model, and leave no memory behind', async () => {
      const everything = async (): Promise<void> => {
        const inspection = inspect(model, ids, {});
        expect((await logitLens(inspection)).at(-1)).toEqual(await inspection.predictions());
        inspection.dispose();
        const scores = await headScores(model, [repeatedTokens(vocabSize, { length: 4 })]);
        expect(scores.induction!.map((row) => row.length)).toEqual(Array(layers).fill(heads));
        expect((await textEmbedding(model, ids)).length).toBe(width);
        const decoder = new Decoder(model);
        expectClose(await intervenedModel(model, {}).next(ids), await decoder.next(ids), Math.max(tolerance, 1e-6)); // both are in single precision
        decoder.dispose();
        const changed = { headsOff: [{ layer: 0, head: 0 }], positions: 'none' } as const;
        expectClose(await intervenedModel(model, changed).next(ids), (await logitsWith(model, ids, changed)).slice(-vocabSize), Math.max(tolerance, 1e-6));
        await importanceByAblation(model, ids, { interventions: { positions: 'none' } });
        await importanceByGradient(model, ids);
      };
      await everything();
      const before = engine.memory();
      await everything();
      expect(engine.memory()).toEqual(before);
    });
  });
});
