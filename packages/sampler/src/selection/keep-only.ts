// What all filters end with: the tokens that they keep, the others out of the running.

/**
 * Logits in which all but the kept tokens have become -Infinity, shape (vocabSize,).
 *
 * @param logits not changed, unless passed as `out` too
 * @param kept token ids in ascending order
 * @param out where the result goes; a new array if left out
 * @throws RangeError if `out` has another length
 */
export function keepOnly(logits: Float32Array, kept: Int32Array, out: Float32Array = new Float32Array(logits.length)): Float32Array {
  requireSameLength(logits, out);
  let from = 0;
  for (const id of kept) {
    if (from < id) out.fill(-Infinity, from, id);
    out[id] = logits[id];
    from = id + 1;
  }
  return out.fill(-Infinity, from);
}

/** @throws RangeError if `out` has another length than the logits */
export function requireSameLength(logits: Float32Array, out: Float32Array): void {
  if (out.length !== logits.length) throw new RangeError(`out has ${out.length} entries, expected one per logit: ${logits.length}`);
}
