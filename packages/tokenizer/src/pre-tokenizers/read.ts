// Creates the pre-tokenizer that a tokenizer.json describes. A new pre-tokenizer needs one line here.

import { type ComponentReader, readComponent } from '../core/component-reader.js';
import type { JsonField } from '../core/json-field.js';
import { ByteLevel } from './byte-level.js';
import { BertPreTokenizer, CharDelimiterSplit, Digits, Punctuation, Whitespace, WhitespaceSplit } from './character-splits.js';
import { FixedLength } from './fixed-length.js';
import { Metaspace, type PrependScheme, prependSchemes } from './metaspace.js';
import { PreTokenizerSequence } from './sequence.js';
import { Split } from './split.js';
import { splitBehaviors } from './split-by.js';
import { readPattern } from '../patterns/split-pattern.js';
import type { PreTokenizerStep } from './step.js';
import { UnicodeScripts } from './unicode-scripts.js';

const readers: Readonly<Record<string, ComponentReader<PreTokenizerStep>>> = {
  ByteLevel: (field) => new ByteLevel(field.get('add_prefix_space').boolean(true), field.get('trim_offsets').boolean(true), field.get('use_regex').boolean(true)),
  Whitespace: () => new Whitespace(),
  WhitespaceSplit: () => new WhitespaceSplit(),
  Metaspace: (field) => new Metaspace(...readMetaspace(field)),
  BertPreTokenizer: () => new BertPreTokenizer(),
  Split: (field) => new Split(readPattern(field.get('pattern')), field.get('behavior').choice(splitBehaviors), field.get('invert').boolean(false)),
  Punctuation: (field) => new Punctuation(field.get('behavior').choice(splitBehaviors, 'Isolated')),
  Digits: (field) => new Digits(field.get('individual_digits').boolean(false)),
  UnicodeScripts: () => new UnicodeScripts(),
  CharDelimiterSplit: (field) => new CharDelimiterSplit(field.get('delimiter').character()),
  FixedLength: (field) => new FixedLength(field.get('length').integer(1, 0xffff)),
  Sequence: (field, read) => new PreTokenizerSequence(field.get('pretokenizers').array().map(read)),
};

export function readPreTokenizer(field: JsonField): PreTokenizerStep | undefined {
  return field.isAbsent ? undefined : readComponent(field, readers);
}

/** Reads the fields that the Metaspace pre-tokenizer and decoder share. Older files have `add_prefix_space` instead of the scheme. */
export function readMetaspace(field: JsonField): [replacement: string, scheme: PrependScheme, cuts: boolean] {
  const scheme = field.get('prepend_scheme');
  const older: PrependScheme = field.get('add_prefix_space').boolean(true) ? 'always' : 'never';
  return [field.get('replacement').character(), scheme.choice(prependSchemes, older), field.get('split').boolean(true)];
}
