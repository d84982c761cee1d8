// A queue of votes as two files in a folder: its pairs, which seldom change, and the votes, one a line, which grow with each.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reasonOf, writeWholeFile } from '@kk/whole-file';
import { VoteQueue } from '../feedback/vote-queue.js';
import { readVotes, votesAsLines, type Vote } from '../feedback/votes.js';

const QUEUE = 'queue.json';
const VOTES = 'votes.jsonl';

/**
 * Writes queue.json and votes.jsonl.
 * @throws Error when one cannot be written; what was there stays
 */
export async function saveVoteQueue(folder: string, queue: VoteQueue): Promise<void> {
  await saveVotes(folder, queue); // first: a queue without its votes is refused
  await writeWholeFile(join(folder, QUEUE), `${JSON.stringify({ ...queue.toJSON(), votes: undefined })}\n`);
}

/** Writes votes.jsonl alone, after a vote or when one was taken back. */
export const saveVotes = (folder: string, { votes }: VoteQueue): Promise<void> => writeWholeFile(join(folder, VOTES), votesAsLines(votes));

/**
 * The queue of a folder that `saveVoteQueue` wrote to.
 * @throws Error that names the file, for votes also the line, and what is wrong with it
 */
export async function loadVoteQueue(folder: string): Promise<VoteQueue> {
  const [queue, lines] = [await read(folder, QUEUE), await read(folder, VOTES)];
  const votes: Vote[] = [];
  if (lines.trim() !== '') for await (const { vote } of readVotes([lines], { name: join(folder, VOTES) })) votes.push(vote);
  try {
    return VoteQueue.fromJSON({ ...(JSON.parse(queue) as object), votes });
  } catch (error) {
    throw new Error(`Cannot read ${join(folder, QUEUE)} with ${VOTES}: ${reasonOf(error)}`, { cause: error });
  }
}

async function read(folder: string, name: string): Promise<string> {
  try {
    return await readFile(join(folder, name), 'utf8');
  } catch (error) {
    throw new Error(`Cannot read ${join(folder, name)}: ${reasonOf(error)}. Expected a folder with ${QUEUE} and ${VOTES}, as saveVoteQueue writes them.`, { cause: error });
  }
}
