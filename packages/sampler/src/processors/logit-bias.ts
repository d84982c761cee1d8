// Logit bias: adds to the logits of chosen tokens.
import { describe, hasMethod, requireIterable, wrongKind } from '@kk/options';
import { requireInVocabulary, tokenIds } from '../checks.js';
import type { Stage } from '../stages/stage.js';
import { processLogits } from './process.js';

/** The amount to add for each token: a map, pairs, or an object whose keys are ids (as in JSON). */
export type LogitBias = Iterable<readonly [id: number, bias: number]> | Readonly<Record<string, number>>;

/**
 * Adds a bias, in nats, to the logits of chosen tokens, shape (vocabSize,) (`logit_bias` of the OpenAI API, of llama.cpp and vLLM). A bias
 * of -Infinity makes a token impossible.
 *
 * @param logits not changed, unless passed as `out` too
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if an id is not in the vocabulary or a bias is NaN or +Infinity, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function logitBias(logits: Float32Array, bias: LogitBias, out?: Float32Array): Float32Array {
  return processLogits(logits, logitBiasStage(bias), out);
}

/** logitBias() as a stage. @throws RangeError if an id is not a token id, or a bias is NaN or +Infinity */
export function logitBiasStage(bias: LogitBias): Stage {
  if (typeof bias !== 'object' || bias === null || hasMethod(bias, 'then')) throw wrongKind('logitBias', bias, 'biases by token id, such as { 50: -1 } or [[50, -1]]');
  const pairs = Symbol.iterator in bias ? [...(bias as Iterable<readonly [number, number]>)] : Object.entries(bias).map(([id, value]) => [id.trim() === '' ? NaN : Number(id), value] as const);
  for (const [place, pair] of pairs.entries()) requireIterable(`logitBias[${place}]`, pair, 'an id and its bias, such as [50, -1]');
  const ids = tokenIds('logitBias', pairs.map(([id]) => id));
  for (const [id, value] of pairs) {
    if (!(typeof value === 'number' && value < Infinity)) throw new RangeError(`logitBias of token ${id} must be a finite number, or -Infinity to forbid it, got ${describe(value)}`);
  }
  return {
    name: 'logitBias',
    apply: (candidates) => {
      requireInVocabulary('logitBias', ids, candidates.vocabSize);
      for (const [id, value] of pairs) {
        const i = candidates.indexOf(id);
        if (i >= 0) candidates.logits[i] += value;
      }
    },
  };
}
