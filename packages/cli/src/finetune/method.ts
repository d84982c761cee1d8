// What the verbs of `kk finetune` differ in: their settings, how a run begins from them, and what is said of it. All else they share.
import type { GroupTuning, KtoTuning, PpoTuning, PreferenceTuning, RewardTuning, SupervisedTuning, TuningExample } from '@kk/finetune';
import type { Transformer } from '@kk/gpt';
import type { Engine } from '@kk/nn-core';
import type { Tokenizer } from '@kk/tokenizer';
import type { ChatTemplate } from '../chat/template.js';
import type { Context } from '../context.js';
import type { DeviceOptions } from '../options/device.js';
import type { AskedExample } from './answers.js';
import type { RecipeKind } from './recipe.js';
import type { TuningSettings } from './settings.js';

/** A prepared tuning with what belongs to it. */
export interface RunParts {
  readonly engine: Engine;
  readonly tuning: SupervisedTuning | PreferenceTuning | KtoTuning | RewardTuning | GroupTuning | PpoTuning;
  /** What is tuned; where a head is trained with it, the transformer below. */
  readonly model: Transformer;
  readonly settings: TuningSettings;
  readonly data: SplitExamples;
  readonly tokenizer: Tokenizer;
  /** Special tokens that the tokenizer of the base lacked. */
  readonly addedTokens: readonly string[];
  /** Undefined where no example is a conversation. */
  readonly template: ChatTemplate | undefined;
  /** The tokens that end an answer or a text; the first one is `eos_token`. */
  readonly endTokens: readonly number[];
  readonly questions: readonly AskedExample[];
  /** Answers before the tuning. */
  readonly before: readonly string[];
  /** How many examples are held out and fit into the context. */
  readonly heldOutExamples: number;
  /** Writes what belongs to the result besides the model or its adapter. */
  readonly saveMore?: (folder: string) => Promise<void>;
}

export interface SplitExamples {
  readonly training: readonly TuningExample[];
  readonly heldOut: readonly TuningExample[];
  /** How many examples are there more than once, counted without their first. */
  readonly duplicates: number;
  /** How many lines `--as-chat` has written as conversations. */
  readonly rewritten: number;
}

export type LookOf<P extends RunParts> = P['tuning']['looks'][number];

/** What a step reports, of any tuning. */
export interface Step {
  readonly step: number;
  readonly loss: number;
  readonly seconds: number;
  readonly measures?: Readonly<Record<string, number>>;
}

/** Name and value of a line of a table. */
export type FactRow = readonly [name: string, value: string];

/** What is said of a run, where it depends on the method. */
export interface RunWords<P extends RunParts> {
  /** What the start event of --json has besides the facts of every run. */
  startFacts(parts: P): object;
  /** About the examples, before it begins. */
  exampleRows(parts: P, cwd: string): readonly FactRow[];
  /** What a batch counts: `rows`. */
  readonly rows: string;
  /** Of these, how many are computed at once. */
  batchSize(parts: P): number;
  /** The tokens that the model reads in a step. */
  tokensOf(parts: P, step: Step): number;
  /** Further figures in the line of progress, from the last steps. */
  figures(steps: readonly Step[]): readonly string[];
  /** Undefined where nothing was measured. */
  lookLine(look: LookOf<P>, isBest: boolean): string | undefined;
  /** Before the first step, and with the weights that are saved. */
  changeRows(before: LookOf<P>, after: LookOf<P>): readonly FactRow[];
  /** Why the tuning may be of little use. */
  doubts(parts: P, before: LookOf<P>, after: LookOf<P>): readonly string[];
  /** What to do with the result; undefined where no verb uses it. */
  next(parts: P): { readonly about: string; readonly verb: string } | undefined;
  /** Under the chart of the losses, and the loss where a straight line is drawn; undefined where losses say nothing. */
  curve(parts: P): { readonly line?: number; readonly caption: string } | undefined;
}

/** A checkpoint to go on from. */
export interface Checkpoint {
  readonly bytes: Uint8Array;
  /** The file as shown in messages. */
  readonly shown: string;
  /** What `TuningRun.save` put into it. */
  readonly extra: { readonly before?: unknown; readonly options?: unknown; readonly computedBy?: unknown };
}

/** Its `verb` is without `kk`: `finetune sft`. */
export interface Method<S extends TuningSettings = TuningSettings, P extends RunParts = RunParts> extends RecipeKind<S> {
  /** The files that it reads besides the base. */
  filesOf(settings: S): string[];
  /** @param checkpoint of a run to go on with */
  prepare(context: Context, settings: S, device: DeviceOptions, checkpoint: Checkpoint | undefined): Promise<P>;
  readonly words: RunWords<P>;
}
