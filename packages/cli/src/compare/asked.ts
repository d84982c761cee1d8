// What a tuned model and its base are asked: examples with their answers, or prompts without.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { TuningExample } from '@kk/finetune';
import { readPromptFile } from '@kk/finetune/node';
import type { Context } from '../context.js';
import { UsageError } from '../errors.js';
import { fullPath } from '../files/paths.js';
import type { AskedPrompt } from '../finetune/answers.js';
import type { RecipeFacts } from '../finetune/recipe.js';
import { readExamples } from '../finetune/sft/data.js';
import type { SupervisedSettings } from '../finetune/sft/settings.js';
import type { ComparisonFacts } from './rows.js';

export interface Asked extends Pick<ComparisonFacts, 'learned'> {
  /** What is asked, and what losses are measured on. */
  readonly examples: readonly TuningExample[];
  /** What is only asked. */
  readonly prompts: readonly AskedPrompt[];
}

/** Verbs that learn from answers to prompts, and make a model that answers. */
const FROM_PROMPTS = ['vote', 'dpo', 'kto', 'orpo', 'simpo', 'grpo', 'ppo'].map((verb) => `finetune ${verb}`);

/**
 * Those of `--data`; else those that the recipe of a supervised tuning held out, or all of it where it held out none; else the prompts of the recipe.
 * @param told what the recipe says, whichever verb wrote it
 * @param recipe its settings, where the verb was `kk finetune sft`
 * @throws {Error} when nothing says what to ask, or a line is wrong
 */
export async function askedOf(context: Context, data: readonly string[] | undefined, told: RecipeFacts | undefined, recipe: SupervisedSettings | undefined): Promise<Asked> {
  const { cwd } = context.io;
  if (data) return { learned: undefined, ...(await readAsked(context, data.map((file) => fullPath(cwd, file)), told?.asChat ?? false)) };
  if (recipe) {
    const { heldOut, training } = await readExamples(context, recipe);
    return { prompts: [], ...(heldOut.length > 0 ? { examples: heldOut, learned: false } : { examples: training, learned: true }) };
  }
  if (told && FROM_PROMPTS.includes(told.verb)) return { learned: 'from answers', ...(await readAsked(context, told.data, told.asChat)) };
  throw new UsageError(`kk report needs --data FILE..., for ${told === undefined ? 'there is no recipe that says which examples were held out' : `kk ${told.verb} learned from other examples than questions with their answers`}.`, 'See kk report --help');
}

async function readAsked(context: Context, files: readonly string[], asChat: boolean): Promise<Pick<Asked, 'examples' | 'prompts'>> {
  const onlyAsk: string[] = [];
  const others: string[] = [];
  for (const file of files) ((await onlyAsks(file)) ? onlyAsk : others).push(file);
  const examples = others.length === 0 ? [] : (await readExamples(context, { data: others, heldOut: 0, asChat } as SupervisedSettings)).training;
  return { examples, prompts: await readPrompts(context, onlyAsk, asChat) };
}

/** Whether the first line of a file has a prompt and no right answer. A pipe, which can be read only once, has examples; what is wrong is told by who reads the whole file. */
async function onlyAsks(file: string): Promise<boolean> {
  try {
    if (!(await stat(file)).isFile()) return false;
    let start = '';
    for await (const chunk of createReadStream(file, 'utf8')) {
      start = (start + chunk).trimStart();
      if (start.includes('\n')) break;
    }
    const line: unknown = JSON.parse(start.split('\n', 1)[0]!);
    const { prompt, completion, messages } = Object(line) as Record<string, unknown>;
    const isAnswered = Array.isArray(messages) && messages.some((message) => (Object(message) as { role?: unknown }).role === 'assistant');
    return (prompt !== undefined && completion === undefined) || (Array.isArray(messages) && !isAnswered);
  } catch {
    return false;
  }
}

async function readPrompts(context: Context, files: readonly string[], asChat: boolean): Promise<AskedPrompt[]> {
  const prompts: AskedPrompt[] = [];
  for (const file of files) {
    for await (const { prompt, answer } of readPromptFile(file)) {
      context.throwIfInterrupted();
      const asked = asChat && typeof prompt === 'string' ? [{ role: 'user', content: prompt }] : prompt;
      prompts.push({ prompt: asked, ...(answer !== undefined && { answer }) });
    }
  }
  return prompts;
}
