// Learns from votes: tunes the base on the pairs that are decided, saves the result, and lets it guess about all pairs.
import { asPreference, preferenceMargins, PreferenceRows, PreferenceTuning, rewardMargins, RewardTuning, type VoteQueue } from '@kk/finetune';
import { saveRewardHead } from '@kk/finetune/node';
import type { Context } from '../../context.js';
import type { OutputFolder } from '../../files/output-folder.js';
import { otherBackend, type ComputedBy } from '../../options/computed-by.js';
import type { DeviceOptions } from '../../options/device.js';
import { openBase, type Base } from '../base.js';
import type { RunParts } from '../method.js';
import { divergenceOf, TuningRun } from '../run.js';
import { trainingOptions } from '../settings.js';
import type { VotePrompts } from './prompts.js';
import { voteKind, type VoteSettings } from './settings.js';

export interface LearnOptions {
  readonly context: Context;
  readonly settings: VoteSettings;
  readonly device: DeviceOptions;
  readonly prompts: VotePrompts;
  /** What wrote the pairs, where that is known. */
  readonly computedBy: ComputedBy | undefined;
  readonly folder: string;
  readonly output: OutputFolder;
  readonly signal: AbortSignal;
  readonly onStep: (step: number, of: number) => void;
}

export interface Learned {
  readonly steps: number;
  readonly seconds: number;
  /** In nats an answer; null where it is not measured. */
  readonly kl: number | null;
  /** Whether it went as far as it may before its last step. */
  readonly isStopped: boolean;
  /** What wrote the pairs, where it is another backend than the one that learned; null where it is the same, or not known. */
  readonly backendBefore: string | null;
}

/** Steps between two looks at how far it went. */
const LOOK_EVERY = 5;
/** How many prompts a look asks. */
const LOOKED_PROMPTS = 16;

/**
 * Begins from the base each time, so that the same votes give the same model. The queue then has the guesses.
 * @throws {Failure} when the training breaks down; the signal's reason when it is aborted, with the result of the training before still saved
 */
export async function learn(queue: VoteQueue, options: LearnOptions): Promise<Learned> {
  const { context, settings, device, prompts: { prompts, template } } = options;
  const base = await openBase(context, settings, device, { conversations: template !== undefined, texts: prompts.some(({ source }) => typeof source === 'string') });
  try {
    const decided = queue.decided();
    const { contextLength, vocabSize } = base.model.config;
    // A reward is read at the last token, too.
    const positions = settings.method === 'reward' ? contextLength - 1 : contextLength;
    const rows = new PreferenceRows(decided.map(asPreference), { contextLength: positions, vocabSize, seed: settings.seed });
    const way = settings.method === 'dpo' ? await directly(queue, rows, base, options) : byRewards(queue, rows, base, options);
    try {
      return await carryOut(way, queue, base, options);
    } finally {
      way.tuning.dispose();
    }
  } finally {
    base.dispose();
  }
}

async function carryOut({ tuning, run, margins, saveMore }: Way, queue: VoteQueue, { model, tokenizer, endTokens }: Base, { context, settings, prompts: { template }, computedBy, folder, output, signal }: LearnOptions): Promise<Learned> {
  const started = performance.now();
  const nothing = { training: [], heldOut: [], duplicates: 0, rewritten: 0 };
  const parts: RunParts = { engine: model.engine, tuning, model, settings, data: nothing, tokenizer, addedTokens: [], template, endTokens, questions: [], before: [], heldOutExamples: 0, ...(saveMore && { saveMore }) };
  const written = new TuningRun(context, voteKind.verb, parts, { folder, output });
  try {
    const { kl, isStopped } = await run();
    signal.throwIfAborted();
    const found = await margins();
    await written.saveResult();
    queue.setGuesses({ margins: Object.fromEntries(queue.pairs.map(({ id }, i) => [id, found[i]!])), learned: queue.decided().map(({ id }) => id), votes: queue.votes });
    return { steps: tuning.trainer.stepsDone, seconds: (performance.now() - started) / 1000, kl, isStopped, backendBefore: otherBackend(computedBy, model.engine) ?? null };
  } catch (error) {
    const divergence = divergenceOf(error);
    throw divergence ? written.brokenDown(divergence) : error;
  }
}

/** How a method learns and guesses. */
interface Way {
  readonly tuning: PreferenceTuning | RewardTuning;
  readonly run: () => Promise<Pick<Learned, 'kl' | 'isStopped'>>;
  readonly margins: () => Promise<number[]>;
  readonly saveMore?: (folder: string) => Promise<void>;
}

/** The model itself, by DPO. Looks at answers to prompts that nobody voted on, where there are such. */
async function directly(queue: VoteQueue, rows: PreferenceRows, { model, endTokens }: Base, { settings, signal, onStep }: LearnOptions): Promise<Way> {
  const { beta, maxTokens, maxKl } = settings;
  const voted = new Set(queue.votes.map(({ pair }) => pair));
  const open = queue.pairs.filter(({ id }) => !voted.has(id));
  const looked = (open.length > 0 ? open : queue.pairs).slice(0, LOOKED_PROMPTS).map(({ prompt }) => prompt);
  const tuning = await PreferenceTuning.create(model, rows, { ...trainingOptions(settings), loss: { dpo: { beta } }, heldOut: { answers: { prompts: looked, stopTokens: endTokens, maxTokens } } }, signal);
  const run = async (): Promise<Pick<Learned, 'kl' | 'isStopped'>> => {
    for await (const event of tuning.run({ lookEvery: LOOK_EVERY, signal })) {
      if (event.type === 'step') onStep(event.report.step, tuning.trainer.options.steps);
      if (event.type === 'look' && event.kl !== null && event.kl > maxKl) return { kl: event.kl, isStopped: true };
    }
    return { kl: tuning.looks.at(-1)?.kl ?? null, isStopped: false };
  };
  return { tuning, run, margins: () => preferenceMargins(model, tuning.adapter!, queue.pairs, { beta, signal }) };
}

/** A reward model. */
function byRewards(queue: VoteQueue, rows: PreferenceRows, { model }: Base, { settings, signal, onStep }: LearnOptions): Way {
  const tuning = RewardTuning.create(model, rows, trainingOptions(settings));
  const run = async (): Promise<Pick<Learned, 'kl' | 'isStopped'>> => {
    for await (const event of tuning.run({ signal })) if (event.type === 'step') onStep(event.report.step, tuning.trainer.options.steps);
    return { kl: null, isStopped: false };
  };
  return { tuning, run, margins: () => rewardMargins(tuning.model, queue.pairs), saveMore: (folder) => saveRewardHead(folder, tuning.model) };
}
