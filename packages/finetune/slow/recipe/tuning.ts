// The recipe of the tuning: conversations about stories, requests without a story, and stories again so that none is forgotten.
import type { Language } from '@kk/corpora';
import { hasRightForm, instructionConversations, instructions, writeInstructions, type Instruction, type InstructionKind } from '@kk/corpora/instructions';
import { evaluateAnswers, labelExample, TuningRows, type AnswerEvaluation, type LabelledTokens } from '@kk/finetune';
import { evaluate, Trainer, type StepReport } from '@kk/gpt';
import { MixedRows, ShuffledWindows, tokensInMemory } from '@kk/gpt/data';
import { encodeChat, type ChatMessage } from '@kk/tokenizer';
import { contextLength, type Base } from './base.js';
import { marks } from './copying.js';

/** A space stands before what is said: the first word is then the token that it is in a story. */
export const template = "{% for message in messages %}{% if message['role'] == 'user' %}<|user|> {{ message['content'] }}<|assistant|>{% elif message['role'] == 'assistant' %}{% generation %} {{ message['content'] }}<|end|>{% endgeneration %}{% else %}{{ raise_exception('this model knows no other roles than user and assistant') }}{% endif %}{% endfor %}";
/** How often each kind is asked: what is learned late more often. What was lost has another article in a German answer than in the story. */
const kindShares = (language: Language): readonly (readonly [kind: InstructionKind, share: number])[] => [['lost', language === 'de' ? 3 : 1], ['first-word', 2], ['last-word', 2], ['next-sentence', 2], ['who', 3], ['where', 3]];
const asked = (language: Language): InstructionKind[] => kindShares(language).flatMap(([kind, share]) => Array<InstructionKind>(share).fill(kind));
/** The most tokens of an answer. */
const LONGEST_ANSWER = 30;

/** How an adapter is tuned, which takes more steps at a higher rate, and more single requests, than all weights need. */
export const adapterRecipe = { rank: 4, alpha: 8, steps: 24_000, learningRate: 5e-3, shares: [5, 5, 8, 3], smallTalk: 2 } as const;

export interface TuningOptions {
  readonly seed: number;
  /** Steps of 4 rows with 160 tokens. */
  readonly steps: number;
  readonly learningRate?: number;
  /** Shares of the rows: conversations about one to three sentences, those about three to six, single requests, stories. Default 7, 7, 3, 4. */
  readonly shares?: readonly [short: number, long: number, single: number, stories: number];
  /** How often small talk comes among the single requests, beside once of each other kind. Default 1. */
  readonly smallTalk?: number;
  /** Conversations that are written; rows are repeated after them. */
  readonly conversations?: number;
  /** Awaited, so that it may measure the model. */
  readonly onStep?: (report: StepReport) => void | Promise<void>;
}

/**
 * Trains what is not frozen of the base's model. In short passages there are few places to look at: where to look is learned there first.
 */
export async function tune({ language, tokenizer, model, stories }: Base, { seed, steps, learningRate = 1e-3, shares = [7, 7, 3, 4], conversations = 12_000, smallTalk = 1, onStep }: TuningOptions): Promise<void> {
  const { vocabSize } = tokenizer;
  const label = (messages: readonly ChatMessage[]) => labelExample(tokenizer, { messages }, { template });
  const rowsOf = (examples: readonly LabelledTokens[]) => new TuningRows(examples, { contextLength, vocabSize, truncation: 'right', seed, padding: marks.indexOf('<|end|>') });
  const talks = (sentences: [least: number, most: number], questions: number) => take(instructionConversations(language, { seed: seed + questions, questions, sentences, kinds: asked(language) }), conversations / 2).map(({ messages }) => messages);
  const single = take(instructions(language, { seed, kinds: ['continue', 'shorten', 'past', ...Array<InstructionKind>(smallTalk).fill('small-talk')] }), conversations);
  const rows = new MixedRows([
    { rows: rowsOf(await Promise.all(talks([1, 3], 6).map(label))), weight: shares[0] },
    { rows: rowsOf(await Promise.all(talks([3, 6], 5).map(label))), weight: shares[1] },
    { rows: rowsOf(await Promise.all(single.map(({ messages }) => label(messages)))), weight: shares[2] },
    { rows: new ShuffledWindows(tokensInMemory(stories, vocabSize), { contextLength, seed: seed + 1 }), weight: shares[3] },
  ], { seed });
  const trainer = new Trainer(model, rows, { steps, batchSize: 4, learningRate, minimumLearningRate: learningRate / 20, warmupSteps: Math.min(100, Math.floor(steps / 5)), weightDecay: 0.05, seed });
  while (!trainer.isDone) {
    const report = await trainer.step();
    await onStep?.(report);
  }
  trainer.dispose();
}

