// Files of tokenizers: what their names say, and that none is replaced by accident.
import { access } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { Failure } from '../errors.js';
import { shortPath } from './paths.js';

/** What may be written, for help texts. */
export const FORMATS = 'tokenizer.json, vocab.json (with merges.txt), or a name that ends in .json, .model (SentencePiece), .txt (BERT) or .tiktoken; or a folder';

/** @throws {Failure} when a file of this name is there, or a tokenizer.json in a folder of this name */
export async function refuseExisting(out: string, cwd: string): Promise<void> {
  const file = ['.json', '.model', '.txt', '.tiktoken'].includes(extname(out)) ? out : join(out, 'tokenizer.json');
  const found = await access(file).then(
    () => true,
    () => false,
  );
  if (found) throw new Failure(`${shortPath(cwd, file)} is there already.`, 'Replace it with --force, or choose another --out.');
}
