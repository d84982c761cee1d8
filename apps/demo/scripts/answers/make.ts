// Makes a model that answers from its recipe: a base that reads stories and copies, and its tuning, both by the recipe of `@kk/finetune`; then the
// files of a Hugging Face folder, and a card with what it can do.
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { writeInstructions } from '@kk/corpora/instructions';
import { countParameters, Decoder, fromSafetensors, toHuggingFaceConfig, toSafetensors, type Llama } from '@kk/gpt';
import type { Engine } from '@kk/nn-core';
import { generate } from '@kk/sampler';
import { tokenizerConfigToJSON } from '@kk/tokenizer';
import { makeBase, type Base } from '../../../../packages/finetune/slow/recipe/base.js';
import { measure, template, tune, type Results } from '../../../../packages/finetune/slow/recipe/tuning.js';
import { answerEnd, askedIds, MARKS } from '../../src/lab/answers/asked.js';
import { answeringReadme, type Sample } from './readme.js';
import type { AnsweringRecipe } from './recipe.js';

/** What card.json says of the model; all figures are those of the rounded weights. */
export interface AnsweringCard {
  language: string;
  parameters: number;
  vocabSize: number;
  /** Of the files that a visitor loads. */
  bytes: number;
  /** How many requests of the test part were asked; those that are too long for its context were not. */
  questions: number;
  answers: Results;
}

/** Answers in the README. */
const SAMPLES = 10;
/** The most tokens of an answer. */
const LONGEST = 30;
/** The seed of the requests that are measured. */
const MEASURED = 77;

export interface MakeAnsweringOptions {
  /** The folder that the files are written to. */
  folder: string;
  /** How many requests are measured. */
  questions: number;
  onStep?: (part: 'base' | 'tuning', report: { step: number; loss: number }) => void;
}

export async function makeAnsweringModel(engine: Engine, recipe: AnsweringRecipe, options: MakeAnsweringOptions): Promise<AnsweringCard> {
  const { language, seed, base: { characters, steps }, tuning } = recipe;
  const base = await makeBase(engine, language, { seed, steps, characters, onStep: (report) => options.onStep?.('base', report) });
  await tune(base, { seed, ...tuning, onStep: (report) => options.onStep?.('tuning', report) });
  return packAnsweringModel(engine, base, recipe, options);
}

/** Rounds the model, which is disposed of, measures what is left, and writes the files. */
export async function packAnsweringModel(engine: Engine, base: Base, recipe: AnsweringRecipe, { folder, questions }: MakeAnsweringOptions): Promise<AnsweringCard> {
  const { language, tokenizer } = base;
  const weights = await toSafetensors(base.model, { dtype: 'F16' });
  const { config } = base.model;
  base.model.dispose();

  const model = fromSafetensors(engine, config, weights) as Llama; // what a visitor gets, with the weights rounded
  const answers = await measure({ ...base, model }, { seed: MEASURED, count: questions });
  const samples: Sample[] = [];
  for (const { messages: [asked], answer } of writeInstructions(language, { seed: MEASURED + 1, count: 3 * SAMPLES, part: 'test' })) {
    const ids = askedIds(tokenizer, asked.content);
    if (samples.length < SAMPLES && ids.length + LONGEST <= config.contextLength) samples.push({ asked: asked.content, expected: answer, answered: await answerOf(base, model, ids) });
  }
  model.dispose();
  const files = {
    'config.json': `${JSON.stringify(toHuggingFaceConfig(config, { dtype: 'F16' }), null, 2)}\n`,
    'tokenizer.json': `${JSON.stringify(tokenizer.toJSON())}\n`,
    'model.safetensors': weights,
  };
  const bytes = Object.values(files).reduce((sum, file) => sum + Buffer.byteLength(file), 0);
  const card: AnsweringCard = { language, parameters: countParameters(config), vocabSize: config.vocabSize, bytes, questions, answers };
  await mkdir(folder, { recursive: true });
  const described = {
    'tokenizer_config.json': `${JSON.stringify(tokenizerConfigToJSON({ chatTemplate: template, endToken: MARKS.end }), null, 2)}\n`, // for `kk chat`; the course has it in its code
    'card.json': `${JSON.stringify(card, null, 2)}\n`,
    'README.md': answeringReadme(basename(folder), recipe, card, config, samples),
  };
  for (const [name, content] of Object.entries({ ...files, ...described })) await writeFile(join(folder, name), content);
  return card;
}

async function answerOf({ tokenizer }: Base, model: Llama, prompt: readonly number[]): Promise<string> {
  const decoder = new Decoder(model);
  const end = answerEnd(tokenizer);
  const ids: number[] = [];
  for await (const id of generate(decoder, prompt, { maxTokens: LONGEST, temperature: 0, stopTokens: [end] })) ids.push(id);
  decoder.dispose();
  return tokenizer.decode(ids.filter((id) => id !== end)).trim();
}
