// The fourth step of the pipeline: the tokens that a model expects around a text, such as [CLS] and [SEP], and whether offsets leave
// out white space. A post-processor says so as a plan, which the pipeline carries out for ids alone and for all details alike.
// A new post-processor is a new file that implements this interface, and a line in read.ts.

import { type TokenRow } from '../pipeline/encoding.js';
import { type ComponentJSON } from '../tokenizer.js';

/** A place in the plan: the first or the second text, or tokens of its own. */
export type TemplatePart =
  | { sequence: 0 | 1; typeId: number }
  | { ids: readonly number[]; tokens: readonly string[]; typeId: number };

/** Changes the offsets of a row, the index-th of its text, whose token is spelled as in the file. */
export type OffsetTrimmer = (row: TokenRow, index: number, token: string, text: string) => void;

export interface PostProcessor {
  /** For one text and for two; undefined: nothing is added. */
  readonly template?: { readonly single: readonly TemplatePart[]; readonly pair: readonly TemplatePart[] };
  /** Leaves white space at the ends of a token out of its offsets; undefined: it stays. */
  readonly trimOffsets?: OffsetTrimmer;
  toJSON(): ComponentJSON;
}

/** What happens without a template. */
export const plainTemplate: { readonly single: readonly TemplatePart[]; readonly pair: readonly TemplatePart[] } = {
  single: [{ sequence: 0, typeId: 0 }],
  pair: [
    { sequence: 0, typeId: 0 },
    { sequence: 1, typeId: 1 },
  ],
};
