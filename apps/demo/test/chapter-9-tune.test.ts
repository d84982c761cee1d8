// Chapter 9: the code of the figures that tune and talk, what is taken away, and how lines are kept.
import { crc32, inflateRawSync } from 'node:zlib';
import { styleLines } from '@kk/corpora/instructions';
import { fromPeft } from '@kk/finetune';
import { fromHuggingFaceConfig, fromSafetensors, type Transformer } from '@kk/gpt';
import { readSafetensors } from '@kk/nn-core';
import { tokenizerFromJSON } from '@kk/tokenizer';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import de from '../src/chapters/09-finetuning/de.js';
import en from '../src/chapters/09-finetuning/en.js';
import { chosenLines } from '../src/chapters/09-finetuning/chosen-lines.js';
import { freeName, LONGEST_NAME, modelName } from '../src/chapters/09-finetuning/model-name.js';
import { preparedRun, questionsOf, recipeOf as recipeOfSettings } from '../src/chapters/09-finetuning/settings.js';
import { tuneCode, type Answering } from '../src/chapters/09-finetuning/tune-code.js';
import { zipFile } from '../src/figures/zip-file.js';
import { storyLanguages } from '../src/languages/stories.js';
import talkJob, { type TalkInput } from '../src/lab/jobs/talk.js';
import tunedFilesJob, { type TunedFiles } from '../src/lab/jobs/tuned-files.js';
import tuningJob from '../src/lab/jobs/tuning.js';
import { copyModel } from '../src/lab/tuning/copy-model.js';
import { writtenText } from '../src/lab/tuning/answer.js';
import { tunedModel } from '../src/lab/tuning/kept.js';
import type { TuningRecipe } from '../src/lab/tuning/recipe.js';
import { fileOfLines, linesOf, linesOfFile, LONGEST_PART, MOST_LINES } from '../src/storage/own-lines.js';
import { runCode } from './support/run-code.js';
import { runJob } from './support/run-job.js';
import { tinyModel, toolsOf } from './support/tiny-model.js';

const tiny = await tinyModel('stories-de', 'de', { backend: 'wasm' });
afterAll(() => tiny.dispose());

const STEPS = 4;
const recipeOf = (changes: Partial<TuningRecipe> = {}): TuningRecipe => ({ language: 'de', lines: styleLines('de', 'pirate'), way: 'full', replay: 0, learningRate: 0.003, steps: STEPS, seed: 3, ...changes });
const questions = ['Wo ist der Ball?', 'Was isst die "Maus"?'];
const writing = { temperature: 0.7, length: 14 };
const run = (source: string): Promise<string> => runCode(source.replace('apps/demo/models/stories-de', tiny.folder).replace("init('wasm')", "init('wasm', { threads: 1 })"));
const ownLines = [{ prompt: ' Wer "bist" du? ', completion: 'Ich bin\\es. ' }, { prompt: 'Und?', completion: 'Nichts.' }];

describe('the code of the figures', () => {
  it.each<[string, Partial<TuningRecipe>, 'pirate' | 'own', number]>([
    ['before', {}, 'pirate', 0],
    ['all weights', {}, 'pirate', STEPS],
    ['half of the steps', {}, 'pirate', STEPS / 2],
    ['LoRA with replay', { way: 'lora', replay: 25, learningRate: 0.01 }, 'pirate', STEPS],
    ['the last layer with replay', { way: 'last', replay: 50 }, 'pirate', STEPS],
    ['lines of one’s own', { lines: ownLines }, 'own', STEPS],
  ])('prints what was answered: %s', async (_, changes, style, after) => {
    const recipe = recipeOf(changes);
    const { result } = await runJob(tuningJob, { recipe, asked: { prompts: questions, ...writing }, every: STEPS / 2 }, toolsOf(tiny));
    const answers = result.looks.find(({ step }) => step === after)!.answers.map(({ text }) => text);
    const { source, prints } = tuneCode({ recipe, style, after }, questions, { ...writing, seed: recipe.seed }, answers);
    expect(await run(source)).toBe(prints);
  });

  it.each<[string, Answering & TalkInput['partner']]>([
    ['what a recipe has made', { recipe: recipeOf(), style: 'pirate', after: STEPS }],
    ['the model before it', { model: 'stories-de' }],
  ])('prints what was said: %s', async (_, partner) => {
    const input: TalkInput = { partner, prompt: questions[1]!, ...writing, temperature: 1.2, seed: 9, top: 4 };
    const { result, updates } = await runJob(talkJob, input, toolsOf(tiny));
    const { source, prints } = tuneCode(partner, [input.prompt], { ...writing, temperature: 1.2, seed: 9 }, [result.text]);
    expect(await run(source)).toBe(prints);
    expect(updates.at(-1)).toEqual(result);
    for (const { id, options } of result.tokens) {
      expect(options).toHaveLength(4);
      expect(options.map(({ probability }) => probability)).toEqual(options.map(({ probability }) => probability).sort((a, b) => b - a));
      expect(id).toBeGreaterThanOrEqual(0);
    }
    expect((await runJob(talkJob, input, toolsOf(tiny))).result).toEqual(result);
    expect((await runJob(talkJob, { ...input, seed: 10 }, toolsOf(tiny))).result.text).not.toBe(result.text);
  });
});

