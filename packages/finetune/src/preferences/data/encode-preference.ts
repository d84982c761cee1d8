// Turns a preference into token ids, with the same prompt before both answers.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import type { Tokenizer } from '@kk/tokenizer';
import type { LabelledTokens } from '../../data/examples.js';
import { labelExample, type LabelOptions } from '../../data/label-example.js';
import { withLine } from '../../data/with-line.js';
import { checkPreference } from './check-preference.js';
import type { Preference, PreferenceTokens } from './preferences.js';
import type { NumberedPreference } from './read-preferences.js';

/** As for `labelExample`: the template of conversations and its variables, the end of a text, special tokens in texts. */
export type EncodePreferenceOptions = Omit<LabelOptions, 'learn'>;

export const encodePreferenceNames: OptionNames<EncodePreferenceOptions> = { template: 'optional', variables: 'optional', endOfText: 'optional', allowedSpecial: 'optional', signal: 'optional' };

/**
 * Each answer is encoded with its prompt, as the model will read them: a token that begins in the prompt belongs to it.
 * @throws {Error} when an answer has no token, the tokens of the prompts differ, or those of the answers do not, or `labelExample` throws;
 * {TypeError} or {RangeError} when an option is invalid
 */
export async function encodePreference(tokenizer: Tokenizer, preference: Preference, options: EncodePreferenceOptions = {}): Promise<PreferenceTokens> {
  checkOptions('encodePreference', options, encodePreferenceNames);
  const { prompt, chosen, rejected, margin } = checkPreference(preference);
  const encode = async (answer: typeof chosen): Promise<LabelledTokens> =>
    labelExample(tokenizer, typeof prompt === 'string' ? { prompt, completion: answer as string } : { messages: [...prompt, ...(answer as typeof prompt)] }, { ...options, learn: 'completion' });
  const [good, bad] = [promptAndAnswer(await encode(chosen)), promptAndAnswer(await encode(rejected))];
  if (!areEqual(good.prompt, bad.prompt)) {
    const [first, second] = [good, bad].map((one) => JSON.stringify(tokenizer.decode([...one.prompt].slice(-4))));
    throw new Error(`the prompt is ${good.prompt.length} tokens with the chosen answer and ${bad.prompt.length} with the rejected one, ending in ${first} and ${second}; expected the same tokens before both: let the answers begin where a word begins, with their space in front, or write conversations, whose template sets them apart`);
  }
  if (areEqual(good.answer, bad.answer)) throw new Error('the chosen and the rejected answer are the same tokens; expected two answers that differ: leave it out');
  return { prompt: good.prompt, chosen: good.answer, rejected: bad.answer, ...(margin !== undefined && { margin }) };
}

/**
 * Encodes all preferences of a source.
 * @param preferences as `readPreferences` gives them
 * @throws {Error} that names the line, for each reason of `encodePreference`
 */
export async function encodePreferences(tokenizer: Tokenizer, preferences: AsyncIterable<NumberedPreference> | Iterable<NumberedPreference>, options: EncodePreferenceOptions = {}): Promise<PreferenceTokens[]> {
  checkOptions('encodePreferences', options, encodePreferenceNames);
  const encoded: PreferenceTokens[] = [];
  for await (const { line, preference } of preferences) encoded.push(await withLine(line, () => encodePreference(tokenizer, preference, options)));
  return encoded;
}

/** What follows the answer, such as white space after its end, is left out: nothing is predicted there. */
export function promptAndAnswer({ ids, learned }: LabelledTokens): { prompt: Int32Array; answer: Int32Array } {
  const [start, end] = [learned.indexOf(1), learned.lastIndexOf(1) + 1];
  if (learned.subarray(start, end).includes(0)) throw new Error('the template marks several parts of the last turn as written by the assistant; expected one part: put all of it into one {% generation %} block');
  return { prompt: ids.slice(0, start), answer: ids.slice(start, end) };
}

const areEqual = (a: Int32Array, b: Int32Array): boolean => a.length === b.length && a.every((id, i) => id === b[i]);
