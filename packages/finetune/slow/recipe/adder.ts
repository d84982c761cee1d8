// The recipe of a small GPT that adds two numbers of two digits, and of its tunings: by a reward, by the right answers, and by its own that were right.
import { writeArithmetic, type Exercise } from '@kk/corpora/arithmetic';
import { exactReward, GroupTuning, rejectionSampling, rewardAll, rollouts, TuningRows, type LabelledTokens, type RewardFunction } from '@kk/finetune';
import { GPT, Trainer } from '@kk/gpt';
import { Random, type Engine } from '@kk/nn-core';
import { CharacterTokenizer } from '@kk/tokenizer';

const tokenizer = CharacterTokenizer.train('0123456789+=\n');
const END = tokenizer.encode('\n')[0]!;
const contextLength = 12;
/** Three digits and the end. */
const LONGEST_ANSWER = 4;
/** 0.23 million parameters. */
const config = { vocabSize: tokenizer.vocabSize, contextLength, layers: 2, heads: 4, width: 96 };

const exercises = (seed: number, count: number, part: 'training' | 'test'): Exercise[] => writeArithmetic('en', { seed, count, part, forms: ['reversed-sum'], operands: [10, 99] });
const decode = (ids: number[]): string => tokenizer.decode(ids);
const promptOf = ({ prompt }: Exercise): Int32Array => Int32Array.from(tokenizer.encode(prompt));

/** The digits of a sum from the ones on, computed from the prompt. */
const answerTo = (prompt: string): string => {
  const [a, b] = prompt.split(/[+=]/).map(Number);
  return [...String(a! + b!)].reverse().join('');
};
const isRight: RewardFunction = exactReward(answerTo);

/** An answer after its prompt, of which the answer and its end are learned. */
function labelled(prompt: ArrayLike<number>, answer: ArrayLike<number>): LabelledTokens {
  const ids = Int32Array.from([...Array.from(prompt), ...Array.from(answer)]);
  return { ids, learned: Uint8Array.from(ids, (_, i) => Number(i >= prompt.length)) };
}
const solved = (one: Exercise): LabelledTokens => labelled(promptOf(one), tokenizer.encode(`${one.answer}\n`));

interface LearnOptions {
  readonly seed: number;
  readonly steps: number;
  readonly learningRate: number;
  readonly batchSize?: number;
}

/** Supervised, down to a rate of nearly nothing, so that what is learned does not waver. */
async function learn(model: GPT, examples: readonly LabelledTokens[], { seed, steps, learningRate, batchSize = 64 }: LearnOptions): Promise<void> {
  const trainer = new Trainer(model, new TuningRows(examples, { contextLength, vocabSize: config.vocabSize, seed, padding: END }), { steps, batchSize, learningRate, minimumLearningRate: learningRate / 100, warmupSteps: Math.min(50, Math.floor(steps / 5)), weightDecay: 0, seed });
  while (!trainer.isDone) await trainer.step();
  trainer.dispose();
}

/** A model that gets about a third of the sums right. */
export async function makeAdder(engine: Engine, { seed, steps, learningRate }: LearnOptions): Promise<GPT> {
  const model = new GPT(engine, config, { seed });
  await learn(model, exercises(seed, 20_000, 'training').map(solved), { seed, steps, learningRate });
  return model;
}

export function modelOf(engine: Engine, weights: Uint8Array): GPT {
  const model = new GPT(engine, config, { blank: true });
  model.load(weights);
  return model;
}

/** The share of a thousand unseen sums, the same for all, that are right and end by themselves, drawn at temperature 1. */
export async function exactShare(model: GPT): Promise<number> {
  const answers = await rollouts(model, exercises(5, 1000, 'test').map(promptOf), { groupSize: 1, stopTokens: [END], maxTokens: LONGEST_ANSWER, seed: 5 });
  const rewards = await rewardAll(isRight, answers, decode);
  return rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length;
}

interface ReinforceOptions {
  readonly seed: number;
  readonly steps: number;
  readonly learningRate: number;
  /** Default `isRight`. */
  readonly reward?: RewardFunction;
}

const PROMPTS = 64;
const GROUP = 8;
const prompts = (seed: number, steps: number): Int32Array[] => exercises(seed + 1, PROMPTS * steps, 'training').map(promptOf);

/** GRPO: 64 prompts and 8 answers to each in a step, no KL divergence. */
export async function reinforce(model: GPT, { seed, steps, learningRate, reward = isRight }: ReinforceOptions): Promise<void> {
  const tuning = await GroupTuning.create(model, prompts(seed, steps), {
    reward, decode, stopTokens: [END], maxTokens: LONGEST_ANSWER, groupSize: GROUP,
    training: { seed, steps, batchSize: PROMPTS, learningRate, minimumLearningRate: learningRate, warmupSteps: Math.min(20, Math.floor(steps / 5)) },
  });
  while (!tuning.trainer.isDone) await tuning.trainer.step();
  tuning.dispose();
}

/** A reward that says nothing about the answer. */
export function chance(seed: number): RewardFunction {
  const random = new Random(seed);
  return () => Number(random.uniform() < 0.5);
}

/** Supervised on the right answers to the prompts that GRPO asks, each once: as many steps. */
export const teach = (model: GPT, { seed, steps, learningRate }: ReinforceOptions): Promise<void> =>
  learn(model, exercises(seed + 1, PROMPTS * steps, 'training').map(solved), { seed, steps, learningRate, batchSize: PROMPTS });

/** Rejection sampling: the same number of answers to the same prompts, in rounds; supervised on those that are right. */
export async function learnFromRight(model: GPT, { seed, steps, learningRate, rounds = 4 }: ReinforceOptions & { readonly rounds?: number }): Promise<void> {
  const all = prompts(seed, steps);
  for (let round = 0; round < rounds; round++) {
    const own = all.slice((round * all.length) / rounds, ((round + 1) * all.length) / rounds);
    const right = await rejectionSampling(model, own, { n: GROUP, reward: isRight, least: 1, decode, stopTokens: [END], maxTokens: LONGEST_ANSWER, seed, round });
    await learn(model, right.map(({ promptIds, ids }) => labelled(promptIds, ids)), { seed: seed + round, steps: Math.floor(steps / rounds), learningRate, batchSize: PROMPTS * GROUP / 4 });
  }
}
