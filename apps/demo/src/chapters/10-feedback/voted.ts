// What was learned from the visitor's votes on this visit. The one place that has it: the first figure shows it again, also after another page, and
// figures further down ask it.
import { shallowReactive } from 'vue';
import type { VoteTuning } from '../../lab/jobs/vote-tuning.js';
import type { StoryLanguage } from '../../languages/stories.js';

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
