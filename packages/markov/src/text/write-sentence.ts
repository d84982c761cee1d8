// Writes one whole sentence: tries until one ends in time and is not copied too much.
import { describe } from '@kk/options';
import { freshSeed, Random } from '@kk/sampler';
import type { TextMarkovParts } from './text-training.js';
import { endOfTexts, type WriteIdsOptions, writeIds } from './write-ids.js';

export interface SentenceOptions extends Pick<WriteIdsOptions, 'seed' | 'temperature' | 'topK' | 'topP'> {
  /** The length of the longest sentence in Unicode code points: an integer from 1; default 300. */
  maxCharacters?: number;
  /**
   * The largest share of its units that one passage of a training text may have word for word: 0 to 1. Default 1: anything goes, also a whole
   * sentence of a text. Below 1 the texts are needed.
   */
  maxCopied?: number;
  /** How many sentences are tried before the search ends: an integer from 1; default 100. */
  tries?: number;
}

/** The mark at the end of a sentence, with the quotation marks and brackets that close after it. */
const END = /[.!?…。！？]["'»«“”’‘)\]]*$/;
/** A token of a tokenizer may be a part of a character, in UTF-8 of up to four bytes. */
const MOST_IDS_PER_CHARACTER = 4;

/**
 * @param copiedRun the length of the longest passage of the ids that the texts have, in units
 * @throws RangeError if an option is out of range
 * @throws Error if no try gives such a sentence
 */
export function writeSentence(parts: TextMarkovParts, { seed = freshSeed(), maxCharacters = 300, maxCopied = 1, tries = 100, ...sampling }: SentenceOptions, copiedRun: (ids: readonly number[]) => number): string {
  if (!(Number.isInteger(maxCharacters) && maxCharacters >= 1)) throw new RangeError(`maxCharacters must be an integer from 1, got ${describe(maxCharacters)}`);
  if (!(maxCopied >= 0 && maxCopied <= 1)) throw new RangeError(`maxCopied must be a share from 0 to 1, got ${describe(maxCopied)}`);
  if (!(Number.isInteger(tries) && tries >= 1)) throw new RangeError(`tries must be an integer from 1, got ${describe(tries)}`);
  const random = new Random(seed);
  let tooLong = 0;
  for (let i = 0; i < tries; i++) {
    const ids = sentenceIds(parts, { ...sampling, seed: random.integer(Number.MAX_SAFE_INTEGER), prompt: [], beginning: 'sentence' }, maxCharacters);
    if (ids === undefined) tooLong++;
    else if (maxCopied === 1 || copiedRun(ids) <= maxCopied * ids.length) return parts.coder.decode(ids).trim();
  }
  const reasons = [
    ...(tooLong > 0 ? [`${tooLong} did not end within ${maxCharacters} characters`] : []),
    ...(tooLong < tries ? [`${tries - tooLong} had more than ${maxCopied} of their units word for word from one place of a text`] : []),
  ];
  throw new Error(`no sentence was found in ${tries} tries: ${reasons.join(', ')}; raise maxCharacters, maxCopied or tries, or take a lower order`);
}

/** The ids of one sentence, without white space at its ends; undefined if it is longer than that. */
function sentenceIds(parts: TextMarkovParts, options: WriteIdsOptions, maxCharacters: number): number[] | undefined {
  const { coder } = parts;
  const endsTexts = endOfTexts(parts);
  const ids: number[] = [];
  let text = '';
  // Also counts what comes before the sentence: some chains write nothing but white space.
  let drawn = 0;
  for (const id of writeIds(parts, options)) {
    if (++drawn > MOST_IDS_PER_CHARACTER * maxCharacters) return undefined;
    if (ids.length === 0 && (id === coder.endToken || coder.isBlank(id))) continue;
    if (id === coder.endToken) break;
    const longer = coder.decode([...ids, id]);
    if (coder.endToken < 0 && ids.length > 0 && endsBetween(text, longer.slice(text.length))) break;
    ids.push(id);
    text = longer;
    if (endsTexts(id)) break;
    if (charactersOf(text) > maxCharacters) return undefined;
  }
  return charactersOf(text) > maxCharacters ? undefined : ids;
}

/** Whether a sentence ends before what follows: at a line break, or at an end mark with white space after it. */
function endsBetween(text: string, next: string): boolean {
  const sentence = text.trimEnd();
  const space = text.slice(sentence.length) + next.slice(0, next.length - next.trimStart().length);
  return /[\r\n]/.test(space) || (space !== '' && END.test(sentence));
}

const charactersOf = (text: string): number => Array.from(text.trim()).length;
