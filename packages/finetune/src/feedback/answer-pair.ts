// Two answers to one prompt, between which people choose.
import { fingerprint } from '@kk/gpt';

export interface AnswerPair {
  /** Token ids; at least one. */
  readonly prompt: Int32Array;
  /** Token ids of an answer, with what ends it; at least one. */
  readonly a: Int32Array;
  /** Those of another answer. */
  readonly b: Int32Array;
}

/** A pair with the name by which votes refer to it. */
export interface QueuedPair extends AnswerPair {
  /** Follows from the ids: the same pair has the same name in every queue, and a vote never counts for another pair. */
  readonly id: string;
}

/** No token has this id. */
const BORDER = -1;

/** @throws {Error} that says what is wrong with the pair, without its name */
export function queuedPair({ prompt, a, b }: AnswerPair): QueuedPair {
  for (const [name, ids] of Object.entries({ prompt, a, b })) {
    const wrong = ids.findIndex((id) => id < 0);
    if (ids.length === 0 || wrong >= 0) throw new RangeError(`${name} ${wrong < 0 ? 'is empty' : `has the id ${ids[wrong]}`}; expected at least one token id, each 0 or more`);
  }
  if (a.length === b.length && a.every((id, i) => id === b[i])) throw new RangeError('both answers are the same tokens; expected two that differ');
  return { id: fingerprint(Int32Array.of(...prompt, BORDER, ...a, BORDER, ...b)), prompt, a, b };
}
