// Sequence bias: adds to the logits of tokens that would complete chosen sequences.
import { describe, requireIterable } from '@kk/options';
import { requireInVocabulary, tokenIds } from '../checks.js';
import type { Stage } from '../stages/stage.js';
import { processLogits, type HistoryLike } from './process.js';
import { isBeforeLast, readSequences } from './sequences.js';

/** Sequences of ids, each with the amount to add. */
export type SequenceBias = Iterable<readonly [sequence: ArrayLike<number>, bias: number]>;

/**
 * Adds a bias, in nats, to the logit of every token that would complete one of the sequences, shape (vocabSize,): always for a sequence of
 * one token, for a longer one if the text ends with all its other tokens. Biases of several sequences add up (`sequence_bias` of Hugging
 * Face transformers). The library overlooks a sequence that is exactly one token longer than the whole text; here it counts. A bias of
 * -Infinity makes the token impossible. The prompt counts.
 *
 * @param logits not changed, unless passed as `out` too
 * @param history the text so far
 * @param bias token ids, each sequence at least one, and finite numbers or -Infinity
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if a sequence is empty or contains an id that is not in the vocabulary, a bias is NaN or +Infinity, or the logits are
 * empty, hold NaN or +Infinity, or are all -Infinity
 */
export function sequenceBias(logits: Float32Array, history: HistoryLike, bias: SequenceBias, out?: Float32Array): Float32Array {
  return processLogits(logits, sequenceBiasStage(bias), out, history);
}

/** sequenceBias() as a stage. @throws RangeError if a sequence is empty or holds a value that is not a token id, or a bias is out of range */
export function sequenceBiasStage(bias: SequenceBias): Stage {
  requireIterable('sequenceBias', bias, 'a list of sequences and their biases, such as [[[5, 7], -1]]');
  const pairs = [...bias];
  for (const [place, pair] of pairs.entries()) requireIterable(`sequenceBias[${place}]`, pair, 'a sequence and its bias, such as [[5, 7], -1]');
  const sequences = readSequences('sequenceBias', pairs.map(([sequence]) => sequence));
  const amounts = pairs.map(([, amount]) => amount);
  const all = tokenIds('sequenceBias', sequences.flat());
  const bad = amounts.findIndex((amount) => !(typeof amount === 'number' && amount < Infinity));
  if (bad >= 0) throw new RangeError(`sequenceBias of sequence ${sequences[bad].join(', ')} must be a finite number, or -Infinity to forbid it, got ${describe(amounts[bad])}`);
  return {
    name: 'sequenceBias',
    apply: (candidates, { ids }) => {
      requireInVocabulary('sequenceBias', all, candidates.vocabSize);
      for (let at = 0; at < sequences.length; at++) {
        const sequence = sequences[at];
        if (!isBeforeLast(sequence, ids)) continue;
        const i = candidates.indexOf(sequence[sequence.length - 1]);
        if (i >= 0) candidates.logits[i] += amounts[at];
      }
    },
  };
}
