// The Split pre-tokenizer of a tokenizer.json: a regular expression whose matches are pieces.

import { preTokenizerFromPattern } from '../../pre-tokenizers/from-pattern';
import { type JsonField } from '../json-field';

/** The pattern of a Split, checked. */
export function readSplit(field: JsonField): string {
  field.get('type').only(['Split'], '"Split"');
  field.get('behavior').only(['Isolated'], '"Isolated"');
  field.get('invert').only([false, undefined], 'false');
  const pattern = field.get('pattern').get('Regex');
  return pattern.within(() => preTokenizerFromPattern(pattern.string()).pattern);
}
