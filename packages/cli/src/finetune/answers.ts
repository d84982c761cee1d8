// What a model answers to a few prompts, before a tuning and after it.
import { evaluateAnswers, type NumberedPrompt, type Question, type TuningExample } from '@kk/finetune';
import type { Transformer } from '@kk/gpt';
import type { ChatMessage, Tokenizer } from '@kk/tokenizer';
import { encodeForAnswer, type ChatTemplate } from '../chat/template.js';

/** A question with its example and the answers that this has; none where it only asks. */
export type AskedExample<E = TuningExample> = Question & { readonly answers: readonly string[]; readonly example: E };

/** What only asks, and may say what is right. */
export type AskedPrompt = Omit<NumberedPrompt, 'line'>;

/** How many prompts are answered before and after a tuning. */
export const QUESTIONS = 3;

const LONGEST = 100;

/**
 * Questions from the first examples and prompts that ask something: prompts, and conversations up to their last answer. One whose prompt fills the context
 * is left out and counted in `tooLong`.
 */
export async function questionsOf<E extends TuningExample | AskedPrompt>(examples: readonly E[], count: number, tokenizer: Tokenizer, template: ChatTemplate, contextLength: number): Promise<{ questions: AskedExample<E>[]; tooLong: number }> {
  const questions: AskedExample<E>[] = [];
  let tooLong = 0;
  for (const example of examples) {
    if (questions.length === count) break;
    // A long text is not read to its end.
    if ('prompt' in example && typeof example.prompt === 'string' && !tokenizer.isWithinLimit(example.prompt, contextLength - 1)) {
      tooLong += 1;
      continue;
    }
    const question = await questionOf(example, tokenizer, template);
    if (!question || question.prompt.length === 0) continue;
    if (question.prompt.length < contextLength) questions.push({ ...question, example });
    else tooLong += 1;
  }
  return { questions, tooLong };
}

async function questionOf(example: TuningExample | AskedPrompt, tokenizer: Tokenizer, template: ChatTemplate): Promise<Omit<AskedExample, 'example'> | undefined> {
  if ('prompt' in example) {
    const { prompt } = example;
    const right = 'completion' in example ? example.completion : example.answer;
    const answers = right === undefined ? [] : [right];
    if (typeof prompt === 'string') return { kind: 'prompt', text: prompt, answers, prompt: tokenizer.encode(prompt) };
    return { kind: 'conversation', text: prompt.at(-1)!.content, answers, prompt: await encodeForAnswer(tokenizer, template, prompt) };
  }
  if (!('messages' in example)) return undefined;
  const last = example.messages.findLastIndex(({ role }) => role === 'assistant');
  if (last < 1) return undefined;
  const before: readonly ChatMessage[] = example.messages.slice(0, last);
  return { kind: 'conversation', text: before.at(-1)!.content, answers: [example.messages[last]!.content], prompt: await encodeForAnswer(tokenizer, template, before) };
}

/** The text of ids; a model may have more tokens than its tokenizer. */
export const decodeWith = (tokenizer: Tokenizer) => (ids: readonly number[]): string => tokenizer.decode(ids.filter((id) => id < tokenizer.vocabSize)).trim();

/** The likeliest answers, at most 100 tokens each. */
export async function answersTo(questions: readonly Question[], model: Transformer, tokenizer: Tokenizer, stopTokens: readonly number[], signal: AbortSignal): Promise<string[]> {
  if (questions.length === 0) return [];
  const { answers } = await evaluateAnswers(model, questions, { decode: decodeWith(tokenizer), stopTokens, maxTokens: LONGEST, signal });
  return answers.map(({ text }) => text);
}
