// Reads a tokenizer.json. Whatever the file holds is checked; whatever this package does not implement is refused by name,
// since ignoring it would give other ids than the model was trained with.
// A new kind of model is a new file beside word-level.ts and a line in `readers`.

import { type Tokenizer } from '../../tokenizer';
import { JsonField } from '../json-field';
import { readBytePair } from './byte-pair';
import { type FileTokens, readTokens } from './tokens';
import { readWordLevel } from './word-level';

type Reader = (root: JsonField, fileTokens: FileTokens) => Tokenizer;

/** Model type -> what reads the rest of the file. */
const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['BPE', readBytePair],
  ['WordLevel', readWordLevel],
]);

/**
 * The tokenizer that a parsed `tokenizer.json` describes.
 * @param json  the parsed file, or what `toJSON` gave
 * @throws {RangeError} naming the field that is missing, wrong or not supported
 */
export function tokenizerFromJSON(json: unknown): Tokenizer {
  if (typeof json === 'string') throw new TypeError('tokenizerFromJSON got a string; expected an object: JSON.parse the text first.');
  const root = new JsonField(json, 'tokenizer.json');
  root.get('version').only(['1.0'], '"1.0"');
  const unsupported = 'null; this package does not implement it';
  root.get('normalizer').only([null, undefined], unsupported);
  root.get('truncation').only([null, undefined], unsupported);
  root.get('padding').only([null, undefined], unsupported);
  const model = root.get('model');
  // Files from before the type was written down are BPE's when they hold merges.
  const type = model.get('type').value === undefined && model.get('merges').value !== undefined ? 'BPE' : model.get('type').string();
  const reader = readers.get(type) ?? model.get('type').fail([...readers.keys()].map((name) => `"${name}"`).join(' or '));
  return reader(root, readTokens(root));
}
