// The tokens that end a text: those that a model's makers name, and special tokens with the usual names.
import { readGenerationConfig } from '@kk/gpt/node';
import { type Tokenizer } from '@kk/tokenizer';
import { loadTokenizerConfig } from '@kk/tokenizer/node';

const USUAL_NAMES = ['<|endoftext|>', '</s>', '<eos>'];

/**
 * @param folder  of the model, full path
 * @throws {Error} naming the file when generation_config.json or tokenizer_config.json is wrong
 */
export async function endTokensOf(folder: string, tokenizer: Tokenizer, vocabSize: number): Promise<number[]> {
  const generation = await readGenerationConfig(folder, vocabSize);
  const { endToken } = (await loadTokenizerConfig(folder)) ?? {};
  const named = [...USUAL_NAMES, ...(endToken === undefined ? [] : [endToken])].map((name) => tokenizer.specialTokens.get(name));
  return [...new Set([...(generation?.endTokens ?? []), ...named.filter((id) => id !== undefined)])];
}
