// Decides what the votes of one or several people come to: which answer of a pair is better, as preferences for DPO and as ratings for KTO.
import type { PreferenceTokens } from '../preferences/data/preferences.js';
import type { RatedTokens } from '../preferences/kto/rated-rows.js';
import type { QueuedPair } from './answer-pair.js';
import { choices, type Vote } from './votes.js';

export interface DecidedPair extends QueuedPair {
  /** The better answer. */
  readonly better: 'a' | 'b';
}

/** The pairs of which one answer has more votes than the other, and more than `neither` has; in their order. */
export function decidedPairs(pairs: readonly QueuedPair[], votes: readonly Vote[]): DecidedPair[] {
  return pairs.flatMap((pair) => {
    const own = votes.filter((vote) => vote.pair === pair.id);
    const counts = choices.map((choice) => ({ choice, count: own.filter((vote) => vote.choice === choice).length })).sort((one, other) => other.count - one.count);
    const [{ choice: better, count: most }, { count: next }] = counts as [(typeof counts)[0], (typeof counts)[0]];
    return most === next || better === 'neither' ? [] : [{ ...pair, better }];
  });
}

/** For `PreferenceRows`: the better answer was chosen, the other one rejected. */
export const asPreference = ({ prompt, a, b, better }: DecidedPair): PreferenceTokens => (better === 'a' ? { prompt, chosen: a, rejected: b } : { prompt, chosen: b, rejected: a });

/** For `RatedRows`: the better answer is wanted, the other one is not. */
export function asRatings({ prompt, a, b, better }: DecidedPair): RatedTokens[] {
  return [{ prompt, answer: a, desirable: better === 'a' }, { prompt, answer: b, desirable: better === 'b' }];
}
