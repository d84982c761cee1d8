// Warns of an adapter that is used with another base than it was trained on. The shapes may fit all the same, and nothing else would tell.
import { basename, dirname, join } from 'node:path';
import type { Context } from '../context.js';
import { exists } from '../files/exists.js';
import { shortPath } from '../files/paths.js';
import { RECIPE } from '../files/run-files.js';
import { checksumOf, isWeights, recipeFacts } from './recipe.js';

/**
 * An adapter whose recipe does not say what its base was, such as one from elsewhere, is not checked.
 * @param adapter full path of its folder
 * @param base full path
 */
export async function warnOfOtherBase({ io: { cwd }, errors }: Context, adapter: string, base: string): Promise<void> {
  const path = join(adapter, RECIPE);
  if (!(await exists(path))) return;
  const { model, checksums } = await recipeFacts(path, shortPath(cwd, path));
  for (const [file, sum] of checksums) {
    const own = join(base, basename(file));
    if (dirname(file) !== model || !isWeights(basename(file)) || ((await exists(own)) && (await checksumOf(own)) === sum)) continue;
    errors.paragraph(`${shortPath(cwd, adapter)} was trained on another base: the weights in ${shortPath(cwd, base)} are not those that its ${RECIPE} names. What it writes with them may make no sense.`);
    return;
  }
}
