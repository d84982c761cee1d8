// What a checkpoint remembers for the command: where the text is, how it was split, and what it was. Written as the checkpoint's `extra`.
import { createHash } from 'node:crypto';
import { relative, resolve } from 'node:path';
import { Failure } from '../errors.js';
import { isDevice, type Device } from '../options/device.js';

export interface RunRecord {
  /** Which verb wrote it. */
  verb: 'train' | 'demo';
  /** The data files, full paths. */
  data: readonly string[];
  /** SHA-256 of the joined text. */
  textHash: string;
  /** Share of the characters kept for validation. */
  validation: number;
  device: Device;
}

export const hashText = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** Paths are stored relative to the folder, so that both can move together. */
export function recordToJSON(record: RunRecord, folder: string): unknown {
  return { ...record, data: record.data.map((path) => relative(folder, path)) };
}

/**
 * @throws {Failure} when the checkpoint was written by something else
 */
export function recordFromJSON(json: unknown, folder: string, shown: string): RunRecord {
  const fields = new Map<string, unknown>(json !== null && typeof json === 'object' ? Object.entries(json) : []);
  const [verb, data, textHash, validation, device] = ['verb', 'data', 'textHash', 'validation', 'device'].map((name) => fields.get(name));
  const isRecord =
    (verb === 'train' || verb === 'demo') &&
    Array.isArray(data) &&
    data.every((path) => typeof path === 'string') &&
    typeof textHash === 'string' &&
    typeof validation === 'number' &&
    validation >= 0 &&
    validation < 1 &&
    isDevice(device);
  if (!isRecord) throw new Failure(`The checkpoint in ${shown} was not written by kk train; it does not say which text it belongs to.`);
  return { verb, data: (data as string[]).map((path) => resolve(folder, path)), textHash, validation, device };
}
