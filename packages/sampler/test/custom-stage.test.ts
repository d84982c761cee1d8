// Stages of one's own, with what the README says of candidates.
import { describe, expect, it } from 'vitest';
import { Sampler, type Stage } from '../src/index.js';
import { topK } from '../src/stages/index.js';

const logits = Float32Array.of(1, 4, 3, 2, 0);
const own = (apply: Stage['apply']): Stage => ({ name: 'own', apply });
const left = (...stages: Stage[]): number[] => {
  const probabilities = new Sampler(stages, { seed: 1 }).distribution(logits);
  return [...probabilities.keys()].filter((id) => probabilities[id] > 0);
};

describe('a stage of one\'s own', () => {
  it.each([
    ['of all tokens', [] as Stage[], [0, 2, 4]],
    ['of those that an earlier stage left', [topK(3)], [2]],
  ])('drops tokens with odd ids, %s', (_name, before, expected) => {
    const drop = own((candidates) => {
      const odd = Array.from({ length: candidates.count }, (_, i) => candidates.idAt(i)).filter((id) => id % 2 === 1);
      for (const id of odd) candidates.forbid(id);
    });
    expect(left(...before, drop)).toEqual(expected);
  });

  it('drops all below a logit, and all but some', () => {
    expect(left(own((candidates) => candidates.keepFrom(3)))).toEqual([1, 2]);
    expect(left(own((candidates) => candidates.keepThese([0, 4], 1)))).toEqual([0, 4]);
  });
});
