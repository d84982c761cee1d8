// Adds BERT's tokens around texts: [CLS] A [SEP] for one text; [CLS] A [SEP] B [SEP] for two, where B has type 1.

import type { ComponentJSON } from '../core/tokenizer.js';
import type { PostProcessor, TemplatePart } from './post-processor.js';

/** A token and its id. */
export type NamedToken = readonly [token: string, id: number];

export function tokenPart([token, id]: NamedToken, typeId: number): TemplatePart {
  return { ids: [id], tokens: [token], typeId };
}

export class BertProcessing implements PostProcessor {
  readonly template: { single: TemplatePart[]; pair: TemplatePart[] };

  constructor(
    readonly sep: NamedToken,
    readonly cls: NamedToken,
  ) {
    const single: TemplatePart[] = [tokenPart(cls, 0), { sequence: 0, typeId: 0 }, tokenPart(sep, 0)];
    this.template = { single, pair: [...single, { sequence: 1, typeId: 1 }, tokenPart(sep, 1)] };
  }

  toJSON(): ComponentJSON {
    return { type: 'BertProcessing', sep: [...this.sep], cls: [...this.cls] };
  }
}
