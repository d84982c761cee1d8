// Many texts at a time: what each gets is what it gets alone, and what the model's forward pass says, whoever joins and leaves meanwhile.
import type { Engine } from '@kk/nn-core';
import { generate, huggingFace, Sampler, type NextTokenModel, type Stage } from '@kk/sampler';
import { constrain, regexConstraint, TokenVocabulary } from '@kk/sampler/grammar';
import { describe, expect, it } from 'vitest';
import { BatchDecoder, BatchDrawError, Decoder, GPT, Llama, quantizeModel, type BatchText, type BatchTextOptions, type BatchToken, type LanguageModel, type Transformer } from '../../src/index.js';

const sizes = { vocabSize: 23, contextLength: 24, layers: 2, heads: 4, width: 16 };
const models: Record<string, (engine: Engine) => Transformer> = {
  'a GPT': (engine) => new GPT(engine, sizes, { seed: 5 }),
  'a Mistral with a window and grouped heads': (engine) => new Llama(engine, { family: 'mistral', ...sizes, keyValueHeads: 2, feedForwardWidth: 24, window: 6 }, { seed: 5 }),
  'a Qwen2': (engine) => new Llama(engine, { family: 'qwen2', ...sizes, keyValueHeads: 1, feedForwardWidth: 24 }, { seed: 5 }),
};

/** Random weights say little: larger ones make tokens differ in their probabilities. */
async function sharpen(model: Transformer): Promise<Transformer> {
  for (const parameter of model.parameters()) if (parameter.rank === 2) model.engine.write(parameter, Float32Array.from(await parameter.data(), (weight) => 12 * weight));
  return model;
}

const prompts = [[3], [1, 4, 1, 5, 9, 2, 6], [7, 7], [2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5]];

/** The log-probability of each written token by one forward pass without a cache. */
async function trainingLogProbabilities(model: Transformer, text: BatchText): Promise<number[]> {
  const { engine, config } = model;
  const ids = [...text.prompt, ...text.ids];
  const logits = await engine.scope(() => engine.noGradient(() => model.forward(engine.tensor(ids.slice(0, -1), [1, ids.length - 1], 'int32')))).data();
  return text.ids.map((id, i) => {
    const at = (text.prompt.length - 1 + i) * config.vocabSize;
    const row = Array.from(logits.slice(at, at + config.vocabSize));
    const highest = Math.max(...row);
    return row[id]! - highest - Math.log(row.reduce((sum, logit) => sum + Math.exp(logit - highest), 0));
  });
}

