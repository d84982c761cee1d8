// The visitor's votes of chapter 10, kept in the browser: on each set of pairs the letters a, b and n, one for each pair.
import { shallowReactive } from 'vue';
import { readValue, writeValue } from './kept-values.js';

const KEY = 'own-votes';

/** By the pairs that they are of, as in `de-1-`. A set without votes is not there. */
export const ownVotes: Map<string, string> = shallowReactive(new Map<string, string>());

let opened: Promise<void> | null = null;

/** Reads what is kept; what was voted meanwhile is newer. Call it in `onMounted`. */
export function openOwnVotes(): Promise<void> {
  return (opened ??= (async () => {
    const kept = await readValue<unknown>(KEY);
    if (typeof kept !== 'object' || kept === null) return;
    for (const [pairs, votes] of Object.entries(kept)) {
      if (/^[a-z]{2}-\d{1,3}-$/.test(pairs) && typeof votes === 'string' && /^[abn]{1,60}$/.test(votes) && !ownVotes.has(pairs)) ownVotes.set(pairs, votes);
    }
  })());
}

/** @param votes  empty takes them away */
export function setOwnVotes(pairs: string, votes: string): void {
  if ((ownVotes.get(pairs) ?? '') === votes) return;
  if (votes === '') ownVotes.delete(pairs);
  else ownVotes.set(pairs, votes);
  void openOwnVotes().then(() => writeValue(KEY, Object.fromEntries(ownVotes)));
}
