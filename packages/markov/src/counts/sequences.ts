// Where n-grams must not reach over: every text is a sequence of its own, and so is every sentence that begins with the start token.

/** What `startToken` is where there is none. */
export const NO_TOKEN = -1;

/** Where sequences begin in a text: at 0, and wherever the start token stands. Ascending; empty for an empty text. */
export function sequenceStarts(ids: ArrayLike<number>, startToken: number): number[] {
  if (ids.length === 0) return [];
  const starts = [0];
  if (startToken === NO_TOKEN) return starts;
  for (let i = 1; i < ids.length; i++) if (ids[i] === startToken) starts.push(i);
  return starts;
}
