// The table of every combination, for any engine: both forms of attention, output and gradients, against PyTorch
// (fixtures/combinations.torch.json, made by the script beside it).
import { attention, backward, multiply, sum, type AttentionOptions, type Engine, type Tensor } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { alibiSlopes, attentionMask, groupedQueryAttention, RotaryPositions, type AttentionMaskOptions } from '../../src/index.js';

type Attends = 'self' | 'cross';
interface Case {
  readonly attends: Attends;
  readonly keyValueHeads: 4 | 2 | 1;
  readonly mask: 'full' | 'causal' | 'window' | 'prefix' | 'padding' | 'segments' | 'custom';
  readonly positions: 'none' | 'alibi' | 'rope';
  readonly y: number[];
  readonly gradients: number[][];
}
interface Masks {
  readonly window: number;
  readonly keyRanges: Record<Attends, [number, number][]>;
  readonly prefixLengths: number[];
  readonly segments: Record<Attends, number[][]>;
  readonly keySegments: Record<Attends, number[][]>;
  readonly custom: Record<Attends, (number | null)[]>;
}
/** fixtures/combinations.torch.json. */
export interface Table {
  readonly masks: Masks;
  readonly inputs: Record<string, number[][]>;
  readonly cases: readonly Case[];
}
const [batch, heads, headSize] = [2, 4, 2];
const times = { self: { queries: 4, keys: 4 }, cross: { queries: 3, keys: 5 } };
const headKinds = { 4: 'multi-head', 2: 'grouped-query', 1: 'multi-query' };

const customMask = (engine: Engine, masks: Masks, attends: Attends): Tensor =>
  engine.tensor(masks.custom[attends].map((number) => number ?? -Infinity), [1, heads, times[attends].queries, times[attends].keys]);

/** The options of the fused form. */
function fusedOptions(engine: Engine, masks: Masks, { attends, keyValueHeads, mask, positions }: Case): AttentionOptions {
  const integers = (numbers: readonly (readonly number[])[]): Tensor => engine.tensor(numbers.flat(), [batch, numbers[0]!.length], 'int32');
  return {
    heads, keyValueHeads, causal: ['causal', 'window', 'prefix', 'segments'].includes(mask), window: mask === 'window' ? masks.window : 0,
    ...(mask === 'prefix' && { prefixLengths: engine.tensor(masks.prefixLengths, [batch], 'int32') }),
    ...(mask === 'padding' && { keyRanges: integers(masks.keyRanges[attends]) }),
    ...(mask === 'segments' && { segments: integers(masks.segments[attends]), keySegments: integers(masks.keySegments[attends]) }),
    ...(mask === 'custom' && { mask: customMask(engine, masks, attends) }),
    ...(positions === 'alibi' && { alibiSlopes: engine.tensor(alibiSlopes(heads)) }),
  };
}

/** The same for the readable form: one mask. */
function readableMask(engine: Engine, masks: Masks, { attends, mask, positions }: Case): Tensor {
  const options: AttentionMaskOptions = {
    ...times[attends], causal: ['causal', 'window', 'prefix', 'segments'].includes(mask), window: mask === 'window' ? masks.window : 0,
    ...(mask === 'prefix' && { prefixLengths: masks.prefixLengths }),
    ...(mask === 'padding' && { keyRanges: masks.keyRanges[attends] }),
    ...(mask === 'segments' && { segments: masks.segments[attends], keySegments: masks.keySegments[attends] }),
    ...(mask === 'custom' && { mask: customMask(engine, masks, attends) }),
    ...(positions === 'alibi' && { alibiSlopes: alibiSlopes(heads) }),
  };
  return attentionMask(engine, options);
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  expect(actual.length, what).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    // The fixture has six digits.
    if (!(Math.abs(actual[i]! - expected[i]!) <= 1e-5 * Math.max(1, Math.abs(expected[i]!)))) expect.fail(`${what}, element ${i}: ${actual[i]} instead of ${expected[i]}`);
  }
}

const FORMS = ['fused', 'step by step'] as const;

/** Registers the tests. @param name of the engine that `make` makes */
export function combinationTests(name: string, { masks, inputs, cases }: Table, make: () => Promise<Engine>, forms: readonly (typeof FORMS)[number][] = FORMS): void {
  describe(`attention on ${name} agrees with PyTorch`, async () => {
    const engine = await make();
    const rotary = new RotaryPositions(engine, { headSize, contextLength: 8 });

    it('in a table of every combination', () => {
      expect(new Set(cases.map(({ attends, keyValueHeads, mask, positions }) => `${attends} ${keyValueHeads} ${mask} ${positions}`)).size).toBe(2 * 3 * 7 * 3);
    });

    const rows = cases.map((one) => [`${one.attends}, ${headKinds[one.keyValueHeads]}, ${one.mask}, positions: ${one.positions}`, one] as const);
    describe.each(forms)('%s', (form) => {
      it.each(rows)('%s', async (_, one) => {
        const { attends, keyValueHeads, positions } = one;
        const { queries, keys } = times[attends];
        const [query, key, value, dy] = inputs[`${attends} ${keyValueHeads}`]!.map((numbers, i) => {
          const time = i === 0 || i === 3 ? queries : keys;
          return engine.tensor(numbers, [batch, time, numbers.length / batch / time]);
        }) as [Tensor, Tensor, Tensor, Tensor];
        const leaves = [query, key, value].map((tensor) => engine.parameter(tensor));
        const y = engine.scope(() => {
          const turned = positions === 'rope' ? [rotary.rotate(query, keys - queries), rotary.rotate(key)] as const : [query, key] as const;
          const output =
            form === 'fused' ? attention(...turned, value, fusedOptions(engine, masks, one)) : groupedQueryAttention(...turned, value, { heads, keyValueHeads, mask: readableMask(engine, masks, one) }).output;
          backward(sum(multiply(output, dy)));
          return output;
        });
        expectClose(await y.data(), one.y, 'output');
        for (const [i, leaf] of leaves.entries()) expectClose(await leaf.gradient!.data(), one.gradients[i]!, `gradient of ${['query', 'key', 'value'][i]}`);
      });
    });
  });
}
