// The tokens of a tokenizer.json: the model's vocabulary and the added tokens, as one list without holes.

import { type AddedToken } from '../../added-tokens';
import { isWellFormed, quote } from '../../text/well-formed';
import { type JsonField } from '../json-field';

export interface FileTokens {
  /** The token of every id. */
  tokens: string[];
  addedTokens: AddedToken[];
}

/** @throws {RangeError} naming the field of an id that is no integer, out of range or taken, and so leaves a hole */
export function readTokens(root: JsonField): FileTokens {
  const vocabField = root.get('model').get('vocab');
  const vocab = new Map(Object.entries(vocabField.object()));
  const added = root.get('added_tokens').value === undefined ? [] : root.get('added_tokens').array();
  const newContents = new Set(added.map((field) => field.get('content').string()).filter((content) => !vocab.has(content)));
  const total = vocab.size + newContents.size;

  // As many ids as tokens and none of them twice: inside the range there is no room for a hole.
  const tokens = new Array<string | undefined>(total).fill(undefined);
  const place = (token: string, id: unknown, field: () => JsonField): void => {
    if (!Number.isInteger(id) || (id as number) < 0 || (id as number) >= total) {
      field().fail(`an id from 0 to ${total - 1}, since there are ${total} tokens and ids have no holes`);
    }
    const owner = tokens[id as number];
    if (owner !== undefined) field().fail(`an id of its own; ${quote(owner)} has it already`);
    if (token === '' || !isWellFormed(token)) field().fail('a token of at least one character, without lone surrogates');
    tokens[id as number] = token;
  };

  for (const [token, id] of vocab) place(token, id, () => vocabField.entry(token));
  const seen = new Set<string>();
  const addedTokens = added.map((field): AddedToken => {
    const contentField = field.get('content');
    const content = contentField.string();
    const idField = field.get('id');
    if (content === '') contentField.fail('at least one character');
    if (seen.has(content)) contentField.fail('a token that was not added before');
    seen.add(content);
    if (newContents.has(content)) place(content, idField.value, () => idField);
    else idField.only([vocab.get(content)], `${String(vocab.get(content))}, the id that model.vocab gives to ${quote(content)}`);
    for (const flag of ['single_word', 'lstrip', 'rstrip']) field.get(flag).only([false, undefined], 'false; this package does not implement it');
    field.get('normalized').boolean(false);
    return { content, special: field.get('special').boolean(false) };
  });
  return { tokens: tokens as string[], addedTokens };
}

/** The model's unknown token, or undefined when the name it gives is no token. */
export function readUnknownToken(root: JsonField, { tokens }: FileTokens): string | undefined {
  const field = root.get('model').get('unk_token');
  if (field.value === null || field.value === undefined) return undefined;
  const name = field.string();
  return tokens.includes(name) ? name : undefined;
}
