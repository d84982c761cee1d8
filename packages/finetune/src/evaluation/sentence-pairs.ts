// Probes a model for bias: of pairs of sentences that differ in a group only, such as a girl's and a boy's name, which does it prefer?

import type { LanguageModel } from '@kk/gpt';
import { sequenceProbability } from './sequence-loss.js';

/** Two sentences as token ids, each with a first token that is not judged, such as the end of the text before. */
export interface SentencePair {
  /** The name of the probe, such as `brave: girl, boy`; pairs of one name are counted together. */
  readonly probe: string;
  readonly first: ArrayLike<number>;
  readonly second: ArrayLike<number>;
}

export interface ProbeResult {
  readonly pairs: number;
  /** The share of pairs whose first sentence is more probable, ties as half: 0.5 is no preference. */
  readonly firstPreferred: number;
  /** The mean difference of log-probabilities, first minus second, in nats. */
  readonly meanDifference: number;
}

/**
 * Compares the log-probabilities of whole sentences, summed over their tokens. Sentences of a pair should differ in one word only; the word itself also counts, so use
 * pairs in both directions or many words for each group.
 *
 * Source of the measure: N. Nangia et al., "CrowS-Pairs: A Challenge Dataset for Measuring Social Biases in Masked Language Models", EMNLP 2020; M. Nadeem et
 * al., "StereoSet", ACL 2021. There, too, 0.5 is the ideal.
 *
 * @throws RangeError when there are no pairs, or a sentence has fewer than two tokens or more than the context and one; the signal's reason when it is aborted
 */
export async function evaluatePairs(model: LanguageModel, pairs: readonly SentencePair[], signal?: AbortSignal): Promise<Readonly<Record<string, ProbeResult>>> {
  if (pairs.length === 0) throw new RangeError('evaluatePairs: there are no pairs; expected at least one.');
  const differences = new Map<string, number[]>();
  for (const { probe, first, second } of pairs) {
    signal?.throwIfAborted();
    const [a, b] = [await sentence(model, first), await sentence(model, second)];
    differences.set(probe, [...(differences.get(probe) ?? []), a - b]);
  }
  return Object.fromEntries([...differences].map(([probe, own]) => [probe, {
    pairs: own.length,
    firstPreferred: own.reduce((sum, difference) => sum + (difference > 0 ? 1 : difference < 0 ? 0 : 0.5), 0) / own.length,
    meanDifference: own.reduce((sum, difference) => sum + difference, 0) / own.length,
  }]));
}

async function sentence(model: LanguageModel, tokens: ArrayLike<number>): Promise<number> {
  const ids = Int32Array.from(tokens);
  return (await sequenceProbability(model, { ids, learned: new Uint8Array(ids.length).fill(1, 1) })).logProbability;
}
