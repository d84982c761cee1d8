// What holds for every processor, whatever it does. Each calls this once, in processor-laws.test.ts or in a test of its own.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as api from '../src/index.js';
import { Sampler, type Stage } from '../src/index.js';
import * as stages from '../src/stages/index.js';
import { logitsArbitrary } from './arbitraries.js';

const never = -Infinity;

const compared = Float32Array.of(2, -1, 0.5, 1.5, never, 0, 1.5, -3);

/** The text so far, for functions that take it: of eight tokens, four of them written. */
export const text = { ids: [0, 3, 3, 6, 3, 0], promptLength: 2 };

/**
 * @param name as both entries export it, and as explanations show it
 * @param stage the stage, with settings that change the eight logits above and name no id but 0
 * @param process the function with the same settings, for any logits
 */
export function processorLaws(name: string, stage: Stage, process: (logits: Float32Array, out?: Float32Array) => Float32Array): void {
  describe(name, () => {
    it('is a function and a stage of one name, which explanations show', () => {
      expect(api).toHaveProperty(name);
      expect(stages).toHaveProperty(name);
      expect(stage.name).toBe(name);
    });

    it('does as a stage what the function does, first or behind top-k', () => {
      expect(process(compared)).not.toEqual(compared);
      const alone = new Sampler([stage], { seed: 0 }).distribution(compared, text);
      api.softmax(process(compared)).forEach((p, id) => expect(alone[id]).toBeCloseTo(p, 6));
      // Once the candidates are a list, ids are looked up in another way.
      const behind = new Sampler([stages.topK(6), stage], { seed: 0 }).distribution(compared, text);
      api.softmax(process(api.topK(compared, 6))).forEach((p, id) => expect(behind[id]).toBeCloseTo(p, 6));
    });

    it('names what is wrong with unusable logits', () => {
      expect(() => process(Float32Array.of(1, 2, 3, NaN))).toThrow(new RangeError('logits[3] is NaN: expected finite numbers, or -Infinity for impossible tokens; check the model that computed them'));
      expect(() => process(Float32Array.of(1, Infinity))).toThrow('logits[1] is +Infinity');
      expect(() => process(Float32Array.of(never, never, never))).toThrow('all 3 logits are -Infinity: no token is possible');
      expect(() => process(new Float32Array(0))).toThrow(RangeError);
      expect(() => process([1, 2] as unknown as Float32Array)).toThrow('logits must be a Float32Array with one number per token, got a list');
      expect(() => process(undefined as unknown as Float32Array)).toThrow(TypeError);
    });

    it('does not change its input, writes where it is told, and works in place on request', () => {
      fc.assert(
        fc.property(logitsArbitrary, (logits) => {
          const before = logits.slice();
          const expected = process(logits);
          expect(logits).toEqual(before);
          expect(expected).not.toBe(logits);
          const out = new Float32Array(logits.length).fill(42);
          expect(process(logits, out)).toBe(out);
          expect(out).toEqual(expected);
          process(logits, logits);
          expect(logits).toEqual(expected);
        }),
        { numRuns: 50 },
      );
    });

    it('takes a single token, ties only, and logits at the ends of float32', () => {
      expect(process(Float32Array.of(3))).toHaveLength(1);
      for (const value of [0, 3e38, -3e38]) {
        const processed = process(new Float32Array(50).fill(value));
        processed.forEach((logit) => expect(logit).not.toBeNaN());
      }
      process(Float32Array.of(3e38, 0, -3e38, never)).forEach((logit) => expect(logit).not.toBeNaN());
    });

    it('refuses an output of another length', () => {
      expect(() => process(new Float32Array(3), new Float32Array(2))).toThrow('out has 2 entries, expected one per logit: 3');
    });
  });
}