describe('an answer', () => {
  const { tokenizer } = tiny.model;
  const bytes = [...tokenizer.encode('ä')].length === 2 ? [...tokenizer.encode('ä')] : [0xc3, 0xa4].map((byte) => Array.from({ length: tokenizer.vocabSize }, (_, id) => id).find((id) => tokenizer.tokenBytes(id).length === 1 && tokenizer.tokenBytes(id)[0] === byte)!);

  it.each<[string, number[], string]>([
    ['ends in the middle of a character', [...tokenizer.encode('Der Bär'), bytes[0]!], 'Der Bär'],
    ['goes on after half a character', [...tokenizer.encode('Der B'), bytes[0]!, ...tokenizer.encode('r')], 'Der Br'],
    ['begins with the end of a character', [bytes[1]!, ...tokenizer.encode('Der Bär\n\n')], 'Der Bär'],
    ['has a character in two tokens', [...tokenizer.encode('Der B'), ...bytes, ...tokenizer.encode('r')], 'Der Bär'],
  ])('that %s is shown without half characters', (_, ids, text) => expect(writtenText(tokenizer, ids)).toBe(text));

  it('has no half characters on its way, and its code prints the same', async () => {
    const input: TalkInput = { partner: { model: 'stories-de' }, prompt: 'Wer?', temperature: 1.5, length: 40, seed: 1, top: 1 };
    const { updates, result } = await runJob(talkJob, input, toolsOf(tiny));
    expect(tokenizer.decode(result.tokens.map(({ id }) => id)), 'the case is one').toContain('\uFFFD');
    for (const { text } of updates) expect(text).not.toContain('\uFFFD');
    const { source, prints } = tuneCode({ model: 'stories-de' }, [input.prompt], input, [result.text]);
    expect(await run(source)).toBe(prints);
  });
});

describe('what is taken away', () => {
  /** They keep what was trained: files and numbers come from the same weights. */
  const tools = toolsOf(tiny);
  const filesOf = async (recipe: TuningRecipe): Promise<TunedFiles> => (await runJob(tunedFilesJob, { recipe, after: STEPS }, tools)).result;
  const logitsOf = async (gpt: Transformer): Promise<number[]> => {
    const logits = gpt.engine.noGradient(() => gpt.engine.scope(() => gpt.forward(gpt.engine.tensor([5, 6, 7, 8], [1, 4], 'int32'))));
    const values = [...(await logits.data())];
    logits.dispose();
    return values;
  };
  const tunedLogits = async (recipe: TuningRecipe): Promise<number[]> => {
    const { gpt, dispose } = await tunedModel(tools, { recipe, after: STEPS });
    const values = await logitsOf(gpt);
    dispose();
    return values;
  };
  const close = (a: readonly number[], b: readonly number[]): void => a.forEach((value, i) => expect(Math.abs(value - b[i]!)).toBeLessThan(1e-4));

  it.each(['full', 'lora', 'last'] as const)('is a folder that computes what the tuned model does: %s', async (way) => {
    const recipe = recipeOf({ way, learningRate: 0.01 });
    const { model, facts, adapter } = await filesOf(recipe);
    const config = fromHuggingFaceConfig(JSON.parse(await model['config.json'].text()));
    const gpt = fromSafetensors(tiny.model.gpt.engine, config, new Uint8Array(await model['model.safetensors'].arrayBuffer()));
    const values = await logitsOf(gpt);
    gpt.dispose();
    close(values, await tunedLogits(recipe));
    expect(values).not.toEqual(await logitsOf(tiny.model.gpt));
    expect(tokenizerFromJSON(JSON.parse(await model['tokenizer.json'].text()) as never).encode('Wo ist der Ball?')).toEqual(tiny.model.tokenizer.encode('Wo ist der Ball?'));
    expect(facts).toMatchObject({ family: 'gpt', layers: 2, width: 32, contextLength: 96 });
    expect(adapter === undefined).toBe(way !== 'lora');
  });

  it('is an adapter that makes the same of the shipped model', async () => {
    const recipe = recipeOf({ way: 'lora', learningRate: 0.01 });
    const { adapter } = await filesOf(recipe);
    const gpt = await copyModel(tiny.model.gpt);
    const loaded = fromPeft(gpt, await adapter!['adapter_config.json'].text(), readSafetensors(new Uint8Array(await adapter!['adapter_model.safetensors'].arrayBuffer())).tensors);
    close(await logitsOf(gpt), await tunedLogits(recipe));
    loaded.remove();
    gpt.dispose();
  });

  it('is packed as a .zip whose files are those that went in', async () => {
    const files = { 'mine/empty.txt': new Blob([]), 'mine/größe.json': new Blob(['{"a": 1}']), 'mine/long.bin': new Blob([Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) % 251)]) };
    const zip = Buffer.from(await (await zipFile(files)).arrayBuffer());
    const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
    expect(zip.readUInt16LE(end + 10)).toBe(3);
    let at = zip.readUInt32LE(end + 16);
    for (const [path, blob] of Object.entries(files)) {
      const [method, crc, packed, size, nameLength, offset] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 16), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 24), zip.readUInt16LE(at + 28), zip.readUInt32LE(at + 42)];
      expect([method, zip.toString('utf8', at + 46, at + 46 + nameLength)]).toEqual([8, path]);
      const start = offset + 30 + zip.readUInt16LE(offset + 26);
      const bytes = inflateRawSync(zip.subarray(start, start + packed));
      expect([bytes.length, crc]).toEqual([size, crc32(bytes)]);
      expect(bytes.equals(Buffer.from(await blob.arrayBuffer()))).toBe(true);
      at += 46 + nameLength;
    }
  });
});

