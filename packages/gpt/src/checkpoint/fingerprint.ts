// Computes a fingerprint of the training data, to check that a run is resumed with the same data.
import type { TrainingRows } from '../data/training-rows.js';
import type { TokenIds } from '../training/token-ids.js';

/** A short string that changes when the data changes: the length and 64 bits of two multiplicative hashes. */
export function fingerprint(data: TokenIds): string {
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  for (let i = 0; i < data.length; i++) {
    low = Math.imul(low ^ data[i]!, 0x01000193);
    high = Math.imul(high + data[i]!, 0x85ebca6b) ^ (high >>> 13);
  }
  return `${data.length}-${(low >>> 0).toString(16)}-${(high >>> 0).toString(16)}`;
}

/** The fingerprint of what a `Trainer` trains on. */
export const dataFingerprint = (data: TokenIds | TrainingRows): string => ('fingerprint' in data ? data.fingerprint : fingerprint(data));
