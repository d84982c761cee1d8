// The type of token ids in memory. It is compact, because the training text is the largest object besides the model.

/** Two bytes per id (`Uint16Array`) if the vocabulary has at most 65,536 entries, otherwise four. */
export type TokenIds = Uint16Array | Int32Array;

/**
 * @param owner what takes the ids, as the error names it
 * @throws TypeError when they are anything else than a list of token ids, such as a plain array
 */
export function checkTokenIds(owner: string, ids: TokenIds): void {
  const given: unknown = ids;
  if (given instanceof Int32Array || given instanceof Uint16Array) return;
  const what = Array.isArray(given) ? 'an array' : given === null || typeof given !== 'object' ? String(given) : `a ${given.constructor?.name ?? 'plain object'}`;
  throw new TypeError(`${owner}: the token ids are ${what}; expected an Int32Array or Uint16Array${Array.isArray(given) ? ': Int32Array.from(ids)' : ''}.`);
}
