// Defines the fourth step of the pipeline, which adds the tokens that a model expects around a text, such as [CLS] and [SEP], and may
// exclude white space from offsets. A post-processor only describes this; the pipeline carries it out, for plain ids and for detailed
// tokens. To add a post-processor, implement this interface in a new file and add a line to read.ts.

import type { TokenRow } from '../core/encoding.js';
import type { ComponentJSON } from '../core/tokenizer.js';

/** A part of the template: the first or the second text, or added tokens. */
export type TemplatePart =
  | { sequence: 0 | 1; typeId: number }
  | { ids: readonly number[]; tokens: readonly string[]; typeId: number };

/** Changes the offsets of a token: `index` is its index within its text, `token` its spelling as in the file. */
export type OffsetTrimmer = (row: TokenRow, index: number, token: string, text: string) => void;

export interface PostProcessor {
  /** The templates for one text and for two; undefined: nothing is added. */
  readonly template?: { readonly single: readonly TemplatePart[]; readonly pair: readonly TemplatePart[] };
  /** Excludes white space at both ends of a token from its offsets; undefined: it is included. */
  readonly trimOffsets?: OffsetTrimmer;
  toJSON(): ComponentJSON;
}

/** The template that adds nothing. */
export const plainTemplate: { readonly single: readonly TemplatePart[]; readonly pair: readonly TemplatePart[] } = {
  single: [{ sequence: 0, typeId: 0 }],
  pair: [
    { sequence: 0, typeId: 0 },
    { sequence: 1, typeId: 1 },
  ],
};
