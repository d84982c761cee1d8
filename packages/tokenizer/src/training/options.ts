// Defines and checks the options that several training functions share.

import { quote } from '../text/well-formed.js';

export interface SpecialTokenOptions {
  /** Tokens such as `<|endoftext|>`. They get the first ids, in this order, as in Hugging Face's trainers. Default none. */
  specialTokens?: readonly string[];
}

/**
 * The special tokens in the order of their ids. An unknown token that is not among them is put first.
 * @throws {TypeError|RangeError} when one is not a string, empty, or given twice
 */
export function listSpecialTokens(specialTokens: readonly string[] = [], unknownToken?: string): string[] {
  if (!Array.isArray(specialTokens)) throw new TypeError(`specialTokens is ${quote(specialTokens)}; expected a list of strings.`);
  const list: string[] = [...specialTokens];
  if (unknownToken !== undefined && !list.includes(unknownToken)) list.unshift(unknownToken);
  list.forEach((token, index) => {
    if (typeof token !== 'string' || token === '') throw new TypeError(`A special token is ${quote(token)}; expected a string of at least one character.`);
    if (list.indexOf(token) !== index) throw new RangeError(`The special token ${quote(token)} is given twice.`);
  });
  return list;
}
