// Loads OpenAI's vocabularies by the name of a model or of a vocabulary, each on first use.

import type { RankedBytePairTokenizer } from '../tokenizers/ranked-byte-pair.js';
import { loadCl100kBase } from './cl100k_base.js';
import { loadGpt2 } from './gpt2.js';
import { loadO200kBase } from './o200k_base.js';
import { loadO200kHarmony } from './o200k_harmony.js';
import { type EncodingName, encodingNameForModel, encodingNames } from './openai-models.js';
import { loadP50kBase, loadP50kEdit } from './p50k.js';

export { countChatTokens, type CountedMessage } from './chat-tokens.js';
export { type EncodingName, encodingNameForModel, encodingNames } from './openai-models.js';
export { loadCl100kBase, loadGpt2, loadO200kBase, loadO200kHarmony, loadP50kBase, loadP50kEdit };

const loaders: Readonly<Record<EncodingName, () => Promise<RankedBytePairTokenizer>>> = {
  gpt2: loadGpt2,
  r50k_base: loadGpt2,
  p50k_base: loadP50kBase,
  p50k_edit: loadP50kEdit,
  cl100k_base: loadCl100kBase,
  o200k_base: loadO200kBase,
  o200k_harmony: loadO200kHarmony,
};

/**
 * The tokenizer of one of tiktoken's vocabularies; every call with the same name returns the same one.
 * @throws {RangeError} when there is none of that name
 */
export async function loadEncoding(name: EncodingName): Promise<RankedBytePairTokenizer> {
  if (!encodingNames.includes(name)) throw new RangeError(`There is no vocabulary ${JSON.stringify(name)}; expected one of ${encodingNames.join(', ')}.`);
  return loaders[name]();
}

/**
 * The tokenizer of a model of OpenAI, such as `gpt-4o`.
 * @throws {RangeError} when the model is not known
 */
export async function encodingForModel(model: string): Promise<RankedBytePairTokenizer> {
  return loadEncoding(encodingNameForModel(model));
}
