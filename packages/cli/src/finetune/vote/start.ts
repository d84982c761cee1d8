// Begins votes in a new folder: checks it, lets the model write the pairs, and writes the recipe; or goes on with those of a folder.
import { join } from 'node:path';
import type { VoteQueue } from '@kk/finetune';
import { loadVoteQueue, saveVoteQueue } from '@kk/finetune/node';
import type { Context } from '../../context.js';
import { Failure } from '../../errors.js';
import { exists } from '../../files/exists.js';
import { refuseReplacingInput } from '../../files/new-file.js';
import { withOutputFolder, type OutputFolder } from '../../files/output-folder.js';
import { quotePath, shortPath } from '../../files/paths.js';
import { RECIPE, removeRunFiles, RUN_FILES, runFilesIn } from '../../files/run-files.js';
import type { ComputedBy } from '../../options/computed-by.js';
import type { DeviceOptions } from '../../options/device.js';
import { checkFiles, filesOfBase, readRecipe, writeRecipe } from '../recipe.js';
import { checksumsOfFiles } from '../start.js';
import type { VoteMessages } from './messages.js';
import { readVotePrompts, type VotePrompts } from './prompts.js';
import { sampleQueue } from './sample.js';
import { DECIDED } from './session.js';
import { voteKind, type VoteSettings } from './settings.js';

export interface OpenVotes {
  readonly settings: VoteSettings;
  readonly prompts: VotePrompts;
  readonly queue: VoteQueue;
  readonly output: OutputFolder;
  /** What a reader should know about the prompts. */
  readonly notes: readonly string[];
  /** What wrote the pairs; undefined where an earlier version began. */
  readonly computedBy: ComputedBy | undefined;
}

/** All that is written into the folder. */
const VOTE_FILES = [...RUN_FILES, 'queue.json', 'votes.jsonl', DECIDED];

export interface NewVotes {
  readonly settings: VoteSettings;
  readonly device: DeviceOptions;
  /** Full path. */
  readonly folder: string;
  readonly force: boolean;
  readonly says: VoteMessages;
  readonly quiet: boolean;
  /** Called when the folder is found good. @throws when nobody can vote */
  readonly checkInput: () => void;
}

/** @throws {Error} naming what is missing, wrong or already there */
export async function startVotes(context: Context, { settings, device, folder, force, says, quiet, checkInput }: NewVotes): Promise<OpenVotes> {
  const { cwd } = context.io;
  const shown = shortPath(cwd, folder);
  const reads = [...settings.data, ...RUN_FILES.map((name) => join(settings.model, name))];
  for (const name of VOTE_FILES) await refuseReplacingInput(join(folder, name), shortPath(cwd, join(folder, name)), reads);
  return withOutputFolder(folder, shown, async (output) => {
    const present = await runFilesIn(folder, VOTE_FILES);
    if (present.length > 0 && !force) {
      const resume = present.includes('queue.json') ? `Go on with its votes: --resume ${quotePath(shown)}. ` : '';
      throw new Failure(`There are files in ${shown} already (${present.join(', ')}).`, `${resume}Replace them: --force. Or choose another folder: --out DIR.`);
    }
    checkInput();
    const checksums = await checksumsOfFiles(context, [...settings.data, ...(await filesOfBase(settings.model))]);
    const prompts = await readVotePrompts(context, settings);
    const { queue, without, tooLong, computedBy } = await sampleQueue(context, settings, device, prompts, says, quiet);
    await removeRunFiles(folder, VOTE_FILES);
    await saveVoteQueue(folder, queue);
    await writeRecipe(join(folder, RECIPE), voteKind, { settings, checksums, computedBy });
    return { settings, prompts, queue, output, computedBy, notes: [...(tooLong > 0 ? [says.tooLong(tooLong)] : []), ...(without > 0 ? [says.without(without, settings.pairs)] : [])] };
  });
}

/** @throws {Error} when there are no votes to go on with, they are damaged, or the prompts are others */
export async function resumeVotes(context: Context, folder: string, checkInput: () => void): Promise<OpenVotes> {
  const { cwd } = context.io;
  const shown = shortPath(cwd, folder);
  for (const name of [RECIPE, 'queue.json']) {
    if (!(await exists(join(folder, name)))) throw new Failure(`${shown} holds no votes to go on with: ${name} is missing.`, `Begin: kk ${voteKind.verb} --data FILE --model DIR --out DIR.`);
  }
  return withOutputFolder(folder, shown, async (output) => {
    checkInput();
    const { settings, checksums, computedBy } = await readRecipe<VoteSettings>(join(folder, RECIPE), shortPath(cwd, join(folder, RECIPE)), voteKind);
    checkFiles(checksums, await checksumsOfFiles(context, [...settings.data, ...(await filesOfBase(settings.model))]), (file) => shortPath(cwd, file));
    const prompts = await readVotePrompts(context, settings);
    const queue = await loadVoteQueue(folder);
    const known = new Set(prompts.prompts.map(({ ids }) => ids.join()));
    if (!queue.pairs.every(({ prompt }) => known.has(prompt.join()))) throw new Failure(`queue.json in ${shown} has pairs of other prompts than its recipe names: they do not belong together.`, 'Begin anew, in another folder.');
    return { settings, prompts, queue, output, computedBy, notes: [] };
  });
}
