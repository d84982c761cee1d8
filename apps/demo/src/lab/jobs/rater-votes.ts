// Chapter 10: a hidden rater votes on pairs that the shipped model writes, by a rule of its own, until it has decided enough of them.
import { followsRule, preferenceRules, type PreferenceRule } from '@kk/corpora/instructions';
import { defineJob } from '../job.js';
import { decidedVotes, type PairSource, type Vote } from '../votes/recipe.js';
import votePairs, { type VotePairs } from './vote-pairs.js';

export interface RaterVotesInput extends PairSource {
  rule: PreferenceRule;
  /** How many pairs shall be decided. */
  decided: number;
}

export interface RaterVotes extends VotePairs {
  /** One for each pair: what the rater likes is in one of the two only, or it does not decide. */
  votes: readonly Vote[];
  /** How many of the decided votes each rule would have given: all of them its own. */
  explains: Readonly<Record<PreferenceRule, number>>;
}

/** It decides on no more pairs than these. */
const MOST_PAIRS = 120;

export default defineJob(async function* ({ rule, decided, ...source }: RaterVotesInput, tools): AsyncGenerator<RaterVotes, RaterVotes> {
  let state: RaterVotes | undefined;
  for await (const written of votePairs({ ...source, count: MOST_PAIRS }, tools)) {
    const byRule = (one: PreferenceRule): Vote[] => written.pairs.map(({ a, b }) => {
      const [likesA, likesB] = [a, b].map((text) => followsRule(source.language, one, text));
      return likesA === likesB ? 'n' : likesA ? 'a' : 'b';
    });
    const votes = byRule(rule);
    const last = votes.findIndex((_, i) => decidedVotes(votes.slice(0, i + 1)) === decided);
    const count = last < 0 ? votes.length : last + 1;
    const explainedBy = (one: PreferenceRule): number => byRule(one).filter((vote, i) => i < count && vote !== 'n' && vote === votes[i]).length;
    state = { ...written, pairs: written.pairs.slice(0, count), votes: votes.slice(0, count), explains: Object.fromEntries(preferenceRules.map((one) => [one, explainedBy(one)])) as RaterVotes['explains'] };
    yield state;
    if (last >= 0) break;
  }
  return state!;
});
