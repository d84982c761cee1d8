// File names of tokenizers: which formats they mean, and a check that no file is overwritten by accident.
import { stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { UsageError } from '../errors.js';
import { checkNewFile } from './new-file.js';
import { shortPath } from './paths.js';

/** The possible output files and what each can hold, for help texts. */
export const FORMATS = 'a name that ends in .json, or a folder: any tokenizer; vocab.json, with merges.txt: bpe; .model (SentencePiece): unigram; .txt (BERT): wordpiece';
/** Only tokenizers with ranks, such as those of OpenAI, can be written as .tiktoken; none that is learned here has them. */
export const FORMATS_WITH_RANKS = `${FORMATS}; .tiktoken: vocabularies of OpenAI and other .tiktoken files`;

/** The type that a file can hold; files that are missing here hold any. */
const holds = new Map([['vocab.json', 'bpe'], ['merges.txt', 'bpe'], ['.model', 'unigram'], ['.txt', 'wordpiece'], ['.tiktoken', undefined]]);

/**
 * Checks that the format of a file can hold a tokenizer that is learned.
 * @param out  as the user typed it
 * @throws {UsageError} naming the format and what it holds
 */
export function checkFormatHolds(out: string, type: string): void {
  const format = holds.has(basename(out)) ? basename(out) : extname(out);
  if (!holds.has(format) || holds.get(format) === type) return;
  const held = holds.get(format);
  const remedy = held === undefined ? '' : `, or take --type ${held}`;
  throw new UsageError(`${out} cannot hold a tokenizer of type ${type}.`, `Name a .json file, which holds any${remedy}.`);
}

/**
 * Checks the output path of a tokenizer before it is made.
 * @param out  full path of a file, or of a folder for a tokenizer.json
 * @param options.reads  the files that the verb reads: full paths, or `-`
 * @throws {UsageError} when the ending is no format of tokenizers, or when the verb reads one of the files
 * @throws {Failure} when a file exists and `force` is not set, or when it cannot be created
 */
export async function checkTokenizerOutput(out: string, cwd: string, { force, reads }: { force: boolean; reads: readonly string[] }): Promise<void> {
  await refuseUnknownEnding(out, cwd);
  const file = endings.includes(extname(out)) ? out : join(out, 'tokenizer.json');
  for (const written of filesOf(file)) await checkNewFile(written, { shown: shortPath(cwd, written), force, reads });
}

/** The file itself, and the one that belongs to it: the BPE of GPT-2 is in two. */
export function filesOf(file: string): string[] {
  const pair = ['vocab.json', 'merges.txt'];
  return pair.includes(basename(file)) ? pair.map((name) => join(dirname(file), name)) : [file];
}

const endings = ['.json', '.model', '.txt', '.tiktoken'];

/** A name without an ending is a folder; one with an unknown ending only if the folder is there. */
async function refuseUnknownEnding(out: string, cwd: string): Promise<void> {
  const ending = extname(out);
  if (ending === '' || endings.includes(ending)) return;
  const isFolder = await stat(out).then((found) => found.isDirectory(), () => false);
  if (!isFolder) throw new UsageError(`${shortPath(cwd, out)} ends in ${ending}, which is no format of tokenizers; expected ${endings.join(', ')}, or a folder.`, 'Take another ending, or a name without one for a folder.');
}
