// Adds tokens around texts according to the template in the file.

import type { ComponentJSON } from '../core/tokenizer.js';
import type { PostProcessor, TemplatePart } from './post-processor.js';

/** A token of the template: its name there and the ids it stands for. */
export interface TemplateToken {
  name: string;
  ids: readonly number[];
  tokens: readonly string[];
}

/** A part of the template: a text, or a token by its name. */
export type TemplatePlace = { sequence: 0 | 1; typeId: number } | { token: string; typeId: number };

export class TemplateProcessing implements PostProcessor {
  readonly template: { single: readonly TemplatePart[]; pair: readonly TemplatePart[] };
  readonly #places: { single: readonly TemplatePlace[]; pair: readonly TemplatePlace[] };
  readonly #tokens: readonly TemplateToken[];

  /** @param tokens  all tokens that the places name */
  constructor(single: readonly TemplatePlace[], pair: readonly TemplatePlace[], tokens: readonly TemplateToken[]) {
    const byName = new Map(tokens.map((token) => [token.name, token]));
    const part = (place: TemplatePlace): TemplatePart => ('sequence' in place ? place : { ...(byName.get(place.token) as TemplateToken), typeId: place.typeId });
    this.template = { single: single.map(part), pair: pair.map(part) };
    this.#places = { single, pair };
    this.#tokens = tokens;
  }

  toJSON(): ComponentJSON {
    const place = (at: TemplatePlace): object =>
      'sequence' in at ? { Sequence: { id: at.sequence === 0 ? 'A' : 'B', type_id: at.typeId } } : { SpecialToken: { id: at.token, type_id: at.typeId } };
    return {
      type: 'TemplateProcessing',
      single: this.#places.single.map(place),
      pair: this.#places.pair.map(place),
      special_tokens: Object.fromEntries(this.#tokens.map(({ name, ids, tokens }) => [name, { id: name, ids: [...ids], tokens: [...tokens] }])),
    };
  }
}
