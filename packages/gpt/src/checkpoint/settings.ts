// Collects and compares what a checkpoint records besides tensors and steps: the options, the model's config, what is frozen, and which
// data it is. A trainer that goes on from a checkpoint must have the same, or the run would silently become another one.
import type { Module } from '@kk/nn-core';
import { toHuggingFaceConfig } from '../huggingface/config-file.js';
import { GPT } from '../model/gpt.js';
import { Llama } from '../model/llama.js';
import { changeableOptions, type NamedGroup, type TrainerOptions, type TrainingOptions } from '../training/options.js';
import type { BatchArrays } from '../training/task.js';
import type { TaskTrainer } from '../training/task-trainer.js';
import { Trainer } from '../training/trainer.js';
import { dataFingerprint } from './fingerprint.js';

export interface CheckpointSettings {
  readonly options: TrainingOptions | TrainerOptions;
  /** Names of the parameters that are frozen. */
  readonly frozen: readonly string[];
  /** For a `GPT` or a `Llama`: its config.json. */
  readonly config?: unknown;
  /** For pretraining: the fingerprint of the data. */
  readonly dataFingerprint?: string;
}

export function settingsOf<M extends Module, B extends BatchArrays>(trainer: TaskTrainer<M, B>): CheckpointSettings {
  const { model, options } = trainer;
  return {
    options,
    frozen: [...model.namedParameters()].filter(([, { requiresGradient }]) => !requiresGradient).map(([name]) => name),
    ...((model instanceof GPT || model instanceof Llama) && { config: toHuggingFaceConfig(model.config) }),
    ...(trainer instanceof Trainer && { dataFingerprint: dataFingerprint(trainer.data) }),
  };
}

/**
 * Compares the settings of a checkpoint with those of the trainer that is to go on from it.
 * @throws Error that names the first setting that differs, with both values
 */
export function checkSettings(saved: CheckpointSettings, found: CheckpointSettings): void {
  if (saved.dataFingerprint !== undefined && found.dataFingerprint !== undefined && saved.dataFingerprint !== found.dataFingerprint) refuse('other data (the text, its tokens or their order differ)');
  compare('The config', fieldsOf(saved.config), fieldsOf(found.config));
  compare('The option', comparable(saved.options), comparable(found.options));
  if ([...saved.frozen].sort().join() !== [...found.frozen].sort().join()) refuse(`other frozen parameters: ${listed(saved.frozen)} were frozen, and now ${listed(found.frozen)} are`);
}

/** @throws RangeError when more steps are done than the run shall have */
export function checkSteps(stepsDone: number, steps: number): void {
  if (steps < stepsDone) throw new RangeError(`The checkpoint has done ${stepsDone} steps, but the run shall have only ${steps}: give at least ${stepsDone} steps.`);
}

function refuse(difference: string): never {
  throw new Error(`The checkpoint was trained with ${difference}: make the model and the trainer as they were, or start a new run.`);
}

function compare(what: string, saved: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>): void {
  for (const name of new Set([...saved.keys(), ...found.keys()])) {
    const [before, now] = [saved.get(name) ?? 'nothing', found.get(name) ?? 'nothing'];
    if (before !== now) throw new Error(`${what} ${name} was ${before} when the checkpoint was written, and is ${now} now: make the model and the trainer as they were, or start a new run.`);
  }
}

/** The fields of an object as JSON, without those that are undefined; none for no object. */
function fieldsOf(object: unknown): Map<string, string> {
  const given = Object.entries(object ?? {}).filter(([, value]) => value !== undefined);
  return new Map(given.map(([name, value]) => [name, JSON.stringify(value)]));
}

/** The options that must be the same, those that were left out with their defaults. */
function comparable({ groups = [], ...options }: Partial<TrainerOptions>): Map<string, string> {
  const inOrder = groups.map(({ names, learningRate, weightDecay }: NamedGroup) => ({ names, learningRate, weightDecay }));
  const fields = new Map([...fieldsOf({ optimizer: 'AdamW', momentum: 0, groups: inOrder }), ...fieldsOf(options)]);
  for (const name of changeableOptions) fields.delete(name);
  return fields;
}

const listed = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));
