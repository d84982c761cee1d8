import { describe, expect, it } from 'vitest';
import { generate, type GenerateOptions, type NextTokenModel } from '../../src/index.js';

/** Counts upwards, round and round: after id n only n + 1 is possible. */
const counter: NextTokenModel = {
  vocabSize: 5,
  next: (context) => {
    const logits = new Float32Array(5).fill(-Infinity);
    logits[(context[context.length - 1] + 1) % 5] = 0;
    return logits;
  },
};

/** Every token equally probable; answers later, as a model on another thread does. */
const die: NextTokenModel = { vocabSize: 6, next: () => Promise.resolve(new Float32Array(6)) };

async function collect(model: NextTokenModel, prompt: ArrayLike<number>, options: GenerateOptions): Promise<number[]> {
  const ids: number[] = [];
  for await (const id of generate(model, prompt, options)) ids.push(id);
  return ids;
}

describe('generate', () => {
  it('feeds each token back to the model', async () => {
    expect(await collect(counter, [2], { maxTokens: 6 })).toEqual([3, 4, 0, 1, 2, 3]);
    expect(await collect(counter, Int32Array.of(2), { maxTokens: 0 })).toEqual([]);
  });

  it('streams: a token is there before the next is asked for', async () => {
    let asked = 0;
    const model: NextTokenModel = { vocabSize: 5, next: (context) => (asked++, counter.next(context)) };
    const stream = generate(model, [0], { maxTokens: 100 });
    expect((await stream.next()).value).toBe(1);
    expect((await stream.next()).value).toBe(2);
    expect(asked).toBe(2);
  });

  it('gives the same tokens for the same seed, others for another, and others each time without one', async () => {
    const roll = (seed?: number) => collect(die, [0], { maxTokens: 30, seed });
    expect(await roll(1)).toEqual(await roll(1));
    expect(await roll(1)).not.toEqual(await roll(2));
    expect(await roll()).not.toEqual(await roll());
  });

  it('applies temperature, top-k and top-p', async () => {
    const slope: NextTokenModel = { vocabSize: 4, next: () => Float32Array.of(0, 1, 2, 3) };
    expect(new Set(await collect(slope, [], { maxTokens: 50, temperature: 0 }))).toEqual(new Set([3]));
    expect(new Set(await collect(slope, [], { maxTokens: 50, topK: 2, temperature: 5, seed: 1 }))).toEqual(new Set([2, 3]));
    expect(new Set(await collect(slope, [], { maxTokens: 50, topP: 0.7, seed: 1 }))).toEqual(new Set([2, 3]));
  });

  it('ends before a stop token', async () => {
    expect(await collect(counter, [0], { maxTokens: 100, stopTokens: [4] })).toEqual([1, 2, 3]);
    expect(await collect(counter, [0], { maxTokens: 100, stopTokens: new Set([1]) })).toEqual([]);
  });

  it('leaves the prompt alone, even a growing array', async () => {
    const prompt = [0];
    await collect(counter, prompt, { maxTokens: 3 });
    expect(prompt).toEqual([0]);
  });

  it('throws the reason of a signal: before the first token, between two, and while the model thinks', async () => {
    await expect(collect(die, [0], { maxTokens: 5, signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });

    const between = new AbortController();
    const stream = generate(die, [0], { maxTokens: 5, signal: between.signal });
    await stream.next();
    between.abort(new Error('enough'));
    await expect(stream.next()).rejects.toThrow('enough');
    expect((await stream.next()).done).toBe(true);

    const during = new AbortController();
    const thinking: NextTokenModel = { vocabSize: 2, next: () => (during.abort(), Promise.resolve(new Float32Array(2))) };
    await expect(collect(thinking, [0], { maxTokens: 5, signal: during.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('lets timers run while a model that answers at once keeps writing', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 1);
    await expect(collect(counter, [0], { maxTokens: 1e9, signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('passes on what the model throws', async () => {
    const broken: NextTokenModel = { vocabSize: 2, next: () => Promise.reject(new Error('out of memory')) };
    await expect(collect(broken, [0], { maxTokens: 5 })).rejects.toThrow('out of memory');
  });

  it.each<[string, ArrayLike<number>, GenerateOptions, string]>([
    ['a negative length', [0], { maxTokens: -1 }, 'maxTokens must be an integer from 0, got -1'],
    ['a length that is no number', [0], { maxTokens: NaN }, 'maxTokens must be an integer from 0, got NaN'],
    ['a temperature below 0', [0], { maxTokens: 1, temperature: -1 }, 'temperature must be'],
    ['a seed that is none', [0], { maxTokens: 1, seed: 1.5 }, 'seed is'],
    ['an id beyond the vocabulary', [0, 6], { maxTokens: 1 }, 'prompt[1] is 6: expected a token id from 0 to 5'],
    ['an id that is none', [0.5], { maxTokens: 1 }, 'prompt[0] is 0.5'],
    ['an option that it does not have', [0], { maxTokens: 1, stopToken: [1] } as GenerateOptions, "generate: unknown option 'stopToken', did you mean 'stopTokens'?; known: maxTokens, stopTokens, "],
    ['a stop token beyond the vocabulary', [0], { maxTokens: 1, stopTokens: [99] }, 'stopTokens[0] is 99'],
  ])('refuses %s', async (_, prompt, options, message) => {
    await expect(collect(die, prompt, options)).rejects.toThrow(message);
  });

  it('refuses logits of another size than the vocabulary', async () => {
    const wrong: NextTokenModel = { vocabSize: 6, next: () => new Float32Array(7) };
    await expect(collect(wrong, [0], { maxTokens: 1 })).rejects.toThrow('the model gave 7 logits, expected one per token of its vocabulary of 6');
  });
});
