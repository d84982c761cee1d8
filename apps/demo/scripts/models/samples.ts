// What a model writes by itself, from a separator on, to the end of the story or of its context.
import { storySeparator } from '@kk/corpora';
import { Decoder, type GPT } from '@kk/gpt';
import { generate } from '@kk/sampler';
import type { Tokenizer } from '@kk/tokenizer';

export async function sampleOf(model: GPT, tokenizer: Tokenizer, seed: number): Promise<string> {
  const prompt = tokenizer.encode(storySeparator);
  const ids: number[] = [];
  for await (const id of generate(new Decoder(model), [...prompt], { maxTokens: model.config.contextLength * 4, temperature: 1, seed })) {
    ids.push(id);
    if (tokenizer.decode(ids).includes(storySeparator)) break;
  }
  return tokenizer.decode(ids).trim();
}
