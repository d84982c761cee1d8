// Declares the sources that training takes its token ids from: an array in memory, a file, a Blob, or several of them as one. A source is
// read at any place, so that it may be larger than the memory.
import { boundsOf } from '@kk/nn-core';
import { fingerprint } from '../checkpoint/fingerprint.js';
import { checkTokenIds, type TokenIds } from '../training/token-ids.js';

export interface TokenSource {
  /** The number of tokens. */
  readonly length: number;
  /** Every id is below this. */
  readonly vocabSize: number;
  /** A short string that differs between different ids. A checkpoint contains it, so that a run goes on with the same data only. */
  readonly fingerprint: string;
  /**
   * The ids at `start`, `start + 1`, ... One call may share its array with no other.
   * @returns `count` ids
   * @throws RangeError when the source ends before, or holds an id that is not below `vocabSize`
   */
  read(start: number, count: number): Promise<TokenIds>;
}

/**
 * Token ids in memory as a source.
 * @param vocabSize all ids are below this
 * @throws RangeError when an id is not; TypeError when the ids are a plain array
 */
export function tokensInMemory(ids: TokenIds, vocabSize: number): TokenSource {
  checkTokenIds('tokensInMemory', ids);
  checkVocabSize('tokensInMemory', vocabSize);
  const { minimum, maximum } = boundsOf(ids);
  if (ids.length > 0 && (minimum < 0 || maximum >= vocabSize)) throw new RangeError(`tokensInMemory: the ids lie from ${minimum} to ${maximum}, but the vocabulary ends at ${vocabSize - 1}: use the tokenizer that belongs to it.`);
  return {
    length: ids.length,
    vocabSize,
    fingerprint: fingerprint(ids),
    async read(start, count) {
      checkRange('tokensInMemory', start, count, ids.length);
      return ids.slice(start, start + count);
    },
  };
}

/**
 * Several sources as one, in this order: the shards of a corpus.
 * @throws RangeError when there are none, or their vocabularies differ
 */
export function joinTokens(sources: readonly TokenSource[]): TokenSource {
  const [first] = sources;
  if (!first) throw new RangeError('joinTokens: the list of sources is empty; expected at least one.');
  const { vocabSize } = first;
  const other = sources.findIndex((source) => source.vocabSize !== vocabSize);
  if (other >= 0) throw new RangeError(`joinTokens: source 0 has a vocabulary of ${vocabSize} and source ${other} one of ${sources[other]!.vocabSize}; expected the same tokenizer for all.`);
  const starts: number[] = [];
  let length = 0;
  for (const source of sources) {
    starts.push(length);
    length += source.length;
  }
  return {
    length,
    vocabSize,
    fingerprint: sources.map((source) => source.fingerprint).join(' '),
    async read(start, count) {
      checkRange('joinTokens', start, count, length);
      const ids = idArray(vocabSize, count);
      let index = starts.findLastIndex((from) => from <= start);
      for (let done = 0; done < count; index++) {
        const source = sources[index]!;
        const from = start + done - starts[index]!;
        const part = Math.min(count - done, source.length - from);
        if (part > 0) ids.set(await source.read(from, part), done);
        done += Math.max(0, part);
      }
      return ids;
    },
  };
}

/**
 * The tokens of a source from `start` to before `end` as a source: the training split of a file, for example.
 * @throws RangeError when they are not all there
 */
export function partOfTokens(source: TokenSource, start: number, end: number): TokenSource {
  const length = end - start;
  checkRange('partOfTokens', start, length, source.length);
  return {
    length,
    vocabSize: source.vocabSize,
    fingerprint: `${start} to ${end} of ${source.fingerprint}`,
    async read(from, count) {
      checkRange('partOfTokens', from, count, length);
      return source.read(start + from, count);
    },
  };
}

/** The most compact array for ids below `vocabSize`. */
export const idArray = (vocabSize: number, length: number): TokenIds => (vocabSize <= 2 ** 16 ? new Uint16Array(length) : new Int32Array(length));

/** @throws RangeError unless it is a whole number of at least 1 that fits 31 bits */
export function checkVocabSize(owner: string, vocabSize: number): void {
  if (Number.isInteger(vocabSize) && vocabSize >= 1 && vocabSize <= 2 ** 31) return;
  throw new RangeError(`${owner}: vocabSize is ${String(vocabSize)}; expected a whole number from 1 to ${2 ** 31}.`);
}

/** @throws RangeError when the range is not inside of the source */
export function checkRange(owner: string, start: number, count: number, length: number): void {
  if (Number.isSafeInteger(start) && start >= 0 && Number.isSafeInteger(count) && count >= 0 && start + count <= length) return;
  throw new RangeError(`${owner}: ${String(count)} tokens from ${String(start)} on were asked for, but there are ${length}: ask for a range inside of them.`);
}
