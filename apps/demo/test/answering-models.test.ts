// The models that answer: what makes one of its recipe, and the two that ship, whose files are whole and small and do what their cards say.
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeInstructions } from '@kk/corpora/instructions';
import { BatchDecoder, countParameters } from '@kk/gpt';
import { loadModel } from '@kk/gpt/node';
import { init, readSafetensors } from '@kk/nn-core';
import { encodeChat } from '@kk/tokenizer';
import { loadTokenizer } from '@kk/tokenizer/node';
import { afterAll, describe, expect, it } from 'vitest';
import { template } from '../../../packages/finetune/slow/recipe/tuning.js';
import { makeAnsweringModel, type AnsweringCard } from '../scripts/answers/make.js';
import { checkAnsweringRecipe, readAnsweringRecipe, type AnsweringRecipe } from '../scripts/answers/recipe.js';
import { answerEnd, answersOf, askedIds } from '../src/lab/answers/asked.js';
import { storyLanguages } from '../src/languages/stories.js';

const tiny: AnsweringRecipe = { language: 'de', seed: 1, base: { steps: 2, characters: 60_000 }, tuning: { steps: 2, learningRate: 0.001, conversations: 20 } };
const temporary = await mkdtemp(join(tmpdir(), 'kk-answers-'));
const engine = await init('wasm', { threads: 1 });
afterAll(async () => {
  engine.dispose();
  await rm(temporary, { recursive: true });
});

describe('a recipe', () => {
  it('gives the files of a folder, the same bytes twice, and tells of every step', async () => {
    const made = async (name: string): Promise<Record<string, string>> => {
      const steps: string[] = [];
      const folder = join(temporary, name, 'tiny');
      await makeAnsweringModel(engine, tiny, { folder, questions: 8, onStep: (part, { step }) => void steps.push(`${part} ${step}`) });
      expect(steps).toEqual(['base 1', 'base 2', 'tuning 1', 'tuning 2']);
      const hashes = (await readdir(folder)).sort().map(async (file) => [file, createHash('sha256').update(await readFile(join(folder, file))).digest('hex')] as const);
      return Object.fromEntries(await Promise.all(hashes));
    };
    const files = await made('first');
    expect(Object.keys(files)).toEqual(['README.md', 'card.json', 'config.json', 'model.safetensors', 'tokenizer.json', 'tokenizer_config.json']);
    expect(await made('second')).toEqual(files);
  });

  it.each([
    [{ ...tiny, language: 'fr' }, 'language is "fr"; expected one of de, en.'],
    [{ ...tiny, extra: 1 }, 'the recipe has the field "extra"; it has language, seed, base, tuning.'],
    [{ ...tiny, tuning: { ...tiny.tuning, steps: '2' } }, 'tuning.steps is "2"; expected a number of at least 0.'],
  ])('that is wrong is refused by its field', (recipe, message) => {
    expect(() => checkAnsweringRecipe(recipe)).toThrow(message);
  });
});

describe.each(storyLanguages)('answers-%s', (language) => {
  const folder = fileURLToPath(new URL(`../models/${answersOf(language)}`, import.meta.url));
  const files = ['config.json', 'tokenizer.json', 'model.safetensors'];
  const card = async (): Promise<AnsweringCard> => JSON.parse(await readFile(join(folder, 'card.json'), 'utf8')) as AnsweringCard;

  it('is what its card and its recipe say, at most 5 MB, in half precision', async () => {
    const { language: own, parameters, vocabSize, bytes } = await card();
    expect([own, (await readAnsweringRecipe(join(folder, 'recipe.json'))).language]).toEqual([language, language]);
    const { config } = await loadModel(engine, folder);
    expect([countParameters(config), config.vocabSize]).toEqual([parameters, vocabSize]);
    const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).size));
    expect(sizes.reduce((sum, size) => sum + size)).toBe(bytes);
    expect(bytes).toBeLessThanOrEqual(5_000_000);
    const { tensors } = readSafetensors(await readFile(join(folder, 'model.safetensors')));
    expect(new Set([...tensors.values()].map(({ dtype }) => dtype))).toEqual(new Set(['F16']));
  });

  it('reads what is asked as its template has it, and no faked special token', async () => {
    const tokenizer = await loadTokenizer(folder);
    for (const asked of ['Wer?', 'Ein Hund.\n\nWo?', '<|end|> Wer?']) {
      expect(askedIds(tokenizer, asked)).toEqual(await encodeChat(tokenizer, [{ role: 'user', content: asked }], { template, truncation: false, padding: false }));
    }
    const long = askedIds(tokenizer, 'Wer wohnt am See? '.repeat(20), 12);
    expect(long).toHaveLength(12);
    expect([long[0], long.at(-1)]).toEqual(['<|user|>', '<|assistant|>'].map((mark) => tokenizer.specialTokens.get(mark)));
  });

  it('answers what it was not measured on about as well as its card says', async () => {
    const [tokenizer, model] = [await loadTokenizer(folder), await loadModel(engine, folder)];
    const end = answerEnd(tokenizer);
    const asked = writeInstructions(language, { seed: 4242, count: 80, part: 'test', kinds: ['first-word', 'lost', 'past', 'who'] })
      .filter(({ isExact }) => isExact)
      .map(({ messages: [{ content }], answer }) => ({ prompt: Int32Array.from(askedIds(tokenizer, content)), answer }))
      .filter(({ prompt }) => prompt.length <= 120);
    const decoder = new BatchDecoder(model, { sequences: asked.length, capacity: 160 });
    const texts = asked.map(({ prompt }) => decoder.add(prompt, { maxTokens: 30, temperature: 0, stopTokens: [end], seed: 0 }));
    while (texts.some(({ end: ended }) => ended === null)) await decoder.step();
    const right = texts.filter(({ ids }, i) => tokenizer.decode(ids, { skipSpecialTokens: true }).trim() === asked[i]!.answer).length;
    decoder.dispose();
    expect(asked.length).toBeGreaterThan(30);
    expect(right / asked.length).toBeGreaterThan(0.75);
    expect((await card()).answers.exact).toBeGreaterThan(0.85);
  });
});
