// Finds the boundaries that n-grams must not cross: every text is a sequence of its own, and so is every sentence that begins with the
// start token.

/** The value of `startToken` if there is none. */
export const NO_TOKEN = -1;

/** The positions where sequences begin: 0 and every start token, ascending; empty for an empty text. */
export function sequenceStarts(ids: ArrayLike<number>, startToken: number): number[] {
  if (ids.length === 0) return [];
  const starts = [0];
  if (startToken === NO_TOKEN) return starts;
  for (let i = 1; i < ids.length; i++) if (ids[i] === startToken) starts.push(i);
  return starts;
}
