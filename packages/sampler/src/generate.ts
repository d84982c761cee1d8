// The loop that writes: ask the model, draw a token, add it, ask again.
import { type NextTokenModel } from './model.js';
import { checkSamplingOptions, type SamplingOptions } from './options.js';
import { createRandom, freshSeed } from './random/random.js';
import { sampleToken } from './sample-token.js';

export interface GenerateOptions extends SamplingOptions {
  /** How many tokens at most: an integer from 0. */
  maxTokens: number;
  /** Equal seeds give equal tokens: an integer from 0 to 2^53 - 1. A fresh one if left out. */
  seed?: number;
  /** Tokens that end the text; the one that did is not given out. */
  stopTokens?: Iterable<number>;
  /** Stops generation: the loop throws the signal's reason, an AbortError unless the caller gave another. */
  signal?: AbortSignal;
}

// How long a model that answers at once may keep the thread, so that pages stay alive and signals arrive.
const BREATH_MILLISECONDS = 16;

/**
 * Continues a prompt token by token, giving out each as soon as it is known.
 *
 * @param prompt ids from 0 to vocabSize - 1; copied. Whether it may be empty is up to the model.
 * @throws RangeError at the first step if an option or an id of the prompt is out of range, or if the model's logits are unusable
 * @throws the signal's reason when aborted
 */
export async function* generate(model: NextTokenModel, prompt: ArrayLike<number>, options: GenerateOptions): AsyncGenerator<number, void, undefined> {
  const { maxTokens, seed = freshSeed(), stopTokens = [], signal } = options;
  if (!(Number.isInteger(maxTokens) && maxTokens >= 0)) throw new RangeError(`maxTokens must be an integer from 0, got ${String(maxTokens)}`);
  checkSamplingOptions(options);
  const context = Array.from(prompt);
  checkIds('prompt', context, model.vocabSize);
  const stops = new Set(stopTokens);
  checkIds('stopTokens', [...stops], model.vocabSize);
  const drawing = { temperature: options.temperature, topK: options.topK, topP: options.topP, random: createRandom(seed) };

  let lastBreath = performance.now();
  for (let step = 0; step < maxTokens; step++) {
    if (performance.now() - lastBreath >= BREATH_MILLISECONDS) {
      await new Promise((resolve) => setTimeout(resolve));
      lastBreath = performance.now();
    }
    signal?.throwIfAborted();
    const logits = await model.next(context);
    signal?.throwIfAborted();
    if (logits.length !== model.vocabSize) {
      throw new RangeError(`the model gave ${logits.length} logits, expected one per token of its vocabulary of ${model.vocabSize}`);
    }
    const id = sampleToken(logits, drawing);
    if (stops.has(id)) return;
    context.push(id);
    yield id;
  }
}

function checkIds(name: string, ids: number[], vocabSize: number): void {
  const position = ids.findIndex((id) => !(Number.isInteger(id) && id >= 0 && id < vocabSize));
  if (position < 0) return;
  throw new RangeError(`${name}[${position}] is ${String(ids[position])}: expected a token id from 0 to ${vocabSize - 1}; was it encoded with this model's tokenizer?`);
}
