// The visitor's votes of chapter 10, kept in the browser: on each set of pairs the letters a, b and n, one for each pair.
import { shallowReactive } from 'vue';
import { changeValue, readValue } from './kept-values.js';

const KEY = 'own-votes';
/** No set of pairs has room for more votes. */
export const MOST_VOTES = 60;

type Votes = Readonly<Record<string, string>>;

/** By the pairs that they are of, as in `de-1-`. A set without votes is not there. */
export const ownVotes: Map<string, string> = shallowReactive(new Map<string, string>());

/** The sets whose votes can be votes; whatever else is kept counts as absent. */
export function votesOfKept(kept: unknown): Votes | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const letters = new RegExp(`^[abn]{1,${MOST_VOTES}}$`);
  return Object.fromEntries(Object.entries(kept).filter(([pairs, votes]) => /^[a-z]{2}-\d{1,3}-$/.test(pairs) && typeof votes === 'string' && letters.test(votes)));
}

let opened: Promise<void> | null = null;

/** Reads what is kept; what was voted meanwhile is newer. Call it in `onMounted`. */
export function openOwnVotes(): Promise<void> {
  return (opened ??= (async () => {
    for (const [pairs, votes] of Object.entries((await readValue(KEY, votesOfKept)) ?? {})) if (!ownVotes.has(pairs)) ownVotes.set(pairs, votes);
  })());
}

/** @param votes  empty takes them away */
export function setOwnVotes(pairs: string, votes: string): void {
  if ((ownVotes.get(pairs) ?? '') === votes) return;
  if (votes === '') ownVotes.delete(pairs);
  else ownVotes.set(pairs, votes);
  // Another tab may have voted on other pairs.
  void changeValue<Votes>(KEY, votesOfKept, (kept) => Object.fromEntries(Object.entries({ ...kept, [pairs]: votes }).filter(([, given]) => given !== '')));
}
