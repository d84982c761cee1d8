// The file format of checkpoints: a safetensors file of weights and optimizer state, with everything else as JSON in its metadata, and a
// checksum of both, which detects damaged files.
import { readSafetensors, writeSafetensors, type SafeTensor, type TensorToWrite } from '@kk/nn-core';
import { crc32 } from './crc32.js';
import type { CheckpointSettings } from './settings.js';

const FORMAT_NAME = 'kk-checkpoint-';
const FORMAT = `${FORMAT_NAME}2`;

/** The state of a run, except its tensors. */
export interface CheckpointState extends CheckpointSettings {
  readonly stepsDone: number;
  readonly extra: unknown;
  /** Where only trained weights are in the file: the checksum of the frozen ones. */
  readonly baseChecksum?: string;
}

export function encodeCheckpoint(state: CheckpointState, tensors: ReadonlyMap<string, TensorToWrite>): Uint8Array {
  const json = JSON.stringify(state, (_key, value: unknown) => (value === Infinity ? 'Infinity' : value));
  const bytesOf = ({ data }: TensorToWrite): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const checksum = checksumOf(json, [...tensors].map(([name, tensor]) => [name, { ...tensor, data: bytesOf(tensor) }] as const));
  return writeSafetensors(tensors, { format: FORMAT, state: json, checksum });
}

/** @throws Error when the bytes are not a checkpoint, or a single bit has changed */
export function decodeCheckpoint(bytes: Uint8Array): { state: CheckpointState; tensors: ReadonlyMap<string, SafeTensor> } {
  const { tensors, metadata } = readSafetensors(bytes);
  const { format, state: json, checksum } = metadata;
  if (format?.startsWith(FORMAT_NAME) && format !== FORMAT) throw new Error(`This checkpoint was written by another version: its format is ${format}, expected ${FORMAT}. Go on with the version that wrote it, or start a new run.`);
  if (format !== FORMAT || !json || !checksum) throw new Error(`This safetensors file is no checkpoint: its format is ${JSON.stringify(format ?? null)}, expected ${FORMAT}.`);
  const found = checksumOf(json, [...tensors]);
  if (found !== checksum) throw new Error(`The checkpoint is damaged: its checksum is ${found}, but ${checksum} was written. Use another copy or an earlier checkpoint.`);
  const state = JSON.parse(json) as CheckpointState;
  const options = Object.fromEntries(Object.entries(state.options).map(([name, value]) => [name, value === 'Infinity' ? Infinity : (value as unknown)]));
  return { state: { ...state, options: options as unknown as CheckpointState['options'] }, tensors };
}

/** CRC-32 of the state and of every tensor's name, type, shape and bytes, in the order of the names: eight hexadecimal digits. */
function checksumOf(json: string, tensors: readonly (readonly [string, { readonly dtype: string; readonly shape: readonly number[]; readonly data: Uint8Array }])[]): string {
  const encoder = new TextEncoder();
  let crc = crc32(encoder.encode(json));
  for (const [name, { dtype, shape, data }] of [...tensors].sort(([a], [b]) => (a < b ? -1 : 1))) {
    crc = crc32(encoder.encode(JSON.stringify([name, dtype, shape])), crc);
    crc = crc32(data, crc);
  }
  return crc.toString(16).padStart(8, '0');
}