/** @param tolerance of log-probabilities */
export function batchDecoderTests(name: string, make: () => Promise<Engine>, tolerance = 1e-5): void {
  describe(`BatchDecoder on ${name}`, async () => {
    const engine = await make();

    it.each(Object.keys(models))('writes with %s what each text gets alone, and knows its probabilities', async (kind) => {
      const model = await sharpen(models[kind]!(engine));
      const decoder = new BatchDecoder(model, { sequences: 3, promptTokensPerStep: 5 });
      const options = (i: number) => ({ maxTokens: [9, 5, 12, 6][i]!, seed: i, temperature: 0.9 });
      // Two begin, one joins later, the last one waits until there is room.
      const texts = [decoder.add(prompts[0]!, options(0)), decoder.add(prompts[1]!, options(1))];
      await decoder.step();
      texts.push(decoder.add(prompts[2]!, options(2)));
      while (texts.length < 4) {
        await decoder.step();
        if (decoder.room > 0) texts.push(decoder.add(prompts[3]!, options(3)));
      }
      for await (const { text, id, logProbability } of decoder.run()) {
        expect(text.ids.at(-1)).toBe(id);
        expect(text.logProbabilities.at(-1)).toBe(logProbability);
      }
      const alone: NextTokenModel & { dispose(): void } = new Decoder(model);
      for (const [i, text] of texts.entries()) {
        expect(text.end).toBe('max tokens');
        const { maxTokens, ...drawing } = options(i);
        const written: number[] = [];
        for await (const id of generate(alone, prompts[i]!, { maxTokens, ...drawing })) written.push(id);
        expect(text.ids, `text ${i}`).toEqual(written);
        (await trainingLogProbabilities(model, text)).forEach((expected, at) => expect(Math.abs(text.logProbabilities[at]! - expected), `token ${at} of text ${i}`).toBeLessThan(tolerance));
      }
      expect([decoder.texts.length, decoder.room]).toEqual([0, 3]);
      decoder.dispose();
      alone.dispose();
    });

    it('serves many texts with one sampler of a form, one after another and side by side', async () => {
      const model = await sharpen(models['a GPT']!(engine));
      const end = 22;
      const bytes = Array.from({ length: 23 }, (_, id) => (id === end ? undefined : Uint8Array.of(97 + id)));
      const form = regexConstraint('abc', new TokenVocabulary(bytes, { endTokens: [end] }));
      const sampler = new Sampler([constrain(form)], { seed: 1 });
      const decoder = new BatchDecoder(model, { sequences: 3 });
      for (let round = 0; round < 2; round++) {
        const texts = decoder.addMany(prompts[1]!, Array.from({ length: 3 }, () => ({ maxTokens: 9, sampler })));
        while (decoder.texts.length > 0) await decoder.step();
        expect(texts.map(({ ids, end: why }) => [ids, why])).toEqual(Array.from({ length: 3 }, () => [[0, 1, 2, end], 'stop token']));
      }
      for (const id of [0, 1]) sampler.accept(id);
      const further = decoder.add([0, 1], { maxTokens: 9, sampler, resume: true });
      while (decoder.texts.length > 0) await decoder.step();
      expect(further.ids).toEqual([2, end]);
      decoder.dispose();
    });

    it('keeps a minimum length, wherever the end was named', async () => {
      const model = await sharpen(models['a GPT']!(engine));
      const decoder = new BatchDecoder(model, { sequences: 4 });
      // All tokens but one end the text.
      const ends = Array.from({ length: 22 }, (_, id) => id + 1);
      const ways = [{ minNewTokens: 4, endTokens: ends, seed: 1 }, { minNewTokens: 4, stopTokens: ends, seed: 1 }, { sampler: new Sampler(huggingFace({ minNewTokens: 4 }), { seed: 1 }), stopTokens: ends }, { sampler: new Sampler(huggingFace({ minNewTokens: 4, endTokens: ends }), { seed: 1 }) }];
      const texts = ways.map((options) => decoder.add([3], { maxTokens: 12, ...options }));
      while (decoder.texts.length > 0) await decoder.step();
      for (const { ids, end } of texts) expect([ids.slice(0, 4), end]).toEqual([[0, 0, 0, 0], 'stop token']);
      expect(() => decoder.add([3], { maxTokens: 1, endTokens: [23] })).toThrow('endTokens[0] is 23');
      expect(() => decoder.add([3], { maxTokens: 1, resume: true })).toThrow('resume needs the sampler that drew the beginning of the text');
      decoder.dispose();
    });

    it('computes the prompt of rollouts once, and each goes its own way', async () => {
      const model = await sharpen(models['a Qwen2']!(engine));
      const decoder = new BatchDecoder(model, { sequences: 4 });
      const rows: number[] = [];
      const counted: LanguageModel = {
        engine,
        config: model.config,
        loss: (ids, targets) => model.loss(ids, targets),
        createCache: (options) => model.createCache(options),
        forwardCached(parts) {
          rows.push(parts.reduce((sum, { ids }) => sum + ids.length, 0));
          return model.forwardCached(parts);
        },
      };
      const counting = new BatchDecoder(counted, { sequences: 4 });
      const seeds = [0, 1, 2, 3].map((seed) => ({ seed, maxTokens: 5 }));
      const together = counting.addMany(prompts[3]!, seeds);
      for await (const token of counting.run()) expect(together).toContain(token.text);
      expect(rows).toEqual([12, 4, 4, 4, 4]);
      const apart = seeds.map((options) => decoder.add(prompts[3]!, options));
      for await (const token of decoder.run()) expect(apart).toContain(token.text);
      expect(together.map(({ ids }) => ids)).toEqual(apart.map(({ ids }) => ids));
      expect(new Set(together.map(({ ids }) => ids.join())).size).toBe(4);
      for (const each of [decoder, counting]) each.dispose();
    });

    it('ends texts at stop tokens, when the context is full, and when they are removed', async () => {
      const model = await sharpen(models['a GPT']!(engine));
      const before = engine.memory().buffers;
      const decoder = new BatchDecoder(model, { sequences: 4, capacity: 10 });
      const stopped = decoder.add([1], { maxTokens: 9, seed: 1, stopTokens: Array.from({ length: 23 }, (_, id) => id) });
      const full = decoder.add([1, 2, 3, 4, 5, 6, 7], { maxTokens: 99, seed: 1 });
      const whole = decoder.add([9, 9, 9, 9, 9, 9, 9, 9, 9, 9], { maxTokens: 99, seed: 1 });
      const removed = decoder.add([1, 2], { maxTokens: 99, seed: 1 });
      await decoder.step();
      decoder.remove(removed);
      decoder.remove(removed);
      const heirs = decoder.addMany([5, 6], [0, 1, 2].map((seed) => ({ maxTokens: 2, seed })));
      decoder.remove(heirs[0]!); // the one that was to compute the prompt
      for await (const { text } of decoder.run()) expect([full, heirs[1], heirs[2]]).toContain(text);
      expect([stopped, full, whole, removed, ...heirs].map(({ end }) => end)).toEqual(['stop token', 'context is full', 'context is full', 'removed', 'removed', 'max tokens', 'max tokens']);
      expect([stopped, full, whole, removed, ...heirs].map(({ ids }) => ids.length)).toEqual([1, 4, 1, 1, 0, 2, 2]);
      expect(await decoder.step()).toEqual([]);
      expect(engine.memory().buffers).toBe(before + 2); // the cache of two layers, and nothing of the steps
      decoder.dispose();
      expect(engine.memory().buffers).toBe(before);
    });

    it('works with int8 weights', async () => {
      const model = await quantizeModel(await sharpen(models['a Qwen2']!(engine)));
      const decoder = new BatchDecoder(model, { sequences: 6 });
      const texts = [...prompts, [4, 4], [5]].map((prompt, seed) => decoder.add(prompt, { maxTokens: 6, seed }));
      for await (const token of decoder.run()) expect(texts).toContain(token.text);
      // Products with int8 weights round their rows to 16 bits, which makes small steps out of differences by rounding.
      for (const text of texts) (await trainingLogProbabilities(model, text)).forEach((expected, at) => expect(Math.abs(text.logProbabilities[at]! - expected)).toBeLessThan(2e-4));
      decoder.dispose();
    });

    it('ends a text whose token cannot be drawn, says which, and goes on with the others', async () => {
      const model = await sharpen(models['a GPT']!(engine));
      const broken: Stage = {
        name: 'broken at the third token',
        apply(_, { ids }) {
          if (ids.length === 4) throw new Error('no token is allowed');
        },
      };
      const decoder = new BatchDecoder(model, { sequences: 4 });
      const failing = decoder.add([3, 4], { maxTokens: 6, sampler: new Sampler([broken], { seed: 1 }) });
      const innocent = decoder.add([7, 7], { maxTokens: 6, seed: 2 });
      const yielded: BatchToken[] = [];
      const runToTheEnd = async (): Promise<void> => {
        for await (const token of decoder.run()) yielded.push(token);
      };
      const error: unknown = await runToTheEnd().then(() => null, (thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(BatchDrawError);
      expect(error).toMatchObject({ name: 'BatchDrawError', texts: [failing], tokens: [{ text: innocent, id: innocent.ids[2] }], cause: { message: 'no token is allowed' } });
      expect(String(error)).toContain('no token could be drawn for a text (`texts` of this error), which has ended: no token is allowed. The others have theirs');
      expect([failing.end, failing.error, failing.ids.length]).toEqual(['failed', (error as Error).cause, 2]);
      expect([innocent.end, innocent.error, innocent.ids.length, decoder.room]).toEqual([null, undefined, 3, 3]);
      await runToTheEnd();
      expect(yielded.filter(({ text }) => text === innocent).map(({ id }) => id)).toEqual(innocent.ids);
      expect([innocent.end, innocent.ids.length, decoder.room]).toEqual(['max tokens', 6, 4]);
      const alone = decoder.add([7, 7], { maxTokens: 6, seed: 2 });
      await runToTheEnd();
      expect(alone.ids).toEqual(innocent.ids);
      decoder.dispose();
    });

    it('can try a step again when the model has failed, also after its forward pass', async () => {
      const model = await sharpen(models['a Qwen2']!(engine));
      let failures = 0;
      const failsAt = (call: number): LanguageModel => {
        let calls = 0;
        return {
          engine,
          config: model.config,
          loss: (ids, targets) => model.loss(ids, targets),
          createCache: (options) => model.createCache(options),
          forwardCached(parts) {
            const logits = model.forwardCached(parts);
            if (++calls !== call) return logits;
            failures++;
            logits.dispose(); // so that reading it fails, as on a device that is gone
            return logits;
          },
        };
      };
      const seeds = [1, 2].map((seed) => ({ seed, maxTokens: 5 }));
      const write = async (from: LanguageModel): Promise<number[][]> => {
        const decoder = new BatchDecoder(from, { sequences: 3, promptTokensPerStep: 5 });
        const texts = [...decoder.addMany(prompts[1]!, seeds), decoder.add([7], { seed: 3, maxTokens: 5 })];
        for (let step = 0; decoder.texts.length > 0 && step < 20; step++) await decoder.step().catch(() => []);
        decoder.dispose();
        return texts.map(({ ids }) => ids);
      };
      const expected = await write(model);
      expect(expected.map(({ length }) => length)).toEqual([5, 5, 5]);
      for (const call of [1, 2, 4]) expect(await write(failsAt(call)), `failing at call ${call}`).toEqual(expected);
      expect(failures).toBe(3);
    });

    it('refuses what cannot be, and changes nothing', async () => {
      const model = models['a GPT']!(engine);
      const decoder = new BatchDecoder(model, { sequences: 2, capacity: 6 });
      expect(decoder.cacheBytes).toBe(8 * 2 * 2 * 6 * 16);
      const options = { maxTokens: 3, seed: 1 };
      expect(() => decoder.add([], options)).toThrow('the prompt is empty');
      expect(() => decoder.add([1, 2, 3, 4, 5, 6, 7], options)).toThrow('the prompt has 7 tokens and a text at most 6: give its last part');
      expect(() => decoder.add([23], options)).toThrow('prompt[0] is 23, which is no token id; the vocabulary has the ids 0 to 22. Where tokens were added to the tokenizer, call resizeVocabulary first.');
      expect(() => decoder.add([1, undefined, 2] as number[], options)).toThrow('prompt[1] is undefined, which is no token id');
      for (const wrong of [23, -1, NaN, 0.5, '1', undefined]) expect(() => decoder.add([1], { ...options, stopTokens: [2, wrong as number] })).toThrow(`stopTokens[1] is ${String(wrong)}, which is no token id; the vocabulary has the ids 0 to 22`);
      expect(() => decoder.add([1], { ...options, temprature: 0 } as BatchTextOptions)).toThrow("the options of a text: unknown option 'temprature', did you mean 'temperature'");
      expect(() => decoder.add([1], { ...options, stopToken: [1] } as BatchTextOptions)).toThrow("unknown option 'stopToken', did you mean 'stopTokens'");
      expect(() => decoder.add([1], {} as BatchTextOptions)).toThrow("the option 'maxTokens' is missing");
      expect(() => decoder.add([1], { ...options, maxTokens: 0 })).toThrow('maxTokens is 0; expected a whole number of at least 1');
      expect(() => decoder.addMany([1], [options, options, options])).toThrow('there is room for 2 more texts of 2, and 3 were to be added');
      expect(() => decoder.addMany([1], [options, { ...options, temperature: -1 }])).toThrow('temperature');
      expect(decoder.room).toBe(2);
      expect(() => new BatchDecoder(model, { sequences: 0 })).toThrow('sequences is 0');
      expect(() => new BatchDecoder(model, { sequences: 1e9 })).toThrow('1000000000 sequences of 24 positions and width 16 take 3072000000000 bytes in each layer, 6144000000000 in all 2; a layer can have at most 8589934588: choose fewer sequences or a smaller capacity.');
      expect(() => new BatchDecoder(model, { capacity: 25 })).toThrow('a cache for 25 positions is asked for, but the context length is 24');
      expect(() => new BatchDecoder(model, { promptTokensPerStep: 0 })).toThrow('promptTokensPerStep is 0');
      expect(() => model.forwardCached([])).toThrow('forwardCached got no sequences');
      decoder.add([1], options);
      const running = decoder.step();
      await expect(decoder.step()).rejects.toThrow('a step is running');
      expect(await running).toHaveLength(1);
      decoder.dispose();
    });
  });
}
