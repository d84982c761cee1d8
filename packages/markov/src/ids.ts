// Checks of token ids.
import { describe, requireList } from '@kk/options';

// Counting sorts need one number per token of the vocabulary. 2^24 tokens take 64 MB and are far more than any tokenizer has.
const LARGEST_VOCABULARY = 2 ** 24;

/** @throws RangeError unless vocabSize is an integer from 1 to 2^24 */
export function checkVocabSize(vocabSize: number): void {
  if (!(Number.isInteger(vocabSize) && vocabSize >= 1 && vocabSize <= LARGEST_VOCABULARY)) {
    throw new RangeError(`vocabSize must be an integer from 1 to ${LARGEST_VOCABULARY}, got ${describe(vocabSize)}`);
  }
}

/** @throws RangeError unless id is an integer from 0 to vocabSize - 1 */
export function checkId(name: string, id: number, vocabSize: number): void {
  if (Number.isInteger(id) && id >= 0 && id < vocabSize) return;
  throw new RangeError(`${name} is ${describe(id)}: expected a token id from 0 to ${vocabSize - 1}; was it encoded with this model's vocabulary?`);
}

/** @throws TypeError unless it is a list; RangeError unless every id from position `from` on is an integer from 0 to vocabSize - 1 */
export function checkIds(name: string, ids: ArrayLike<number>, vocabSize: number, from = 0): void {
  requireList(name, ids, 'a list of token ids');
  for (let i = from; i < ids.length; i++) {
    const id = ids[i];
    if (!(Number.isInteger(id) && id >= 0 && id < vocabSize)) checkId(`${name}[${i}]`, id, vocabSize);
  }
}
