// The visitor's votes, and what was learned from them on this visit. The one place that has it: the first figure shows it again, also after another page, and
// figures further down ask it.
import { computed, onMounted, shallowReactive, watch, type WritableComputedRef } from 'vue';
import type { VoteTuning } from '../../lab/jobs/vote-tuning.js';
import type { StoryLanguage } from '../../languages/stories.js';
import { openOwnVotes, ownVotes, setOwnVotes } from '../../storage/own-votes.js';
import { votesOn } from './settings.js';

/** Finished runs; the newest last. */
const runs = shallowReactive<VoteTuning[]>([]);

/** @param run  one that has ended; broken ones are not kept */
export function keepRun(run: VoteTuning): void {
  if (run.end === null || run.end === 'broken') return;
  const same = runs.findIndex(({ recipe }) => JSON.stringify(recipe) === JSON.stringify(run.recipe));
  if (same >= 0) runs.splice(same, 1);
  runs.push(run);
}

export const newestVoted = (language: StoryLanguage): VoteTuning | undefined => runs.findLast(({ recipe }) => recipe.language === language);

/** The newest run from these votes, or from the first of them. */
export const votedBefore = (language: StoryLanguage, seed: number, votes: string): VoteTuning | undefined =>
  runs.findLast(({ recipe }) => recipe.language === language && recipe.seed === seed && votes.startsWith(recipe.votes.join('')));

/** What `voteSettings` has: votes stand in the address with the pairs that they are of. */
interface VotesOnPairs {
  stories: StoryLanguage;
  pairs: number;
  votes: string;
}

const inAddress = ({ stories, pairs, votes }: VotesOnPairs): string | undefined => (votes.startsWith(votesOn(stories, pairs)) ? votes.slice(votesOn(stories, pairs).length) : undefined);

/** The votes on the pairs that are shown, letters a, b and n: those of the address, or what the visitor voted before. */
export const shownVotes = (settings: VotesOnPairs): string => inAddress(settings) ?? ownVotes.get(votesOn(settings.stories, settings.pairs)) ?? '';

/** The same, to vote. The browser keeps the votes: whoever chooses other pairs, follows a link without votes or comes back finds theirs again. Use it in one figure of the page. */
export function useVotes(settings: VotesOnPairs): WritableComputedRef<string> {
  const pairs = computed(() => votesOn(settings.stories, settings.pairs));
  onMounted(() => {
    void openOwnVotes();
    watch(() => (inAddress(settings) === undefined ? ownVotes.get(pairs.value) : undefined), (own) => own !== undefined && (settings.votes = pairs.value + own), { immediate: true });
  });
  return computed({
    get: () => shownVotes(settings),
    set: (votes) => {
      setOwnVotes(pairs.value, votes);
      settings.votes = votes === '' ? '' : pairs.value + votes;
    },
  });
}
