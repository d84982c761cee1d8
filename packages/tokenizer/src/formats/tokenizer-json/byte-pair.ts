// tokenizer.json with a BPE model on bytes: GPT-2's layout, or the same with another pattern.

import { GPT2_PATTERN } from '../../pre-tokenizers/gpt2';
import { BytePairTokenizer } from '../../tokenizers/byte-pair';
import { type JsonField } from '../json-field';
import { readSplit } from './split';
import { type FileTokens, readUnknownToken } from './tokens';

export function readBytePair(root: JsonField, fileTokens: FileTokens): BytePairTokenizer {
  const pattern = readPattern(root.get('pre_tokenizer'));
  // A ByteLevel post-processor changes offsets only, no ids.
  if (root.get('post_processor').value !== null && root.get('post_processor').value !== undefined) {
    root.get('post_processor').get('type').only(['ByteLevel'], 'null or "ByteLevel"');
  }
  root.get('decoder').get('type').only(['ByteLevel'], '"ByteLevel"');
  const model = root.get('model');
  model.get('dropout').only([null, undefined, 0], 'null; this package does not implement it');
  for (const affix of ['continuing_subword_prefix', 'end_of_word_suffix']) model.get(affix).only([null, undefined, ''], 'null: byte-level tokens have none');
  for (const flag of ['fuse_unk', 'byte_fallback', 'ignore_merges']) model.get(flag).only([false, undefined], 'false; this package does not implement it');
  const merges = model.get('merges').array().map(readMerge);
  return model.within(() => new BytePairTokenizer({ ...fileTokens, merges, pattern, unknownToken: readUnknownToken(root, fileTokens) }));
}

function readPattern(field: JsonField): string {
  if (field.get('type').value === 'Sequence') {
    const steps = field.get('pretokenizers');
    if (steps.array().length !== 2) steps.fail('two steps, Split and ByteLevel');
    const [split, byteLevel] = steps.array();
    checkByteLevel(byteLevel);
    byteLevel.get('use_regex').only([false], 'false after a Split');
    return readSplit(split);
  }
  checkByteLevel(field);
  field.get('use_regex').only([true, undefined], 'true, or a Split before it');
  return GPT2_PATTERN;
}

function checkByteLevel(field: JsonField): void {
  field.get('type').only(['ByteLevel'], '"ByteLevel"; this package implements byte-level BPE only');
  field.get('add_prefix_space').only([false], 'false; this package does not implement it');
}

/** A merge is a pair of tokens, or, in older files, a string with one space between them. */
function readMerge(field: JsonField): [string, string] {
  const parts = typeof field.value === 'string' ? field.value.split(' ') : field.array().map((part) => part.string());
  if (parts.length !== 2 || parts.includes('')) field.fail('two tokens, as a list or with one space between them');
  return [parts[0], parts[1]];
}
