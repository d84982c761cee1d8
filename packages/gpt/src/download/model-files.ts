// Which files a model consists of, in the order in which they are asked for. The config is first and bounds the weights, as no server is
// trusted: it must not be able to fill memory or disk.
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

/** Where the files come from. */
export interface ModelFiles {
  /** The bytes of a file; undefined if there is none. */
  read: (file: string, mostBytes: number) => Promise<Uint8Array | undefined>;
  /** Takes weights, which need not be in memory; false if there is no such file. */
  take: (file: string, mostBytes: number) => Promise<boolean>;
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
  const readJSON = async (file: string): Promise<unknown> => {
    const bytes = await files.read(file, MOST_BYTES_OF_JSON);
    return bytes && explain(`${at}${file}`, () => JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown);
  };
  const given = await readJSON(CONFIG);
  if (given === undefined) throw new DownloadError(`${at} has no ${CONFIG}; expected the address of the folder in which the files of a model are.`, { status: 404 });
  const config = explain(`${at}${CONFIG}`, () => fromHuggingFaceConfig(given));
  const json = new Map<string, unknown>();
  for (const file of OPTIONAL) {
    const contents = await readJSON(file);
    if (contents !== undefined) json.set(file, contents);
  }
  const most = mostBytesOfWeights(config);
  if (await files.take(WEIGHTS, most)) return { config, index: undefined, json };
  const index = await readJSON(INDEX);
  if (index === undefined) throw new DownloadError(`${at} has neither ${WEIGHTS} nor ${INDEX}; expected one of them beside ${CONFIG}.`, { status: 404 });
  for (const shard of explain(`${at}${INDEX}`, () => shardNames(index))) {
    if (!(await files.take(shard, most))) throw new DownloadError(`${at} has no ${shard}, which ${INDEX} names.`, { status: 404 });
  }
  return { config, index, json };
}

/**
 * What the weights can need in float32, with what some files hold besides: a tied table twice, the masks that old files of GPT-2 kept, and
 * the header.
 */
function mostBytesOfWeights(config: TransformerConfig): number {
  const masks = isLlamaConfig(config) ? 0 : config.layers * config.contextLength ** 2;
  return 4 * (countParameters(config) + config.vocabSize * config.width + masks) + 2 ** 24;
}

function explain<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const reason = cause instanceof SyntaxError || (cause instanceof TypeError && /decode|encoded/i.test(cause.message)) ? 'it is not valid JSON' : (cause as Error).message;
    throw new DownloadError(`${file}: ${reason}${reason.endsWith('.') ? '' : '.'}`, { cause });
  }
}
