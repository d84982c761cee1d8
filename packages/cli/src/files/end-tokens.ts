// The tokens that end a text: those that a model's makers name, and special tokens with the usual names.
import { readGenerationConfig } from '@kk/gpt/node';
import type { Tokenizer } from '@kk/tokenizer';
import { loadTokenizerConfig } from '@kk/tokenizer/node';

const USUAL_NAMES = ['<|endoftext|>', '</s>', '<eos>'];

/**
 * @param folders  of the model and its adapters, full paths
 * @throws {Error} naming the file when generation_config.json or tokenizer_config.json is wrong
 */
export async function endTokensOf(folders: readonly string[], tokenizer: Tokenizer, vocabSize: number): Promise<number[]> {
  const ids: number[] = [];
  const names = [...USUAL_NAMES];
  for (const folder of folders) {
    ids.push(...((await readGenerationConfig(folder, vocabSize))?.endTokens ?? []));
    const { endToken } = (await loadTokenizerConfig(folder)) ?? {};
    if (endToken !== undefined) names.push(endToken);
  }
  return [...new Set([...ids, ...names.map((name) => tokenizer.specialTokens.get(name)).filter((id) => id !== undefined)])];
}
