// Sequences of tokens that the next token may complete: what bad words and biases of sequences share.
import { requireIterable, requireList } from '@kk/options';

/**
 * Whether the text ends with all of a sequence but its last token.
 *
 * @param first only ids from this position on count
 */
export function isBeforeLast(sequence: readonly number[], ids: ArrayLike<number>, first = 0): boolean {
  const start = ids.length - (sequence.length - 1);
  if (start < first) return false;
  for (let at = 0; at < sequence.length - 1; at++) if (ids[start + at] !== sequence[at]) return false;
  return true;
}

/** Copies of the sequences. @throws RangeError naming the first that is empty */
export function readSequences(name: string, sequences: Iterable<ArrayLike<number>>): number[][] {
  requireIterable(name, sequences, 'a list of sequences of token ids, such as [[5, 7]]');
  const copies = Array.from(sequences, (sequence, place) => {
    requireList(`${name}[${place}]`, sequence, 'a sequence of token ids, such as [5, 7]');
    return Array.from(sequence);
  });
  const empty = copies.findIndex((sequence) => sequence.length === 0);
  if (empty >= 0) throw new RangeError(`${name}[${empty}] is empty; expected the ids of at least one token`);
  return copies;
}
