// Tells which files a model consists of, in the order in which they are asked for. The config is first and bounds the weights, as no
// server is trusted: it must not be able to fill memory or disk.
import { fromHuggingFaceConfig } from '../huggingface/config-file.js';
import { shardNames } from '../huggingface/shards.js';
import { countParameters, isLlamaConfig, type TransformerConfig } from '../model/transformer.js';
import { DownloadError } from './download-error.js';

export const CONFIG = 'config.json';
export const WEIGHTS = 'model.safetensors';
export const INDEX = 'model.safetensors.index.json';
export const GENERATION = 'generation_config.json';
export const TOKENIZER = 'tokenizer.json';
const OPTIONAL = [GENERATION, TOKENIZER, 'tokenizer_config.json'];

/** The longest tokenizer.json of a model of today has about 30 MB. */
const MOST_BYTES_OF_JSON = 2 ** 27;

/** Models of hundreds of gigabytes have some hundreds of files. */
const MOST_SHARDS = 4096;

/** Where the files come from. */
export interface ModelFiles {
  /** The bytes of a file; undefined if there is none. */
  read: (file: string, mostBytes: number) => Promise<Uint8Array | undefined>;
  /** Takes weights, which need not be in memory. @returns their length; undefined if there is no such file */
  take: (file: string, mostBytes: number) => Promise<number | undefined>;
  /** The file that was read is none that can be used: nothing of it is to be kept. */
  forget: (file: string) => Promise<void> | void;
}

export interface ReceivedFiles {
  config: TransformerConfig;
  /** The parsed model.safetensors.index.json of weights in several files. */
  index: unknown;
  /** The other files that were there, as JSON by their names. */
  json: ReadonlyMap<string, unknown>;
}

/**
 * Asks for all files of a model.
 * @param at  the folder, for messages
 * @throws DownloadError when config.json or the weights are missing, or a file is damaged
 */
export async function receiveFiles(at: string, files: ModelFiles): Promise<ReceivedFiles> {
  const readJSON = async <T>(file: string, use: (json: unknown) => T): Promise<T | undefined> => {
    const bytes = await files.read(file, MOST_BYTES_OF_JSON);
    if (!bytes) return undefined;
    try {
      return use(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    } catch (cause) {
      await files.forget(file);
      throw explained(`${at}${file}`, cause as Error);
    }
  };
  const config = await readJSON(CONFIG, fromHuggingFaceConfig);
  if (config === undefined) throw new DownloadError(`${at} has no ${CONFIG}; expected the address of the folder in which the files of a model are.`, { status: 404 });
  const json = new Map<string, unknown>();
  for (const file of OPTIONAL) {
    const contents = await readJSON(file, (given) => given);
    if (contents !== undefined) json.set(file, contents);
  }
  let left = mostBytesOfWeights(config);
  if ((await files.take(WEIGHTS, left)) !== undefined) return { config, index: undefined, json };
  const found = await readJSON(INDEX, (given) => ({ index: given, shards: shardsOf(given) }));
  if (found === undefined) throw new DownloadError(`${at} has neither ${WEIGHTS} nor ${INDEX}; expected one of them beside ${CONFIG}.`, { status: 404 });
  for (const shard of found.shards) {
    const bytes = await files.take(shard, left);
    if (bytes === undefined) throw new DownloadError(`${at} has no ${shard}, which ${INDEX} names.`, { status: 404 });
    left -= bytes;
  }
  return { config, index: found.index, json };
}

/** @throws Error when there are none, or too many */
function shardsOf(index: unknown): string[] {
  const shards = shardNames(index);
  if (shards.length === 0 || shards.length > MOST_SHARDS) throw new Error(`weight_map names ${shards.length} files; expected 1 to ${MOST_SHARDS}.`);
  return shards;
}

/**
 * What the weights can need in float32, with what some files hold besides: a tied table twice, the masks that old files of GPT-2 kept, and
 * the header.
 */
function mostBytesOfWeights(config: TransformerConfig): number {
  const masks = isLlamaConfig(config) ? 0 : config.layers * config.contextLength ** 2;
  return 4 * (countParameters(config) + config.vocabSize * config.width + masks) + 2 ** 24;
}

function explained(file: string, cause: Error): DownloadError {
  const reason = cause instanceof SyntaxError || (cause instanceof TypeError && /decode|encoded/i.test(cause.message)) ? 'it is not valid JSON.' : cause.message;
  return new DownloadError(`${file}: ${reason.endsWith('.') ? reason : `${reason}.`}`, { cause });
}