const take = <T>(stream: Generator<T>, count: number): T[] => Array.from({ length: count }, () => stream.next().value as T);

/** Shares from 0 to 1, of requests of the test part: other stories, and half of the wordings are new. */
export interface Results {
  /** Exact answers where the story holds them: words, people, places, what was lost, the next sentence. */
  readonly exact: number;
  /** Exact answers to everything that has one. */
  readonly exactOfAll: number;
  /** "The story does not say." where it does not. */
  readonly unsaid: number;
  readonly rightForm: number;
  readonly endsByItself: number;
  /** Exact answers by kind, where there is one. */
  readonly kinds: Readonly<Record<string, number>>;
  /** Nats per token on held-out stories. */
  readonly storyLoss: number;
}

export interface MeasureOptions {
  readonly seed: number;
  /** How many requests are drawn; those that leave no room for an answer are not asked. */
  readonly count: number;
  /** Hears of each answer that has not the right form. */
  readonly onWithoutForm?: (question: string, answer: string) => void;
}

export async function measure({ language, tokenizer, model, heldOut }: Base, { seed, count, onWithoutForm }: MeasureOptions): Promise<Results> {
  const items = writeInstructions(language, { seed, count, part: 'test' });
  const prompts = await Promise.all(items.map(({ messages }) => encodeChat(tokenizer, messages.slice(0, 1), { template, truncation: false, padding: false })));
  const asked = items.map((item, i) => ({ item, prompt: prompts[i]! })).filter(({ prompt }) => prompt.length + LONGEST_ANSWER <= contextLength);
  const questions = asked.map(({ item: { kind, question, answer, isExact }, prompt }) => ({ kind, text: question, prompt, ...(isExact && { answers: [answer] }), hasRightForm: (text: string) => hasRightForm(language, kind, text.trim()) }));
  const { answers, all } = await evaluateAnswers(model, questions, { decode: (ids) => tokenizer.decode(ids), stopTokens: [marks.indexOf('<|end|>')], maxTokens: LONGEST_ANSWER, sequences: 32 });
  answers.forEach(({ hasRightForm: isRight, text }, i) => {
    if (!isRight) onWithoutForm?.(asked[i]!.item.question, text);
  });
  const exactOf = (counts: (item: Instruction) => boolean) => share(answers, (i) => asked[i]!.item.isExact && counts(asked[i]!.item));
  const aboutStories = ['first-word', 'last-word', 'who', 'where', 'lost', 'next-sentence'];
  return {
    exact: exactOf(({ kind, isAnswerable }) => isAnswerable && aboutStories.includes(kind)),
    exactOfAll: exactOf(({ isAnswerable }) => isAnswerable),
    unsaid: exactOf(({ isAnswerable }) => !isAnswerable),
    rightForm: all.rightForm!,
    endsByItself: all.endsByItself!,
    kinds: Object.fromEntries([...new Set(asked.map(({ item }) => item.kind))].filter((kind) => kind !== 'continue').map((kind) => [kind, exactOf((item) => item.kind === kind && item.isAnswerable)])),
    storyLoss: (await evaluate(model, heldOut, { batchSize: 8 })).loss,
  };
}

function share(answers: AnswerEvaluation['answers'], counts: (i: number) => boolean): number {
  const own = answers.filter((_, i) => counts(i));
  return own.filter(({ isExact }) => isExact).length / own.length;
}
