// Writes and reads a checkpoint, the complete state of training in the bytes of one safetensors file, so that training resumes exactly.
// Batches and dropout depend only on the seed and the step, so the step is the whole random state.
import { checkOptions, toFloat32, type Engine, type Module, type OptionNames, type SafeTensor, type Tensor, type TensorToWrite } from '@kk/nn-core';
import type { TrainingRows } from '../data/training-rows.js';
import { fromHuggingFaceConfig } from '../huggingface/config-file.js';
import { areFinite } from '../model/finite.js';
import { createTransformer } from '../model/transformer.js';
import { DivergenceError } from '../training/divergence-error.js';
import { checkResumeChanges, type ResumeChanges } from '../training/options.js';
import type { BatchArrays } from '../training/task.js';
import type { TaskTrainer } from '../training/task-trainer.js';
import type { TokenIds } from '../training/token-ids.js';
import { Trainer } from '../training/trainer.js';
import { decodeCheckpoint, encodeCheckpoint, type CheckpointState } from './format.js';
import { dataFingerprint } from './fingerprint.js';
import { frozenChecksum } from './frozen-checksum.js';
import { checkSettings, checkSteps, settingsOf } from './settings.js';

/** Which weights a checkpoint holds: all of the model, or only those that are trained, on top of a base that is kept elsewhere. */
export type CheckpointWeights = 'all' | 'trained';

/** The weights, and the optimizer's state, with names like `secondMoment/blocks.0.attention.projection.weight`. */
function trainingTensors<B extends BatchArrays>({ model, optimizer }: TaskTrainer<Module, B>, which: CheckpointWeights): Map<string, Tensor> {
  const names = model.namedParameters();
  const held = [...names].filter(([, { requiresGradient }]) => which === 'all' || requiresGradient);
  return new Map([...held.map(([name, parameter]) => [`weight/${name}`, parameter] as const), ...optimizer.state(names)]);
}

export interface CheckpointOptions {
  /**
   * `trained` leaves the frozen weights out, so that the checkpoint of an adapter is as small as the adapter. It holds a checksum of them
   * instead, and `restoreTrained` refuses another base. Default `all`.
   */
  weights?: CheckpointWeights;
  /** Further numbers that belong to the run, by names of your own, such as its best weights so far. `checkpointFacts` returns them. */
  attached?: ReadonlyMap<string, AttachedTensor>;
}

/** Numbers with their shape, row-major. */
export interface AttachedTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

const CHECKPOINT_OPTIONS: OptionNames<CheckpointOptions> = { weights: 'optional', attached: 'optional' };
const ATTACHED = 'attached/';

/**
 * The bytes of a checkpoint. Takes one forward pass, to check that the weights are not ruined.
 * @param extra any JSON value; it is returned when the run is resumed
 * @throws DivergenceError when a number is not finite, or the loss of the last batch is not finite or too large with these weights;
 * TypeError when an option is unknown; RangeError when `weights` is neither `all` nor `trained`
 */
export async function toCheckpoint<M extends Module, B extends BatchArrays>(trainer: TaskTrainer<M, B>, extra: unknown = null, options: CheckpointOptions = {}): Promise<Uint8Array> {
  checkOptions('toCheckpoint', options, CHECKPOINT_OPTIONS);
  const { weights = 'all', attached = new Map<string, AttachedTensor>() } = options;
  if (weights !== 'all' && weights !== 'trained') throw new RangeError(`toCheckpoint: weights is ${JSON.stringify(weights)}; expected "all" or "trained".`);
  await trainer.checkWeights();
  const { stepsDone } = trainer;
  const tensors = new Map<string, TensorToWrite>();
  for (const [name, tensor] of trainingTensors(trainer, weights)) {
    const data = Float32Array.from(await tensor.data());
    if (!areFinite(data)) throw new DivergenceError({ step: stepsDone, loss: 0, maximumGradientNorm: trainer.options.maximumGradientNorm, layer: name }, 'This is not saved.');
    tensors.set(name, { dtype: 'F32', shape: [...tensor.shape], data });
  }
  for (const [name, { shape, data }] of attached) tensors.set(ATTACHED + name, { dtype: 'F32', shape: [...shape], data });
  const base = weights === 'trained' ? { baseChecksum: await frozenChecksum(trainer.model) } : {};
  return encodeCheckpoint({ ...settingsOf(trainer), ...base, stepsDone, extra }, tensors);
}

/** What a checkpoint says of itself, for callers that must rebuild the data before they can resume. */
export interface CheckpointFacts {
  readonly stepsDone: number;
  /** The `extra` of `toCheckpoint`. */
  readonly extra: unknown;
  /** The `attached` of `toCheckpoint`. */
  readonly attached: ReadonlyMap<string, AttachedTensor>;
}

/** @throws Error when the bytes are not a checkpoint, or are damaged */
export function checkpointFacts(bytes: Uint8Array): CheckpointFacts {
  const { state, tensors } = decodeCheckpoint(bytes);
  const attached = [...tensors].filter(([name]) => name.startsWith(ATTACHED)).map(([name, tensor]) => [name.slice(ATTACHED.length), { shape: tensor.shape, data: toFloat32(tensor) }] as const);
  return { stepsDone: state.stepsDone, extra: state.extra, attached: new Map(attached) };
}

