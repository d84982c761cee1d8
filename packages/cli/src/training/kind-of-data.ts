// What a run trains on: texts, which are joined, or files of tokens, which are mixed by their weights.
import { stat } from 'node:fs/promises';
import { readTextChunks } from '@kk/corpora/node';
import type { Context } from '../context.js';
import { UsageError } from '../errors.js';
import { pathOf } from '../files/data.js';
import { quotePath } from '../files/paths.js';
import { holdsTokens } from '../files/token-files.js';
import type { WeightedFile } from '../options/weighted-file.js';

/**
 * Whether the files hold tokens rather than text.
 * @throws {UsageError} when some do, or texts have weights
 * @throws {Error} naming a file beside others that is not there, is damaged, or cannot be read
 */
export async function areTokens(context: Context, files: readonly WeightedFile[]): Promise<boolean> {
  const hold: boolean[] = [];
  for (const { path } of files) hold.push(await holdsTokens(pathOf(context, path)));
  if (hold.every(Boolean)) return true;
  const text = files[hold.indexOf(false)];
  if (hold.some(Boolean)) {
    await refuseUnreadable(pathOf(context, text.path));
    throw new UsageError(`${text.path} is a text, and ${files[hold.indexOf(true)].path} holds tokens: train on one kind.`, intoTokens(text));
  }
  refuseWeightedText(files);
  return false;
}

/** @throws {UsageError} naming a text that has a weight other than 1 */
export function refuseWeightedText(files: readonly WeightedFile[]): void {
  const weighted = files.find(({ weight }) => weight !== 1);
  if (weighted) throw new UsageError(`--data ${weighted.path}:${weighted.weight} gives a weight to a text; texts are joined, and only files of tokens are mixed.`, intoTokens(weighted));
}

const intoTokens = ({ path }: WeightedFile): string => `Turn the text into tokens: kk tokenize --data ${quotePath(path)} --tokenizer FILE --out FILE.bin`;

/** Reads the beginning of a text, but not of a pipe, which could be read only once. */
async function refuseUnreadable(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found && !found.isFile() && !found.isDirectory()) return;
  for await (const _ of readTextChunks(path)) return;
}
