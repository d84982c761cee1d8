// `kk generate --samples`: several continuations of one beginning, computed side by side. One text, token by token, is in `generate.ts`.
import { BatchDecoder, BatchDrawError, type BatchText, type LanguageModel } from '@kk/gpt';
import type { SamplingOptions } from '@kk/sampler';
import { StreamDecoder, type Tokenizer } from '@kk/tokenizer';
import type { Context } from '../context.js';
import { numberFormats } from '../terminal/numbers.js';

export interface SamplesOptions {
  samples: number;
  maxTokens: number;
  /** Of the first text; the others have those that follow. */
  seed: number;
  sampling: SamplingOptions;
  stopTokens: readonly number[];
  json: boolean;
}

/** More at a time bring little: the weights are then read for many texts already. */
const AT_A_TIME = 16;

const numbers = numberFormats('en');

/** Writes the texts in the order of their seeds. A text ends, too, when the context is full. */
export async function writeSamples(context: Context, model: LanguageModel, tokenizer: Tokenizer, prompt: string, promptIds: readonly number[], options: SamplesOptions): Promise<void> {
  const { samples, maxTokens, seed, sampling, stopTokens, json } = options;
  const { contextLength } = model.config;
  // Of a beginning that leaves no room the last half is read, as when a single text outgrows the context.
  const beginning = promptIds.length < contextLength ? promptIds : promptIds.slice(-Math.max(1, Math.floor(contextLength / 2)));
  const decoder = new BatchDecoder(model, { sequences: Math.min(samples, AT_A_TIME), capacity: Math.min(contextLength, beginning.length + maxTokens) });
  const optionsOf = (index: number) => ({ ...sampling, maxTokens, stopTokens, seed: seed + index });
  const started = performance.now();
  let tokens = 0;
  let full = 0;
  try {
    const texts = decoder.addMany(beginning, Array.from({ length: decoder.room }, (_, index) => optionsOf(index)));
    let shown = 0;
    while (shown < samples) {
      context.io.interrupt.throwIfAborted();
      tokens += (await decoder.step()).length;
      while (texts.length < samples && decoder.room > 0) texts.push(decoder.add(beginning, optionsOf(texts.length)));
      for (; shown < texts.length && texts[shown]!.end; shown++) show(texts[shown]!, shown);
    }
  } catch (error) {
    throw error instanceof BatchDrawError ? error.cause : error; // all samples end with the first that fails
  } finally {
    decoder.dispose();
  }
  tellFull();
  const seconds = (performance.now() - started) / 1000;
  if (json) context.json({ event: 'done', samples, tokens, seconds, tokensPerSecond: tokens / seconds });
  else if (context.terminal.interactive) context.errors.paragraph(`${numbers.integer(tokens)} tokens in ${numbers.decimal(seconds, 1)} s, ${numbers.integer(tokens / seconds)} per second; --seed ${seed}`, { style: context.errors.colors.dim });

  /** A single text goes on beyond its context, so a reader does not expect that these end. */
  function tellFull(): void {
    if (full === 0 || json) return;
    const which = full < samples ? `${numbers.integer(full)} of ${numbers.integer(samples)} texts` : samples === 1 ? 'The text' : `All ${numbers.integer(samples)} texts`;
    context.errors.paragraph(`${which} ended before --max-tokens ${maxTokens}, because the model's context of ${numbers.count(contextLength, 'token')} is full. Without --samples a text goes on beyond it.`);
  }

  function show(text: BatchText, index: number): void {
    if (text.end === 'context is full') full++;
    const ids = text.end === 'stop token' ? text.ids.slice(0, -1) : text.ids;
    const stream = new StreamDecoder(tokenizer);
    // A model may have more tokens than its tokenizer.
    const written = ids.map((id) => (id < tokenizer.vocabSize ? stream.push(id) : '\ufffd')).join('') + stream.end();
    if (json) {
      context.json({ event: 'text', sample: index, text: prompt + written, prompt, tokens: ids.length, ids, logProbabilities: text.logProbabilities, end: text.end, seed: seed + index });
      return;
    }
    const { terminal } = context;
    terminal.write(`${terminal.colors.dim(`--- ${index + 1} of ${samples}, --seed ${seed + index}`)}\n`);
    const shownText = terminal.foreignText();
    shownText.write(prompt.trimStart(), terminal.colors.bold);
    shownText.write(written);
    terminal.write('\n');
  }
}
