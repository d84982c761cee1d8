// A small GPT that adds two numbers of two digits: its tokens, its exercises, what is right, how many unseen sums are, and how it is taught.
import { writeArithmetic, type Exercise } from '@kk/corpora/arithmetic';
import { exactReward, GroupTuning, rewardAll, rollouts, TuningRows, type LabelledTokens, type RewardFunction } from '@kk/finetune';
import { GPT, Trainer } from '@kk/gpt';
import { Random, type Engine } from '@kk/nn-core';
import { CharacterTokenizer } from '@kk/tokenizer';
import { GROUP, LESSON, MORE } from './recipe.js';

const tokenizer = CharacterTokenizer.train('0123456789+=\n');
const END = tokenizer.encode('\n')[0]!;
const contextLength = 12;
/** Three digits and the end. */
const LONGEST_ANSWER = 4;
/** 0.23 million parameters. */
const config = { vocabSize: tokenizer.vocabSize, contextLength, layers: 2, heads: 4, width: 96 };
/** How its answers are written: the same in lessons and tests. */
export const answering = { stopTokens: [END], maxTokens: LONGEST_ANSWER };
/** The seed of the test sums, the same for all. */
const TEST_SEED = 5;
const TAUGHT = 20_000;

const exercises = (seed: number, count: number, part: 'training' | 'test'): Exercise[] => writeArithmetic('en', { seed, count, part, forms: ['reversed-sum'], operands: [10, 99] });
export const decode = (ids: ArrayLike<number>): string => tokenizer.decode(Array.from(ids));
const promptOf = ({ prompt }: Exercise): Int32Array => Int32Array.from(tokenizer.encode(prompt));

/** The two numbers of a prompt such as `47+38=`. */
export const operandsOf = (prompt: string): [number, number] => prompt.split(/[+=]/).slice(0, 2).map(Number) as [number, number];

/** The digits of a sum from the ones on: what is carried is known when it is needed. */
export function answerTo(prompt: string): string {
  const [a, b] = operandsOf(prompt);
  return [...String(a + b)].reverse().join('');
}
/** 1 for the right digits with the end behind them, else 0. */
export const isRight: RewardFunction = exactReward(answerTo);

/** A reward that says nothing about the answer. */
export function coin(seed: number): RewardFunction {
  const random = new Random(seed);
  return () => Number(random.uniform() < 0.5);
}

/** An answer after its prompt, of which the answer and its end are learned. */
export function labelled(prompt: ArrayLike<number>, answer: ArrayLike<number>): LabelledTokens {
  const ids = Int32Array.from([...Array.from(prompt), ...Array.from(answer)]);
  return { ids, learned: Uint8Array.from(ids, (_, i) => Number(i >= prompt.length)) };
}
const solved = (one: Exercise): LabelledTokens => labelled(promptOf(one), tokenizer.encode(`${one.answer}\n`));

export interface LessonOptions {
  readonly seed: number;
  readonly steps: number;
  readonly learningRate: number;
  readonly batchSize?: number;
}

/** Supervised, down to a rate of nearly nothing, so that what is learned does not waver. */
export function supervised(model: GPT, examples: readonly LabelledTokens[], { seed, steps, learningRate, batchSize = LESSON.sums }: LessonOptions): Trainer<GPT> {
  const rows = new TuningRows(examples, { contextLength, vocabSize: config.vocabSize, seed, padding: END });
  return new Trainer(model, rows, { steps, batchSize, learningRate, minimumLearningRate: learningRate / 100, warmupSteps: Math.min(50, Math.floor(steps / 5)), weightDecay: 0, seed });
}

export const newAdder = (engine: Engine, seed: number): GPT => new GPT(engine, config, { seed });

export function adderOf(engine: Engine, weights: Uint8Array): GPT {
  const model = new GPT(engine, config, { blank: true });
  model.load(weights);
  return model;
}

/** Sums of the exercises by which it is seen whether it has begun. */
const TRIED = 200;
/** What is added to the seed of the exercises in each further round. */
const NEXT_ROUND = 1000;

/**
 * Teaches solved sums until about a third is right: `options.steps` steps, and then rounds of `MORE`.
 * @param more  the most further rounds
 * @param stepped  called before each step with the steps that are done
 * @returns how many more rounds it took
 */
export async function begin(model: GPT, options: LessonOptions, { more = MORE.most, stepped = async () => {} }: { more?: number; stepped?: (done: number) => Promise<void> } = {}): Promise<number> {
  let done = 0;
  const teach = async (round: number, lesson: LessonOptions): Promise<void> => {
    const trainer = supervised(model, exercises(options.seed + NEXT_ROUND * round, TAUGHT, 'training').map(solved), lesson);
    try {
      while (!trainer.isDone) {
        await stepped(done++);
        await trainer.step();
      }
    } finally {
      trainer.dispose();
    }
  };
  await teach(0, options);
  for (let round = 1; ; round++) {
    if (round > more || shareOfRight(await testedSums(model, TRIED, 'training')) >= MORE.enough) return round - 1;
    await teach(round, { ...MORE, seed: options.seed + round });
  }
}

/** The prompts of a lesson, each asked once. */
export const promptsOf = ({ seed, steps }: Pick<LessonOptions, 'seed' | 'steps'>): Int32Array[] => exercises(seed + 1, LESSON.sums * steps, 'training').map(promptOf);

/** GRPO: 64 prompts and 8 answers to each in a step, no KL divergence. */
export function rewarded(model: GPT, reward: RewardFunction, { seed, steps, learningRate }: LessonOptions): Promise<GroupTuning<GPT>> {
  return GroupTuning.create(model, promptsOf({ seed, steps }), {
    ...answering, reward, decode, groupSize: GROUP,
    training: { seed, steps, batchSize: LESSON.sums, learningRate, minimumLearningRate: learningRate / 10, warmupSteps: Math.min(20, Math.floor(steps / 5)) },
  });
}

/** Supervised on the right answers to the prompts that GRPO asks, each once: as many steps. */
export const solutions = (model: GPT, options: LessonOptions): Trainer<GPT> => supervised(model, exercises(options.seed + 1, LESSON.sums * options.steps, 'training').map(solved), options);

/** What a model wrote below a sum. */
export interface TestedSum {
  readonly prompt: string;
  /** From the ones on, as it wrote them. */
  readonly written: string;
  readonly right: boolean;
}

/** Unseen sums, the same for all, or some of the exercises, each answered once at temperature 1; right are those with the end behind them. */
export async function testedSums(model: GPT, count: number, part: 'training' | 'test' = 'test'): Promise<TestedSum[]> {
  const answers = await rollouts(model, exercises(TEST_SEED, count, part).map(promptOf), { ...answering, groupSize: 1, seed: TEST_SEED });
  const rewards = await rewardAll(isRight, answers, decode);
  return answers.map(({ promptIds, ids }, i) => ({ prompt: decode(promptIds), written: decode(ids).trim(), right: rewards[i] === 1 }));
}

/** Whether all digits but one are right. */
export function isNear({ prompt, written }: TestedSum): boolean {
  const right = answerTo(prompt);
  return written.length === right.length && [...right].filter((digit, i) => digit !== written[i]).length === 1;
}

export const shareOfRight = (sums: readonly TestedSum[]): number => sums.filter(({ right }) => right).length / sums.length;
