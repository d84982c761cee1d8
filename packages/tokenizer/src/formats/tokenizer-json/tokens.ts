// Reads the tokens of a tokenizer.json: the model's vocabulary and the added tokens, in one list.

import type { AddedToken } from '../../core/added-tokens.js';
import { isWellFormed, quote } from '../../text/well-formed.js';
import type { JsonField } from '../../core/json-field.js';

export interface FileTokens {
  /** The token of every id; undefined where there is none. */
  tokens: (string | undefined)[];
  /** The model's own tokens: the first ones of `tokens`, or all of them. */
  modelTokens: (string | undefined)[];
  addedTokens: AddedToken[];
}

/** How many ids may have no token. Some files omit a few; many more are an error, or an attack on the memory. */
const MOST_HOLES = 10_000;

/** @throws {RangeError} naming the field whose id is not an integer, out of range or already used */
export function readTokens(root: JsonField): FileTokens {
  const vocabField = root.get('model').get('vocab');
  const { vocab, fieldOf } = Array.isArray(vocabField.value) && isUnigram(root.get('model')) ? readList(vocabField) : readDictionary(vocabField);
  const added = root.get('added_tokens').isAbsent ? [] : root.get('added_tokens').array();
  const newContents = new Set(added.map((field) => field.get('content').string()).filter((content) => !vocab.has(content)));
  const total = vocab.size + newContents.size;

  const tokens: (string | undefined)[] = [];
  const place = (token: string, id: unknown, field: () => JsonField): void => {
    if (!Number.isInteger(id) || (id as number) < 0 || (id as number) >= total + MOST_HOLES) {
      field().fail(`an id from 0 to ${total - 1 + MOST_HOLES}, since there are ${total} tokens`);
    }
    const owner = tokens[id as number];
    if (owner !== undefined) field().fail(`an id of its own; ${quote(owner)} has it already`);
    if (token === '' || !isWellFormed(token)) field().fail('a token of at least one character, without lone surrogates');
    while (tokens.length < (id as number)) tokens.push(undefined);
    tokens[id as number] = token;
  };

  for (const [token, id] of vocab) place(token, id, () => fieldOf(token));
  const modelSize = tokens.length;
  const seen = new Set<string>();
  const addedTokens = added.map((field): AddedToken => {
    const contentField = field.get('content');
    const content = contentField.string();
    const idField = field.get('id');
    if (content === '') contentField.fail('at least one character');
    if (seen.has(content)) contentField.fail('a token that was not added before');
    seen.add(content);
    if (newContents.has(content)) {
      // Of two added tokens with one id the reference gives the later one the next free id; it warns, and loads the file.
      const isTaken = (idField.value as number) >= modelSize && tokens[idField.value as number] !== undefined;
      place(content, isTaken ? tokens.length : idField.value, () => idField);
      if ((idField.value as number) < modelSize) idField.fail(`an id of at least ${modelSize}, behind those of model.vocab`);
    } else {
      idField.only([vocab.get(content)], `${String(vocab.get(content))}, the id that model.vocab gives to ${quote(content)}`);
    }
    return {
      content,
      special: field.get('special').boolean(false),
      singleWord: field.get('single_word').boolean(false),
      stripLeft: field.get('lstrip').boolean(false),
      stripRight: field.get('rstrip').boolean(false),
      normalized: field.get('normalized').boolean(true),
    };
  });
  return { tokens, modelTokens: tokens.slice(0, modelSize), addedTokens };
}

interface FileVocabulary {
  vocab: ReadonlyMap<string, unknown>;
  fieldOf(token: string): JsonField;
}

function readDictionary(field: JsonField): FileVocabulary {
  return { vocab: new Map(Object.entries(field.object())), fieldOf: (token) => field.entry(token) };
}

/** Reads a list of tokens with scores, as in Unigram; the index is the id. */
function readList(field: JsonField): FileVocabulary {
  const vocab = new Map<string, number>();
  const fields = field.array();
  fields.forEach((entry, id) => {
    const parts = entry.array();
    if (parts.length !== 2) entry.fail('a token and its score');
    const token = parts[0].string();
    const other = vocab.get(token);
    if (other !== undefined) parts[0].fail(`a token of its own; ${quote(token)} has the id ${other} already`);
    vocab.set(token, id);
  });
  return { vocab, fieldOf: (token) => fields[vocab.get(token) as number] };
}

function isUnigram(model: JsonField): boolean {
  return model.get('type').value === 'Unigram' || (model.get('type').value === undefined && model.get('unk_id').value !== undefined);
}
