// What a checkpoint remembers for the command: where the text is, how it was split, what it was, and which settings were changed on the
// way. Written as the checkpoint's `extra`.
import { relative, resolve } from 'node:path';
import { Failure } from '../errors.js';
import { isDevice, type Device } from '../options/device.js';
import { changeableNames, isChangeableSettings, type ChangeableSettings, type SettingChange } from './settings.js';

/** What `kk train` writes. */
export interface RunRecord {
  readonly verb: 'train';
  /** The data files, full paths. */
  readonly data: readonly string[];
  /** SHA-256 of the joined text. */
  readonly textHash: string;
  /** Share of the characters kept for validation. */
  readonly validation: number;
  readonly device: Device;
  /** As they are now. */
  readonly settings: ChangeableSettings;
  /** What was changed when the run went on, in order. */
  readonly changes: readonly RecordedChange[];
}

/** What `kk demo` writes: it keeps no text to go on with. */
export interface DemoRecord {
  readonly verb: 'demo';
}

export interface RecordedChange extends SettingChange {
  /** The steps that were done before it. */
  readonly step: number;
}

/** Paths are stored relative to the folder, so that both can move together. */
export function recordToJSON(record: RunRecord | DemoRecord, folder: string): unknown {
  return record.verb === 'demo' ? record : { ...record, data: record.data.map((path) => relative(folder, path)) };
}

/**
 * @throws {Failure} when the checkpoint was written by something else
 */
export function recordFromJSON(json: unknown, folder: string, shown: string): RunRecord | DemoRecord {
  const fields: Partial<Record<keyof RunRecord, unknown>> = json !== null && typeof json === 'object' ? json : {};
  const { verb, data, textHash, validation, device, settings, changes } = fields;
  if (verb === 'demo') return { verb };
  const isRecord =
    verb === 'train' &&
    Array.isArray(data) &&
    data.every((path) => typeof path === 'string') &&
    typeof textHash === 'string' &&
    typeof validation === 'number' &&
    validation >= 0 &&
    validation < 1 &&
    isDevice(device) &&
    isChangeableSettings(settings) &&
    Array.isArray(changes) &&
    changes.every(isRecordedChange);
  if (!isRecord) throw new Failure(`The checkpoint in ${shown} was not written by kk train; it does not say which text it belongs to.`);
  return { verb, data: data.map((path: string) => resolve(folder, path)), textHash, validation, device, settings, changes };
}

function isRecordedChange(value: unknown): value is RecordedChange {
  const { step, name, from, to } = (value ?? {}) as Partial<Record<keyof RecordedChange, unknown>>;
  return [step, from, to].every((number) => typeof number === 'number') && changeableNames.some((known) => known === name);
}
