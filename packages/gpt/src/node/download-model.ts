// Downloads a model into a folder. What was begun lies there as `NAME.part` beside download.json, which says what it is from, so that
// another run goes on; when all files are whole, they get their names. Node only.
import { lstat, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkOptions } from '@kk/nn-core';
import { writeWholeFile } from '@kk/whole-file';
import { DownloadError } from '../download/download-error.js';
import { CONFIG, receiveFiles } from '../download/model-files.js';
import { checkChecksumNames, checkDownloadOptions, DOWNLOAD_NAMES, folderAddress, optionsOf, type DownloadOptions } from '../download/options.js';
import { receive } from '../download/receive.js';
import { readState, STATE, type DownloadState } from './download-state.js';
import { FileTarget } from './file-target.js';

export interface DownloadedModel {
  /** Names of the files in the folder. */
  files: string[];
  /** Bytes of all files. */
  bytes: number;
  /** Bytes of them that were there from an earlier run. */
  resumedBytes: number;
}

/**
 * Downloads the files that `fetchModel` would load into a folder, for `loadModel`. The folder holds no model until all of it has arrived.
 * After a failure or a signal, the same call goes on where the last one stopped.
 * @param url  of the folder on the server
 * @throws DownloadError as `fetchModel`
 * @throws Error when the folder holds one of the files already, or a part of another download
 */
export async function downloadModel(url: string | URL, folder: string, options: DownloadOptions = {}): Promise<DownloadedModel> {
  checkOptions('downloadModel', options, DOWNLOAD_NAMES);
  checkDownloadOptions('downloadModel', options);
  const address = folderAddress('downloadModel', url);
  const state = await readState(folder);
  if (state && state.url !== address.href) {
    throw new Error(`${folder} holds a part of another download, from ${state.url}; expected ${address.href}. Finish that one, or delete ${STATE} and the files that end with .part.`);
  }
  await refusePresent(folder, CONFIG);
  await mkdir(folder, { recursive: true });
  const run = new Run(address, folder, state ?? { url: address.href, files: {} }, options);
  await receiveFiles(address.href, {
    read: async (file, mostBytes) => ((await run.take(file, mostBytes)) === undefined ? undefined : readFile(run.part(file))),
    take: (file, mostBytes) => run.take(file, mostBytes),
    forget: (file) => run.forget(file),
  });
  return run.finish();
}

class Run {
  readonly #received = new Map<string, number>();
  #resumedBytes = 0;

  constructor(readonly address: URL, readonly folder: string, readonly state: DownloadState, readonly options: DownloadOptions) {}

  part(file: string): string {
    return join(this.folder, `${file}.part`);
  }

  /** The length of the file; undefined when the server has none of this name. */
  async take(file: string, mostBytes: number): Promise<number | undefined> {
    await refusePresent(this.folder, file);
    const entry = this.state.files[file];
    if (!entry) await refuseForeign(this.part(file));
    const target = await FileTarget.open(this.part(file), entry?.version ?? {}, (version) => this.#remember(file, { version }));
    const before = target.size;
    const wasWhole = entry?.isWhole === true && before > 0 && before === entry.version.totalBytes && before <= mostBytes;
    let isWhole = false;
    try {
      await receive(new URL(encodeURIComponent(file), this.address), target, optionsOf(file, this.options, mostBytes), wasWhole);
      isWhole = true;
      await this.#remember(file, { version: { ...target.version, totalBytes: target.size }, isWhole });
    } catch (error) {
      // What has arrived stays, also if the server has the file no longer.
      if (before > 0 || !(error instanceof DownloadError && (error.status === 404 || error.status === 410))) throw error;
    } finally {
      await target.close(isWhole);
      if (target.size === 0 && !isWhole) await rm(this.part(file), { force: true });
    }
    if (!isWhole) return undefined;
    this.#received.set(file, target.size);
    this.#resumedBytes += target.keptBytes;
    return target.size;
  }

  /** Keeps nothing of a file that cannot be used, so that the next call asks for it again. */
  async forget(file: string): Promise<void> {
    delete this.state.files[file];
    this.#received.delete(file);
    await this.#write();
    await rm(this.part(file), { force: true });
  }

  async #remember(file: string, entry: DownloadState['files'][string]): Promise<void> {
    this.state.files[file] = entry;
    await this.#write();
  }

  #write(): Promise<void> {
    return writeWholeFile(join(this.folder, STATE), `${JSON.stringify(this.state, null, 2)}\n`);
  }

  /** Gives all files their names, the config last: a folder without it is no model. */
  async finish(): Promise<DownloadedModel> {
    const files = [...this.#received.keys()].sort((a, b) => Number(a === CONFIG) - Number(b === CONFIG));
    checkChecksumNames('downloadModel', this.options, files);
    for (const file of files) await rename(this.part(file), join(this.folder, file));
    await rm(join(this.folder, STATE), { force: true });
    return { files, bytes: [...this.#received.values()].reduce((sum, bytes) => sum + bytes, 0), resumedBytes: this.#resumedBytes };
  }
}

/** Also a link that leads nowhere. @throws Error when there is something of this name */
async function refusePresent(folder: string, file: string): Promise<void> {
  const present = await lstat(join(folder, file)).catch(() => undefined);
  if (present) throw new Error(`${join(folder, file)} is there already: nothing is replaced. Choose another folder, or delete what is in this one.`);
}

/** @throws Error when there is something in a part that no download began here */
async function refuseForeign(part: string): Promise<void> {
  const present = await lstat(part).catch(() => undefined);
  if (present && (present.size > 0 || !present.isFile())) throw new Error(`${part} is there already, and is not of a download that was begun here: nothing is replaced. Choose another folder, or delete it.`);
}