describe('the name of a model', () => {
  it.each([
    ['Mein Pirat', 'mein-pirat'],
    ['  Käpt’n   Blaubär! ', 'käpt-n-blaubär'],
    ['a_b.c/d', 'a_b-c-d'],
    ['MEIN Modell / 1', 'mein-modell-1'],
    ['Ka\u0308se', 'käse'],
    ['…!?', ''],
    ['CON', 'con-1'], // Windows has no such folder
    ['lpt1 ', 'lpt1-1'],
    ['Konrad con', 'konrad-con'],
    [`${'a'.repeat(LONGEST_NAME)}b`, 'a'.repeat(LONGEST_NAME)],
    [`${'a'.repeat(LONGEST_NAME - 1)} b`, 'a'.repeat(LONGEST_NAME - 1)],
  ])('%s becomes %s', (typed, name) => expect(modelName(typed)).toBe(name));

  it.each([
    [[], 'mein-pirat'],
    [['mein-pirat-2', 'anderes'], 'mein-pirat'],
    [['mein-pirat'], 'mein-pirat-2'],
    [['mein-pirat', 'mein-pirat-2', 'mein-pirat-4'], 'mein-pirat-3'],
  ])('is free beside %j: %s', (taken, free) => expect(freeName('mein-pirat', taken)).toBe(free));

  it.each([de, en])('that is proposed stays as it is', ({ take: { names, dialectName } }) => {
    for (const name of [...Object.values(names), ...storyLanguages.map(dialectName)]) expect(modelName(name)).toBe(name);
  });
});

describe('lines', () => {
  it('of a kept value or a file are taken only if they are some', () => {
    expect(linesOf([{ prompt: 'a', completion: 'b', more: 1 }])).toEqual([{ prompt: 'a', completion: 'b' }]);
    for (const wrong of [undefined, null, 'x', [null], [{ prompt: 1, completion: 'b' }], [{ prompt: 'a' }], [{ prompt: 'a', completion: 'b'.repeat(LONGEST_PART + 1) }], Array.from({ length: MOST_LINES + 1 }, () => ({ prompt: 'a', completion: 'b' }))]) expect(linesOf(wrong)).toBeUndefined();
  });

  it('are the same again when their file is opened', () => {
    const part = fc.string({ unit: fc.constantFrom('a', 'ä', '"', '\\', '\n', '\r', '\u2028', '\u0000', '😀', '\ud83d'), maxLength: 12 });
    fc.assert(fc.property(fc.array(fc.record({ prompt: part, completion: part }), { minLength: 1, maxLength: 6 }), (lines) => void expect(linesOfFile(fileOfLines(lines))).toEqual(lines)));
    const longest = Array.from({ length: MOST_LINES }, (_, i) => ({ prompt: `${i}`.padEnd(LONGEST_PART, '"'), completion: '\n'.repeat(LONGEST_PART) }));
    expect(linesOfFile(fileOfLines(longest))).toEqual(longest);
    for (const wrong of ['', ' \n', '{"prompt": "a"', '{"prompt": "a"}', 'Hallo', '[]']) expect(linesOfFile(wrong)).toBeUndefined();
  });

  it('are asked about with one of their questions and two others', () => {
    for (const language of ['de', 'en'] as const) {
      const lines = styleLines(language, 'rhyme');
      const [first, ...others] = questionsOf(language, lines);
      expect(first).toBe(lines[0]!.prompt);
      expect(others).toHaveLength(2);
      for (const other of others) expect(lines.map(({ prompt }) => prompt)).not.toContain(other);
    }
    expect(questionsOf('de', [])).toHaveLength(3);
  });

  it('are learned by a short run before there is another', () => {
    const { recipe, after } = preparedRun(chosenLines('en', 'rhyme'));
    expect([recipe.lines, after]).toEqual([styleLines('en', 'rhyme'), recipe.steps]);
    expect(preparedRun(chosenLines('de', 'own', ownLines)).recipe.lines).toEqual(ownLines);
    expect(recipeOfSettings({ lines: 'en', style: 'own', way: 'lora', replay: '25', steps: 30, seed: 2 }, ownLines)).toMatchObject({ lines: ownLines, replay: 25 });
  });
});
