// The tokens of a tokenizer.json: the model's vocabulary and the added tokens, as one list without holes.

import { type AddedToken } from '../../added-tokens';
import { isWellFormed, quote } from '../../text/well-formed';
import { type JsonField } from '../json-field';

export interface FileTokens {
  /** The token of every id. */
  tokens: string[];
  addedTokens: AddedToken[];
}

/** @throws {RangeError} naming the field of an id that is out of range, taken, or leaves a hole */
export function readTokens(root: JsonField): FileTokens {
  const vocab = root.get('model').get('vocab').entries();
  const added = root.get('added_tokens').value === undefined ? [] : root.get('added_tokens').array();
  const contents = added.map((field) => field.get('content'));
  const total = new Set([...vocab.map(([token]) => token), ...contents.map((content) => content.string())]).size;

  const owners = new Map<number, string>();
  const tokens = new Array<string>(total);
  const place = (token: string, field: JsonField): void => {
    const id = field.id();
    // As many ids as tokens and none of them twice: inside the range there is no room for a hole.
    if (id >= total) field.fail(`an id from 0 to ${total - 1}, since there are ${total} tokens and ids have no holes`);
    if (token === '' || !isWellFormed(token)) field.fail('a token of at least one character without lone surrogates as its key');
    const owner = owners.get(id);
    if (owner !== undefined) field.fail(`an id of its own; ${quote(owner)} has it already`);
    owners.set(id, token);
    tokens[id] = token;
  };

  const ids = new Map<string, number>();
  for (const [token, field] of vocab) {
    place(token, field);
    ids.set(token, field.id());
  }
  const contentsSoFar = new Set<string>();
  const addedTokens = added.map((field, index): AddedToken => {
    const content = contents[index].string();
    const id = field.get('id');
    if (content === '') contents[index].fail('at least one character');
    if (contentsSoFar.has(content)) contents[index].fail('a token that was not added before');
    contentsSoFar.add(content);
    const idInVocab = ids.get(content);
    if (idInVocab === undefined) place(content, id);
    else if (id.id() !== idInVocab) id.fail(`${idInVocab}, the id that model.vocab gives to ${quote(content)}`);
    for (const flag of ['single_word', 'lstrip', 'rstrip']) field.get(flag).only([false, undefined], 'false; this package does not implement it');
    field.get('normalized').boolean(false);
    return { content, special: field.get('special').boolean(false) };
  });
  return { tokens, addedTokens };
}

/** The model's unknown token, or undefined when the name it gives is no token. */
export function readUnknownToken(root: JsonField, { tokens }: FileTokens): string | undefined {
  const field = root.get('model').get('unk_token');
  if (field.value === null || field.value === undefined) return undefined;
  const name = field.string();
  return tokens.includes(name) ? name : undefined;
}
