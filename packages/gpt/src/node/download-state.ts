// Reads what download.json says about a download that was begun. Node only.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileVersion } from '../download/response-headers.js';

export const STATE = 'download.json';

export interface DownloadState {
  /** The folder on the server. */
  url: string;
  /** By the names of the files: what the bytes of `NAME.part` are from, and whether they are all there and their checksum was right. */
  files: Record<string, { version: FileVersion; isWhole?: boolean }>;
}

/**
 * Undefined where no download was begun.
 * @throws Error when the file is damaged
 */
export async function readState(folder: string): Promise<DownloadState | undefined> {
  const path = join(folder, STATE);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined; // making the folder says what is in the way
    throw error;
  });
  if (text === undefined) return undefined;
  const state = parsed(text);
  if (state) return state;
  throw new Error(`${path} is damaged: it does not say what was downloaded. Delete it and the files that end with .part, and download again.`);
}

function parsed(text: string): DownloadState | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { url, files } = isObject(json) ? json : {};
  if (typeof url !== 'string' || !isObject(files)) return undefined;
  const state: DownloadState = { url, files: {} };
  for (const [name, entry] of Object.entries(files)) {
    if (!isObject(entry) || !isVersion(entry.version)) return undefined;
    const { etag, lastModified, totalBytes } = entry.version;
    const version: FileVersion = { ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }), ...(totalBytes === undefined ? {} : { totalBytes }) };
    state.files[name] = { version, ...(entry.isWhole === true ? { isWhole: true } : {}) };
  }
  return state;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const isVersion = (value: unknown): value is FileVersion =>
  isObject(value) &&
  (value.etag === undefined || typeof value.etag === 'string') &&
  (value.lastModified === undefined || typeof value.lastModified === 'string') &&
  (value.totalBytes === undefined || (Number.isSafeInteger(value.totalBytes) && (value.totalBytes as number) >= 0));
