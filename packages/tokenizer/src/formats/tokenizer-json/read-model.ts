// Reads the model of a tokenizer.json. A new model needs one line here.

import type { ModelData } from '../../pipeline/parts.js';
import type { TokenList } from '../../core/vocabulary.js';
import type { JsonField } from '../../core/json-field.js';

type ModelReader = (field: JsonField, tokens: TokenList) => ModelData;

const readers: Readonly<Record<string, ModelReader>> = {
  BPE: (field, tokens) => ({
    type: 'BPE',
    tokens,
    ...readRankedMerges(field),
    unknownToken: readToken(field.get('unk_token')),
    prefix: readToken(field.get('continuing_subword_prefix')) ?? '',
    suffix: readToken(field.get('end_of_word_suffix')) ?? '',
    fuseUnknown: field.get('fuse_unk').boolean(false),
    byteFallback: field.get('byte_fallback').boolean(false),
    ignoreMerges: field.get('ignore_merges').boolean(false),
    dropout: readDropout(field.get('dropout')),
  }),
  WordPiece: (field, tokens) => ({
    type: 'WordPiece',
    tokens,
    unknownToken: field.get('unk_token').string(),
    prefix: readToken(field.get('continuing_subword_prefix')) ?? '##',
    maxCharactersPerWord: field.get('max_input_chars_per_word').isAbsent ? 100 : field.get('max_input_chars_per_word').integer(0, 0xffff_ffff),
  }),
  WordLevel: (field, tokens) => ({ type: 'WordLevel', tokens, unknownToken: readToken(field.get('unk_token')) }),
  Unigram: (field) => {
    const pieces = field.get('vocab').array().map((entry): readonly [string, number] => {
      const [token, score] = entry.array();
      return [token.string(), score.number()];
    });
    const unknown = field.get('unk_id');
    return { type: 'Unigram', pieces, unknownId: unknown.isAbsent ? undefined : unknown.integer(0, pieces.length - 1), byteFallback: field.get('byte_fallback').boolean(false) };
  },
};

/** The name of the model. Old files do not contain it; there the fields decide. */
export function modelType(field: JsonField): string {
  const type = field.get('type');
  if (type.value === undefined) {
    if (field.get('merges').value !== undefined) return 'BPE';
    if (field.get('unk_id').value !== undefined) return 'Unigram';
    if (field.get('max_input_chars_per_word').value !== undefined) return 'WordPiece';
  }
  const name = type.string();
  return Object.hasOwn(readers, name) ? name : type.fail(Object.keys(readers).map((known) => `"${known}"`).join(' or '));
}

/** @param tokens  the model's own tokens, by id */
export function readModel(field: JsonField, tokens: TokenList): ModelData {
  return readers[modelType(field)](field, tokens);
}

function readToken(field: JsonField): string | undefined {
  return field.isAbsent ? undefined : field.string();
}

function readDropout(field: JsonField): number | null {
  if (field.isAbsent) return null;
  const dropout = field.number();
  return dropout >= 0 && dropout <= 1 ? dropout : field.fail('a number from 0 to 1');
}

/** The merges, with their ranks if the file says that several share one: a field of this package, which other programs pass over. */
function readRankedMerges(model: JsonField): { merges: [string, string][]; ranks?: number[] } {
  const merges = readMerges(model.get('merges'));
  const field = model.get('merges_per_rank');
  if (field.isAbsent) return { merges };
  const ranks = field.array().flatMap((count, rank) => new Array<number>(count.integer(1, merges.length)).fill(rank));
  return ranks.length === merges.length ? { merges, ranks } : field.fail(`numbers whose sum is the number of merges, ${merges.length}`);
}

/** A merge is a pair of tokens, or in older files a string with a space between them. A file may hold hundreds of thousands. */
function readMerges(field: JsonField): [string, string][] {
  if (!Array.isArray(field.value)) field.fail('a list');
  return (field.value as unknown[]).map((value, index): [string, string] => {
    if (typeof value === 'string') {
      const space = value.indexOf(' ');
      if (space > 0 && space < value.length - 1 && !value.includes(' ', space + 1)) return [value.slice(0, space), value.slice(space + 1)];
    } else {
      const [left, right, ...more] = Array.isArray(value) ? (value as unknown[]) : field.at(index).fail('a list');
      if (typeof left === 'string' && typeof right === 'string' && left !== '' && right !== '' && more.length === 0) return [left, right];
      for (const part of field.at(index).array()) part.string();
    }
    return field.at(index).fail('two tokens, as a list or with one space between them');
  });
}
