// What a model answers to a few prompts, before a tuning and after it.
import { evaluateAnswers, type Question, type TuningExample } from '@kk/finetune';
import { type Transformer } from '@kk/gpt';
import { type ChatMessage, type Tokenizer } from '@kk/tokenizer';
import { encodeForAnswer, type ChatTemplate } from '../chat/template.js';

/** A question with its example and the answer that this has. */
export type AskedExample = Question & { readonly answers: readonly string[]; readonly example: TuningExample };

/** How many prompts are answered before and after a tuning. */
export const QUESTIONS = 3;

const LONGEST = 100;

/**
 * Questions from the first examples that ask something: prompts, and conversations up to their last answer. One whose prompt fills the context
 * is left out and counted in `tooLong`.
 */
export async function questionsOf(examples: readonly TuningExample[], count: number, tokenizer: Tokenizer, template: ChatTemplate, contextLength: number): Promise<{ questions: AskedExample[]; tooLong: number }> {
  const questions: AskedExample[] = [];
  let tooLong = 0;
  for (const example of examples) {
    if (questions.length === count) break;
    // A long text is not read to its end.
    if ('prompt' in example && !tokenizer.isWithinLimit(example.prompt, contextLength - 1)) {
      tooLong += 1;
      continue;
    }
    const question = await questionOf(example, tokenizer, template);
    if (!question || question.prompt.length === 0) continue;
    if (question.prompt.length < contextLength) questions.push(question);
    else tooLong += 1;
  }
  return { questions, tooLong };
}

async function questionOf(example: TuningExample, tokenizer: Tokenizer, template: ChatTemplate): Promise<AskedExample | undefined> {
  if ('prompt' in example) return { kind: 'prompt', text: example.prompt, answers: [example.completion], example, prompt: tokenizer.encode(example.prompt) };
  if (!('messages' in example)) return undefined;
  const last = example.messages.findLastIndex(({ role }) => role === 'assistant');
  if (last < 1) return undefined;
  const before: readonly ChatMessage[] = example.messages.slice(0, last);
  return { kind: 'conversation', text: before.at(-1)!.content, answers: [example.messages[last]!.content], example, prompt: await encodeForAnswer(tokenizer, template, before) };
}

/** The text of ids; a model may have more tokens than its tokenizer. */
export const decodeWith = (tokenizer: Tokenizer) => (ids: readonly number[]): string => tokenizer.decode(ids.filter((id) => id < tokenizer.vocabSize)).trim();

/** The likeliest answers, at most 100 tokens each. */
export async function answersTo(questions: readonly Question[], model: Transformer, tokenizer: Tokenizer, stopTokens: readonly number[], signal: AbortSignal): Promise<string[]> {
  if (questions.length === 0) return [];
  const { answers } = await evaluateAnswers(model, questions, { decode: decodeWith(tokenizer), stopTokens, maxTokens: LONGEST, signal });
  return answers.map(({ text }) => text);
}
