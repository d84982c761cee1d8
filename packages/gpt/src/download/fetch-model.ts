// Loads a model from a URL into memory, in Node and in pages.
import { checkOptions, readSafetensors, type Engine, type SafeTensor } from '@kk/nn-core';
import { fromGenerationConfig, type GenerationConfig } from '../huggingface/generation-config.js';
import { readShards } from '../huggingface/shards.js';
import { fromTensors } from '../huggingface/weights-file.js';
import { shortenContext, type Transformer } from '../model/transformer.js';
import { DownloadError } from './download-error.js';
import { GENERATION, receiveFiles, TOKENIZER, WEIGHTS } from './model-files.js';
import { checkChecksumNames, checkDownloadOptions, DOWNLOAD_NAMES, folderAddress, optionsOf, type DownloadOptions } from './options.js';
import { receive } from './receive.js';
import { MemoryTarget } from './target.js';

export interface FetchModelOptions extends DownloadOptions {
  /** Shortens a longer context to this many positions, where they are rotary (see `shortenContext`). Default: the context of the file. */
  contextLength?: number;
}

export interface FetchedModel {
  model: Transformer;
  /** The parsed tokenizer.json, for `tokenizerFromJSON` of `@kk/tokenizer`; undefined if the folder has none. */
  tokenizer: unknown;
  /** From generation_config.json; undefined if the folder has none. */
  generation: GenerationConfig | undefined;
}

/**
 * Loads the model of a Hugging Face folder that a server offers: config.json, model.safetensors or the files that its index names, and
 * tokenizer.json and generation_config.json where they are there. A cut connection goes on where it stopped, unless the file changed.
 * @param url  of the folder; for a page of huggingface.co that is `https://huggingface.co/OWNER/NAME/resolve/main`
 * @throws DownloadError that names the file: when it is missing, keeps being cut, is longer than the config allows or fails its checksum
 * @throws Error that says what is wrong with a file that arrived; the signal's reason
 */
export async function fetchModel(engine: Engine, url: string | URL, options: FetchModelOptions = {}): Promise<FetchedModel> {
  checkOptions('fetchModel', options, { ...DOWNLOAD_NAMES, contextLength: 'optional' });
  const { contextLength, ...download } = options;
  checkDownloadOptions('fetchModel', download);
  const folder = folderAddress('fetchModel', url);
  const weights = new Map<string, Uint8Array>();
  const files: string[] = [];
  const read = async (file: string, mostBytes: number): Promise<Uint8Array | undefined> => {
    const bytes = await fetchFile(new URL(encodeURIComponent(file), folder), optionsOf(file, download, mostBytes));
    if (bytes) files.push(file);
    return bytes;
  };
  const { config, index, json } = await receiveFiles(folder.href, {
    read,
    async take(file, mostBytes) {
      const bytes = await read(file, mostBytes);
      if (bytes) weights.set(file, bytes);
      return bytes?.length;
    },
    forget: () => undefined,
  });
  checkChecksumNames('fetchModel', download, files);
  const used = contextLength === undefined ? config : shortenContext(config, contextLength);
  const tensors: ReadonlyMap<string, SafeTensor> = index === undefined ? readSafetensors(weights.get(WEIGHTS)!).tensors : await readShards(index, (file) => Promise.resolve(weights.get(file)!));
  const generation = json.get(GENERATION);
  return {
    generation: generation === undefined ? undefined : fromGenerationConfig(generation, config.vocabSize),
    model: fromTensors(engine, used, tensors),
    tokenizer: json.get(TOKENIZER),
  };
}

/** The bytes of a file; undefined when the server has none of this name. */
async function fetchFile(url: URL, options: Parameters<typeof receive>[2]): Promise<Uint8Array | undefined> {
  const target = new MemoryTarget();
  try {
    await receive(url, target, options);
  } catch (error) {
    if (error instanceof DownloadError && (error.status === 404 || error.status === 410)) return undefined;
    throw error;
  }
  return target.bytes;
}
