// How every tuning begins: its data are read, its base is opened, a few questions are answered before anything is learned, and a checkpoint is restored.
import type { EncodePreferenceOptions, TuningExample } from '@kk/finetune';
import { chatMLTemplate } from '@kk/tokenizer';
import type { Context } from '../context.js';
import { describe, Failure, UsageError } from '../errors.js';
import { shortPath } from '../files/paths.js';
import type { DeviceOptions } from '../options/device.js';
import { answersTo, QUESTIONS, questionsOf } from './answers.js';
import { answersBefore, openBase, refuseAdapter, type Base } from './base.js';
import type { Checkpoint, RunParts, SplitExamples } from './method.js';
import type { TuningSettings } from './settings.js';
import { checkAsChat, formsOf } from './split-lines.js';

type AnyTuning = RunParts['tuning'];

/** A prepared tuning with its own kinds of settings, examples and rows. */
export interface Prepared<S extends TuningSettings, D extends SplitExamples, R, T extends AnyTuning> extends RunParts {
  readonly settings: S;
  readonly data: D;
  /** The examples as token ids. */
  readonly rows: R;
  readonly tuning: T;
}

/** What a tuning is made from. */
export interface Opened<S extends TuningSettings, D extends SplitExamples> {
  readonly context: Context;
  readonly settings: S;
  readonly data: D;
  readonly base: Base;
  /** How examples become token ids. */
  readonly label: EncodePreferenceOptions;
}

/** What the tunings differ in. */
export interface Preparation<S extends TuningSettings, D extends SplitExamples, R, T extends AnyTuning> {
  /** Without `kk`: `finetune sft`. */
  readonly verb: string;
  read(context: Context, settings: S): Promise<D>;
  rowsOf(opened: Opened<S, D>): Promise<R>;
  /** The first of these are asked before and after the tuning; default those that are held out, then those that are learned. */
  asked?(data: D): readonly TuningExample[];
  tune(rows: R, opened: Opened<S, D>): T | Promise<T>;
  /** How many examples are held out and fit into the context. */
  heldOutExamples(rows: R): number;
  /** Writes what belongs to the result besides the model or its adapter. */
  saveMore?(folder: string, tuning: T): Promise<void>;
}

export const prepareBy = <S extends TuningSettings, D extends SplitExamples, R, T extends AnyTuning>(own: Preparation<S, D, R, T>) =>
  async (context: Context, settings: S, device: DeviceOptions, checkpoint: Checkpoint | undefined): Promise<Prepared<S, D, R, T>> => {
    await refuseAdapter(context, settings);
    const data = await own.read(context, settings);
    checkAsChat(context, settings, data.rewritten);
    const base = await openBase(context, settings, device, formsOf(data));
    try {
      const { model, tokenizer, addedTokens, template, endOfText, endTokens } = base;
      checkLastLayers(context, settings, model.config.layers);
      const opened: Opened<S, D> = { context, settings, data, base, label: { ...(template ?? {}), ...(endOfText !== undefined && { endOfText }), signal: context.io.interrupt } };
      const rows = await own.rowsOf(opened);
      const asked = own.asked?.(data) ?? [...data.heldOut, ...data.training];
      const { questions } = await questionsOf(asked, QUESTIONS, tokenizer, template ?? { template: chatMLTemplate, variables: {} }, model.config.contextLength);
      const before = checkpoint ? undefined : await answersTo(questions, model, tokenizer, endTokens, context.io.interrupt);
      const tuning = await own.tune(rows, opened);
      if (checkpoint) await restore(tuning, checkpoint);
      return {
        engine: model.engine, tuning, model, settings, data, tokenizer, addedTokens, template, endTokens, questions, rows,
        before: before ?? answersBefore(checkpoint!.extra, own.verb, questions.length),
        heldOutExamples: own.heldOutExamples(rows),
        ...(own.saveMore && { saveMore: (folder: string) => own.saveMore!(folder, tuning) }),
      };
    } catch (error) {
      base.dispose();
      throw error;
    }
  };

/** @throws {Failure} naming the file when it belongs to another base, other examples or other options */
async function restore(tuning: AnyTuning, { bytes, shown }: Checkpoint): Promise<void> {
  await tuning.restore(bytes).catch((error: unknown) => Promise.reject(new Failure(`Cannot go on from ${shown}: ${describe(error)}`, undefined, { cause: error })));
}

/** @throws {UsageError} when the model has fewer layers than are to be trained */
function checkLastLayers({ io: { cwd } }: Context, { trained, model }: TuningSettings, layers: number): void {
  if (typeof trained !== 'object' || !('lastLayers' in trained) || trained.lastLayers <= layers) return;
  throw new UsageError(`--last-layers is ${trained.lastLayers}, but ${shortPath(cwd, model)} has ${layers === 1 ? 'one layer' : `${layers} layers`}.`, 'Give fewer, or --full.');
}
