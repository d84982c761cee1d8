// A checkpoint: the complete state of training in the bytes of one safetensors file, so that training resumes exactly. Batches and dropout
// depend only on the seed and the step, so the step is the whole random state.
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
import { decodeCheckpoint, encodeCheckpoint } from './format.js';
import { dataFingerprint } from './fingerprint.js';
import { checkSettings, checkSteps, settingsOf } from './settings.js';

/** All weights, including frozen ones, and the optimizer's state, with names like `secondMoment/blocks.0.attention.projection.weight`. */
function trainingTensors<B extends BatchArrays>({ model, optimizer }: TaskTrainer<Module, B>): Map<string, Tensor> {
  const names = model.namedParameters();
  return new Map([...[...names].map(([name, parameter]) => [`weight/${name}`, parameter] as const), ...optimizer.state(names)]);
}

/**
 * The bytes of a checkpoint. Takes one forward pass, to check that the weights are not ruined.
 * @param extra any JSON value; it is returned when the run is resumed
 * @throws DivergenceError when a number is not finite, or the loss of the last batch is not finite or too large with these weights
 */
export async function toCheckpoint<M extends Module, B extends BatchArrays>(trainer: TaskTrainer<M, B>, extra: unknown = null): Promise<Uint8Array> {
  await trainer.checkWeights();
  const { stepsDone } = trainer;
  const tensors = new Map<string, TensorToWrite>();
  for (const [name, tensor] of trainingTensors(trainer)) {
    const data = Float32Array.from(await tensor.data());
    if (!areFinite(data)) throw new DivergenceError({ step: stepsDone, loss: 0, maximumGradientNorm: trainer.options.maximumGradientNorm, layer: name }, 'This is not saved.');
    tensors.set(name, { dtype: 'F32', shape: [...tensor.shape], data });
  }
  return encodeCheckpoint({ ...settingsOf(trainer), stepsDone, extra }, tensors);
}

/** What a checkpoint says of itself, for callers that must rebuild the data before they can resume. */
export interface CheckpointFacts {
  readonly stepsDone: number;
  /** The `extra` of `toCheckpoint`. */
  readonly extra: unknown;
}

export function checkpointFacts(bytes: Uint8Array): CheckpointFacts {
  const { stepsDone, extra } = decodeCheckpoint(bytes).state;
  return { stepsDone, extra };
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
  checkSettings(state, settingsOf(trainer));
  checkSteps(state.stepsDone, trainer.options.steps);
  restoreTensors(trainer, tensors);
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
    restoreTensors(trainer, tensors);
  } catch (error) {
    trainer?.dispose();
    model.dispose();
    throw error;
  }
  trainer.stepsDone = state.stepsDone;
  return { trainer, extra: state.extra };
}

function restoreTensors<M extends Module, B extends BatchArrays>(trainer: TaskTrainer<M, B>, stored: ReadonlyMap<string, SafeTensor>): void {
  const wanted = trainingTensors(trainer);
  const surplus = [...stored.keys()].find((name) => !wanted.has(name));
  if (surplus !== undefined) throw new Error(`The checkpoint holds ${surplus}, which the trainer has no place for: make the model, its frozen parameters and the optimizer as they were.`);
  for (const [name, tensor] of wanted) {
    const found = stored.get(name);
    if (!found || found.shape.join() !== tensor.shape.join()) {
      throw new Error(`The checkpoint ${found ? `holds ${name} with shape (${found.shape.join(', ')})` : `lacks ${name}`}; expected shape (${tensor.shape.join(', ')}).`);
    }
  }
  for (const [name, tensor] of wanted) tensor.set(toFloat32(stored.get(name)!));
}
