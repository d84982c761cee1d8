// File names of tokenizers: which formats they mean, and a check that no file is overwritten by accident.
import { extname, join } from 'node:path';
import { checkNewFile } from './new-file.js';
import { shortPath } from './paths.js';

/** The possible output files, for help texts. */
export const FORMATS = 'tokenizer.json, vocab.json (with merges.txt), or a name that ends in .json, .model (SentencePiece), .txt (BERT) or .tiktoken; or a folder';

/**
 * Checks the output path of a tokenizer before it is made.
 * @param out  full path of a file, or of a folder for a tokenizer.json
 * @throws {Failure} when the file exists and `force` is not set, or when it cannot be created
 */
export async function checkTokenizerOutput(out: string, cwd: string, force: boolean): Promise<void> {
  const file = ['.json', '.model', '.txt', '.tiktoken'].includes(extname(out)) ? out : join(out, 'tokenizer.json');
  await checkNewFile(file, { shown: shortPath(cwd, file), force });
}
