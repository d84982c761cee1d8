// Lets a model write a little during its training, always from the same beginning and with the same seed, so that samples can be compared.
import { Decoder, type Transformer } from '@kk/gpt';
import { generate } from '@kk/sampler';
import type { Tokenizer } from '@kk/tokenizer';

const LONGEST = 120;
const TEMPERATURE = 0.8;

/**
 * @param prompt at least one id
 * @returns the prompt and the 120 tokens that follow, as text
 */
export async function writeSample(model: Transformer, tokenizer: Tokenizer, prompt: readonly number[]): Promise<string> {
  const ids = [...prompt];
  const decoder = new Decoder(model, { keepOnOverflow: Math.ceil(model.config.contextLength / 2) });
  try {
    for await (const id of generate(decoder, prompt, { maxTokens: LONGEST, temperature: TEMPERATURE, seed: 1 })) ids.push(id);
  } finally {
    decoder.dispose();
  }
  return tokenizer.decode(ids);
}
