// The prompts of a tuning by a reward, as token ids, and the rewards of what is answered to them.
import { exactReward, verifyAnswer, type RewardFunction, type TuningExample, type VerifyOptions } from '@kk/finetune';
import { readPromptFile } from '@kk/finetune/node';
import type { Context } from '../../context.js';
import { encodeForAnswer } from '../../chat/template.js';
import { Failure } from '../../errors.js';
import type { AskedPrompt } from '../answers.js';
import type { Base } from '../base.js';
import type { Opened } from '../prepare.js';
import { rowsOfLines, splitLines, type SplitLines } from '../split-lines.js';
import { openReward } from './reward.js';
import { EXACT, type ReinforcementSettings } from './settings.js';

/** A prompt, and the example that it is with its right answer, or with an empty one. */
export type PromptExample = TuningExample & { readonly asked: AskedPrompt };

export type ReadPrompts = SplitLines<PromptExample>;

/** @throws {Error} naming the file and the line that is wrong */
export function readPrompts(context: Context, settings: ReinforcementSettings): Promise<ReadPrompts> {
  const lines = async function* (file: string): AsyncGenerator<{ line: number; example: PromptExample; isRewritten: boolean }> {
    for await (const { line, ...asked } of readPromptFile(file)) {
      const { prompt } = asked;
      const isRewritten = settings.asChat && typeof prompt === 'string';
      yield { line, example: exampleOf(isRewritten ? { ...asked, prompt: [{ role: 'user', content: prompt }] } : asked), isRewritten };
    }
  };
  return splitLines(context, settings, lines, ({ asked }) => asked);
}

function exampleOf(asked: AskedPrompt): PromptExample {
  const { prompt, answer = '' } = asked;
  return typeof prompt === 'string' ? { prompt, completion: answer, asked } : { messages: [...prompt, { role: 'assistant', content: answer }], asked };
}

export interface FittingPrompts {
  /** The ids of each, up to where the answer begins. */
  readonly ids: readonly (readonly number[])[];
  /** How many leave too little room for an answer. */
  readonly dropped: number;
}

export interface RowsOfPrompts {
  readonly training: FittingPrompts;
  /** Undefined where nothing is held out, or nothing of it fits. */
  readonly heldOut: FittingPrompts | undefined;
  /** The most tokens of an answer. */
  readonly maxTokens: number;
  readonly reward: RewardFunction;
  readonly judge: RewardFunction | undefined;
}

/** The most tokens of an answer, unless it is told. */
const MOST_TOKENS = 64;

/** @throws {Failure} naming the line without a right answer where one is needed; {RangeError} when no prompt fits */
export async function rowsOfPrompts({ context, settings, data, base }: Opened<ReinforcementSettings, ReadPrompts>): Promise<RowsOfPrompts> {
  if (base.endTokens.length === 0) throw new Failure('Nothing ends an answer of this model: its template writes no special token behind one.', 'Give another template: --template chatml.');
  /** By the ids of the prompt. */
  const answers = new Map<string, string>();
  const pattern: VerifyOptions = settings.pattern === undefined ? {} : { pattern: new RegExp(settings.pattern, 'u') };
  const exact = exactReward((_, { promptIds }) => answers.get(promptIds.join())!, pattern);
  const reward = await openReward(context, settings.reward, base, exact);
  const judge = settings.judge === undefined ? undefined : await openReward(context, settings.judge, base, exact);
  const contextLength = Math.min(base.model.config.contextLength, reward.contextLength, judge?.contextLength ?? Infinity);
  const maxTokens = settings.maxTokens ?? Math.min(MOST_TOKENS, Math.floor(contextLength / 2));
  const needed = settings.reward === EXACT ? '--reward' : settings.judge === EXACT ? '--judge' : undefined;
  const encode = async ({ asked: { prompt, answer } }: PromptExample): Promise<number[]> => {
    if (needed !== undefined && answer === undefined) throw new Error(`there is no "answer"; expected the right one, which ${needed} exact compares with`);
    const ids = await idsOf(prompt, base, contextLength);
    if (answer === undefined || needed === undefined || ids.length === 0) return ids;
    verifyAnswer(answer, answer, pattern); // refuses one that no answer can be equal to
    const other = answers.get(ids.join());
    if (other !== undefined && other !== answer) throw new Error(`the answer is ${JSON.stringify(answer)}, and to the same prompt elsewhere ${JSON.stringify(other)}; expected one right answer to a prompt`);
    answers.set(ids.join(), answer);
    return ids;
  };
  const rows = await rowsOfLines(context, data, encode, (prompts) => fitting(prompts, contextLength, maxTokens));
  return { ...rows, maxTokens, reward: reward.reward, judge: judge?.reward };
}

/** None of a text that is longer than the context, which need not be read to its end: it is left out. */
async function idsOf(prompt: AskedPrompt['prompt'], { tokenizer, template }: Base, contextLength: number): Promise<number[]> {
  if (typeof prompt !== 'string') return encodeForAnswer(tokenizer, template!, prompt);
  return tokenizer.isWithinLimit(prompt, contextLength) ? tokenizer.encode(prompt) : [];
}

function fitting(prompts: readonly (readonly number[])[], contextLength: number, maxTokens: number): FittingPrompts {
  const ids = prompts.filter(({ length }) => length >= 1 && length + maxTokens <= contextLength);
  if (ids.length === 0) throw new RangeError(`No prompt leaves room for an answer of ${maxTokens} tokens in the context of ${contextLength}: give a smaller --max-tokens, or shorter prompts.`);
  return { ids, dropped: prompts.length - ids.length };
}
