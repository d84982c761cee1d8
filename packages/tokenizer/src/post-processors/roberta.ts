// Adds RoBERTa's tokens around texts: <s> A </s> for one text; <s> A </s></s> B </s> for two, all of type 0.

import type { ComponentJSON } from '../core/tokenizer.js';
import { type NamedToken, tokenPart } from './bert.js';
import type { OffsetTrimmer, PostProcessor, TemplatePart } from './post-processor.js';
import { offsetTrimmer } from './trim-offsets.js';

export class RobertaProcessing implements PostProcessor {
  readonly template: { single: TemplatePart[]; pair: TemplatePart[] };
  readonly trimOffsets: OffsetTrimmer | undefined;

  constructor(
    readonly sep: NamedToken,
    readonly cls: NamedToken,
    readonly trim: boolean,
    readonly addPrefixSpace: boolean,
  ) {
    const single: TemplatePart[] = [tokenPart(cls, 0), { sequence: 0, typeId: 0 }, tokenPart(sep, 0)];
    this.template = { single, pair: [...single, tokenPart(sep, 0), { sequence: 1, typeId: 0 }, tokenPart(sep, 0)] };
    this.trimOffsets = trim ? offsetTrimmer(addPrefixSpace) : undefined;
  }

  toJSON(): ComponentJSON {
    return { type: 'RobertaProcessing', sep: [...this.sep], cls: [...this.cls], trim_offsets: this.trim, add_prefix_space: this.addPrefixSpace };
  }
}
