// Tunings that were stopped: how the run in a folder goes on, or begins again where it has no checkpoint yet.
import { join } from 'node:path';
import { exists } from '../files/exists.js';
import { quotePath } from '../files/paths.js';
import { CHECKPOINT, RECIPE } from '../files/run-files.js';
import { recipeFacts } from './recipe.js';

/** What votes go on from. */
const QUEUE = 'queue.json';

/** @returns what happened and what to do, for errors; undefined where the folder holds no recipe that can be read */
export async function unfinishedTuning(folder: string, shown: string): Promise<string | undefined> {
  const path = join(folder, RECIPE);
  if (!(await exists(path))) return undefined;
  const facts = await recipeFacts(path, shown).catch(() => undefined); // what is wrong with it is not what was asked
  if (!facts) return undefined;
  if ((await exists(join(folder, CHECKPOINT))) || (await exists(join(folder, QUEUE)))) return `A tuning was stopped there. Go on with it: kk ${facts.verb} --resume ${quotePath(shown)}`;
  return `A tuning was stopped there before its first checkpoint. Begin it again: kk ${facts.verb} --recipe ${quotePath(join(shown, RECIPE))} --out ${quotePath(shown)} --force`;
}
