// A checkpoint: everything that training needs to go on as if it had never stopped, in the bytes of one safetensors
// file. Batches and dropout are functions of the seed and the step, so the step is all of the random state.
import { readSafetensors, toFloat32, writeSafetensors, type Engine, type SafeTensor, type Tensor } from '@kk/nn-core';
import { fromHuggingFaceConfig, toHuggingFaceConfig } from '../huggingface/config-file.js';
import { huggingFaceNames } from '../huggingface/names.js';
import { GPT } from '../model/gpt.js';
import { checkResumeChanges, type ResumeChanges, type TrainerOptions } from '../training/options.js';
import type { TokenIds } from '../training/token-ids.js';
import { Trainer } from '../training/trainer.js';

const FORMAT = 'kk-checkpoint-1';

interface State {
  stepsDone: number;
  options: Omit<TrainerOptions, 'maximumGradientNorm'> & { maximumGradientNorm: number | 'Infinity' };
  config: unknown;
  dataFingerprint: string;
  extra: unknown;
}

/** Weights and both moments, under names like `secondMoment/transformer.wte.weight`. */
function trainingTensors(trainer: Trainer): Map<string, Tensor> {
  const names = huggingFaceNames(trainer.model);
  return new Map([...[...names].map(([name, parameter]) => [`weight/${name}`, parameter] as const), ...trainer.optimizer.state(names)]);
}

/** A short text that changes when the data does: length and 53 bits of a polynomial hash. */
export function fingerprint(data: TokenIds): string {
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  for (let i = 0; i < data.length; i++) {
    low = Math.imul(low ^ data[i]!, 0x01000193);
    high = Math.imul(high + data[i]!, 0x85ebca6b) ^ (high >>> 13);
  }
  return `${data.length}-${(low >>> 0).toString(16)}-${(high >>> 0).toString(16)}`;
}

/** @param extra anything that JSON can hold, given back by `fromCheckpoint` */
export async function toCheckpoint(trainer: Trainer, extra: unknown = null): Promise<Uint8Array> {
  const tensors = new Map<string, { dtype: 'F32'; shape: number[]; data: Float32Array }>();
  for (const [name, tensor] of trainingTensors(trainer)) {
    tensors.set(name, { dtype: 'F32', shape: [...tensor.shape], data: Float32Array.from(await tensor.data()) });
  }
  const { maximumGradientNorm } = trainer.options;
  const state: State = {
    stepsDone: trainer.stepsDone,
    options: { ...trainer.options, maximumGradientNorm: maximumGradientNorm === Infinity ? 'Infinity' : maximumGradientNorm },
    config: toHuggingFaceConfig(trainer.model.config),
    dataFingerprint: fingerprint(trainer.data),
    extra,
  };
  return writeSafetensors(tensors, { format: FORMAT, state: JSON.stringify(state) });
}

/** What a checkpoint remembers besides tensors, for those who must rebuild the data first. */
export function checkpointExtra(bytes: Uint8Array): unknown {
  return readState(bytes).state.extra;
}

export interface ResumeOptions {
  /** What is different from now on: more steps, another learning rate. */
  readonly changes?: ResumeChanges;
}

/**
 * A trainer that goes on where the checkpoint was written.
 * @param data the same ids that the run was started with
 * @throws Error when the bytes are no checkpoint, are damaged, or belong to other data, or a change would break the run
 */
export function fromCheckpoint(engine: Engine, bytes: Uint8Array, data: TokenIds, { changes = {} }: ResumeOptions = {}): { trainer: Trainer; extra: unknown } {
  checkResumeChanges(changes);
  const { state, tensors } = readState(bytes);
  if (state.dataFingerprint !== fingerprint(data)) {
    throw new Error('The checkpoint was trained on other data (the text or its tokens differ): give the same files in the same order, or start a new run.');
  }
  const { maximumGradientNorm } = state.options;
  const model = new GPT(engine, fromHuggingFaceConfig(state.config), { blank: true });
  const trainer = new Trainer(model, data, { ...state.options, maximumGradientNorm: maximumGradientNorm === 'Infinity' ? Infinity : maximumGradientNorm, ...changes });
  for (const [name, tensor] of trainingTensors(trainer)) {
    const stored = tensors.get(name);
    if (!stored || stored.shape.join() !== tensor.shape.join()) {
      throw new Error(`The checkpoint ${stored ? `holds ${name} with shape (${stored.shape.join(', ')})` : `lacks ${name}`}; expected shape (${tensor.shape.join(', ')}).`);
    }
    tensor.set(toFloat32(stored));
  }
  trainer.stepsDone = state.stepsDone;
  trainer.optimizer.stepCount = state.stepsDone;
  return { trainer, extra: state.extra };
}

function readState(bytes: Uint8Array): { state: State; tensors: ReadonlyMap<string, SafeTensor> } {
  const { tensors, metadata } = readSafetensors(bytes);
  if (metadata['format'] !== FORMAT || !metadata['state']) throw new Error(`This safetensors file is no checkpoint: its format is ${JSON.stringify(metadata['format'] ?? null)}, expected ${FORMAT}.`);
  const state = JSON.parse(metadata['state']) as Partial<State> | null;
  if (!state || typeof state !== 'object' || !Number.isSafeInteger(state.stepsDone) || state.stepsDone! < 0 || !state.options || typeof state.options !== 'object') {
    throw new Error('The checkpoint is damaged: its state lacks the steps done or the options.');
  }
  return { state: state as State, tensors };
}
