// Folders of LoRA adapters: which model they belong to, and how they are opened.
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { SharedTokenRows } from '@kk/finetune';
import { loadAdapter } from '@kk/finetune/node';
import { resizeVocabulary, type Transformer } from '@kk/gpt';
import type { Tokenizer } from '@kk/tokenizer';
import { loadTokenizer } from '@kk/tokenizer/node';
import { Failure } from '../errors.js';
import { exists } from './exists.js';
import { fullPath, quotePath, shortPath } from './paths.js';
import { REWARD_HEAD } from './run-files.js';

const CONFIG = 'adapter_config.json';
const TOKENIZER = 'tokenizer.json';

/** Whether the folder holds an adapter. */
export const isAdapterFolder = (folder: string): Promise<boolean> => exists(join(folder, CONFIG));

/**
 * Refuses to let a reward model write, or to merge it without its head.
 * @param folders as the user typed them
 * @throws {Failure} naming the first folder of one
 */
export async function refuseReward(cwd: string, folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    if (await exists(join(fullPath(cwd, folder), REWARD_HEAD))) throw new Failure(`${folder} is a reward model: it says how good an answer is, and writes none.`, 'Tune with it: kk finetune grpo or ppo with --reward DIR.');
  }
}

/**
 * The folder of the model that an adapter was trained on, as its own folder names it.
 * @param folder  full path
 * @returns a full path: the name is one from the current folder, or else from the adapter's own
 * @throws {Failure} when it names none that is there
 */
export async function baseOfAdapter(folder: string, cwd: string): Promise<string> {
  const shown = shortPath(cwd, folder);
  const config = await configOf(folder, shown);
  const { base_model_name_or_path: base } = Object(config) as { base_model_name_or_path?: unknown };
  if (typeof base !== 'string' || base === '') throw new Failure(`${shown} is an adapter that does not name its model.`, `Name both: --model DIR --adapter ${shown}.`);
  for (const path of [resolve(folder, base), resolve(cwd, base)]) if (await exists(join(path, 'config.json'))) return path;
  throw new Failure(`${shown} is an adapter for the model ${base}, which is not there.`, `Name its folder: --model DIR --adapter ${shown}.`);
}

/** @throws {Failure} naming the file when it is no JSON */
async function configOf(folder: string, shown: string): Promise<unknown> {
  const text = await readFile(join(folder, CONFIG), 'utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Failure(`${join(shown, CONFIG)} is damaged: it is not valid JSON (${(error as Error).message}).`, 'Train the adapter again, or go on with its run: kk finetune sft --resume DIR; of an adapter from elsewhere, get the file again.', { cause: error });
  }
}

/** An adapter that is open in a model. */
export type OpenAdapter = Awaited<ReturnType<typeof loadAdapter>>;

/** The adapters whose rows of tokens a model has: the folder of each token's, by its id. */
export type RowOwners = Map<number, string>;

/**
 * Adds the adapters to the model, which gets the new tokens that they bring.
 * @param folders  full paths
 * @param rows  those of adapters that were merged into the model; those of the new ones are added
 * @returns the adapters, and the tokenizer of the last one that has its own
 * @throws {Error} naming the folder and what is wrong with it
 */
export async function openAdapters(model: Transformer, tokenizer: Tokenizer | undefined, folders: readonly string[], cwd: string, rows: RowOwners = new Map()): Promise<{ adapters: OpenAdapter[]; tokenizer: Tokenizer | undefined }> {
  let own = tokenizer;
  for (const folder of folders) {
    if (!(await isAdapterFolder(folder))) throw new Failure(`${shortPath(cwd, folder)} holds no adapter: ${CONFIG} is missing.`, 'Expected a folder that kk finetune sft --lora or PEFT wrote.');
    if (await exists(join(folder, TOKENIZER))) own = await loadTokenizer(join(folder, TOKENIZER));
  }
  if (own && own.vocabSize > model.config.vocabSize) await resizeVocabulary(model, own.vocabSize);
  const adapters: OpenAdapter[] = [];
  for (const [at, folder] of folders.entries()) {
    const adapter = await loadAdapter(folder, model, { name: nameOf(folder, folders.slice(0, at)) }).catch((error: Error) => {
      throw error.cause instanceof SharedTokenRows ? sharedRows(folder, error.cause.tokens) : error;
    });
    const shared = adapter.settings.trainableTokens.filter((id) => rows.has(id));
    if (shared.length > 0) throw sharedRows(folder, shared);
    for (const id of adapter.settings.trainableTokens) rows.set(id, folder);
    adapters.push(adapter);
  }
  return { adapters, tokenizer: own };

  function sharedRows(folder: string, tokens: readonly number[]): Failure {
    const [second, first] = [folder, rows.get(tokens[0]!)!].map((path) => shortPath(cwd, path));
    const names = tokens.map((id) => [...(own?.specialTokens ?? [])].find(([, known]) => known === id)?.[0] ?? `token ${id}`);
    return new Failure(
      `${second} and ${first} were each trained with the new tokens ${names.join(' ')}, and each has its own vectors for them: they cannot be used together.`,
      `Use one of them. Or train the second on a model that knows these tokens: kk merge ${quotePath(first!)} --out DIR, then kk finetune sft --lora with --model DIR.`,
    );
  }
}

/** The name of its folder; a second one of the same name gets a number. */
function nameOf(folder: string, earlier: readonly string[]): string {
  const name = basename(folder).replace(/[^\w-]/g, '-').slice(0, 60) || 'adapter';
  const same = earlier.filter((other) => basename(other) === basename(folder)).length;
  return same === 0 ? name : `${name}-${same + 1}`;
}