/**
 * Sets a trainer of any task to the state of a checkpoint. The trainer must be created as the saved one was: the same model with the same
 * frozen parameters, the same task and the same options, except those of `ResumeChanges`, which may differ. The task itself, a function,
 * cannot be compared.
 * @returns the `extra` of `toCheckpoint`
 * @throws Error when the bytes are not a checkpoint, are damaged, or belong to another model, other options or other data; the trainer is
 * then unchanged
 */
export function restoreCheckpoint<M extends Module, B extends BatchArrays>(trainer: TaskTrainer<M, B>, bytes: Uint8Array): unknown {
  const { state, tensors } = decodeCheckpoint(bytes);
  if (state.baseChecksum !== undefined) throw new Error('The checkpoint holds only the weights that are trained: give the model the base that they were trained on, and use restoreTrained().');
  return restore(trainer, state, tensors);
}

/**
 * Like `restoreCheckpoint`, for a checkpoint with `weights: 'trained'`. The model must hold the base: its frozen weights are compared with
 * those that the checkpoint was trained on.
 * @throws Error as `restoreCheckpoint`, and when the base is another one, or the checkpoint holds all weights; the trainer is then unchanged
 */
export async function restoreTrained<M extends Module, B extends BatchArrays>(trainer: TaskTrainer<M, B>, bytes: Uint8Array): Promise<unknown> {
  const { state, tensors } = decodeCheckpoint(bytes);
  if (state.baseChecksum === undefined) throw new Error('The checkpoint holds all weights of its model: use restoreCheckpoint(), or fromCheckpoint() for pretraining.');
  checkSettings(state, settingsOf(trainer));
  const found = await frozenChecksum(trainer.model);
  if (found !== state.baseChecksum) throw new Error(`The checkpoint was trained on another base: the checksum of its frozen weights is ${state.baseChecksum}, that of this model ${found}. Load the model that the run began with.`);
  return restore(trainer, state, tensors);
}

function restore<M extends Module, B extends BatchArrays>(trainer: TaskTrainer<M, B>, state: CheckpointState, tensors: ReadonlyMap<string, SafeTensor>): unknown {
  checkSettings(state, settingsOf(trainer));
  checkSteps(state.stepsDone, trainer.options.steps);
  restoreTensors(trainer, tensors, state);
  trainer.stepsDone = state.stepsDone;
  return state.extra;
}

export interface ResumeOptions {
  /** The changed options, for example more steps or another learning rate. */
  readonly changes?: ResumeChanges;
}

const RESUME_OPTIONS: OptionNames<ResumeOptions> = { changes: 'optional' };

/**
 * A trainer that continues pretraining from the checkpoint.
 * @param data the same ids, or the same rows, as at the start of the run; it goes on after those that it was trained on
 * @throws Error when the bytes are not a checkpoint, are damaged, or belong to other data, or when a change is not allowed, such as fewer
 * steps than are done; TypeError when an option is unknown; no memory of the engine is taken then
 */
export function fromCheckpoint(engine: Engine, bytes: Uint8Array, data: TokenIds | TrainingRows, options: ResumeOptions = {}): { trainer: Trainer; extra: unknown } {
  checkOptions('fromCheckpoint', options, RESUME_OPTIONS);
  const { changes = {} } = options;
  checkResumeChanges(changes);
  const { state, tensors } = decodeCheckpoint(bytes);
  if (state.baseChecksum !== undefined) throw new Error('The checkpoint holds only the weights that are trained: make the model from its base and the trainer as before, and use restoreTrained().');
  if (state.dataFingerprint === undefined) throw new Error('This is no checkpoint of pretraining: make the model and the trainer as before and use restoreCheckpoint().');
  if (state.dataFingerprint !== dataFingerprint(data)) {
    throw new Error('The checkpoint was trained on other data (the text, its tokens or their order differ): give the same files in the same order, or start a new run.');
  }
  checkSteps(state.stepsDone, changes.steps ?? state.options.steps);
  const model = createTransformer(engine, fromHuggingFaceConfig(state.config), { blank: true });
  let trainer: Trainer | undefined;
  try {
    for (const name of state.frozen) model.freeze(name);
    trainer = new Trainer(model, data, { ...state.options, ...changes });
    restoreTensors(trainer, tensors, state);
  } catch (error) {
    trainer?.dispose();
    model.dispose();
    throw error;
  }
  trainer.stepsDone = state.stepsDone;
  return { trainer, extra: state.extra };
}

function restoreTensors<M extends Module, B extends BatchArrays>(trainer: TaskTrainer<M, B>, stored: ReadonlyMap<string, SafeTensor>, { baseChecksum }: CheckpointState): void {
  const wanted = trainingTensors(trainer, baseChecksum === undefined ? 'all' : 'trained');
  const surplus = [...stored.keys()].find((name) => !wanted.has(name) && !name.startsWith(ATTACHED));
  if (surplus !== undefined) throw new Error(`The checkpoint holds ${surplus}, which the trainer has no place for: make the model, its frozen parameters and the optimizer as they were.`);
  for (const [name, tensor] of wanted) {
    const found = stored.get(name);
    if (!found || found.shape.join() !== tensor.shape.join()) {
      throw new Error(`The checkpoint ${found ? `holds ${name} with shape (${found.shape.join(', ')})` : `lacks ${name}`}; expected shape (${tensor.shape.join(', ')}).`);
    }
  }
  for (const [name, tensor] of wanted) tensor.set(toFloat32(stored.get(name)!));
}
