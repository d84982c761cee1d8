// The fourth step of the pipeline: the tokens that a model expects around a text, such as [CLS] and [SEP], and whether offsets leave
// out white space. A post-processor says so as a plan, which the pipeline carries out for ids alone and for all details alike.
// A new post-processor is a new file that implements this interface, and a line in read.ts.

import { type ComponentJSON } from '../tokenizer';

/** A place in the plan: the first or the second text, or tokens of its own. */
export type TemplatePart =
  | { sequence: 0 | 1; typeId: number }
  | { ids: readonly number[]; tokens: readonly string[]; typeId: number };

export interface PostProcessor {
  /** For one text and for two; undefined: nothing is added. */
  readonly template?: { readonly single: readonly TemplatePart[]; readonly pair: readonly TemplatePart[] };
  /** Whether white space at the ends of tokens is left out of their offsets, and whether a first space was added to the text. */
  readonly trimOffsets?: { readonly addPrefixSpace: boolean };
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
