// Adds no tokens, as GPT-2's post-processor, but offsets may exclude the space that a token begins with.

import type { ComponentJSON } from '../core/tokenizer.js';
import type { OffsetTrimmer, PostProcessor } from './post-processor.js';
import { offsetTrimmer } from './trim-offsets.js';

export class ByteLevelProcessing implements PostProcessor {
  readonly trimOffsets: OffsetTrimmer | undefined;

  constructor(
    readonly addPrefixSpace: boolean,
    readonly trim: boolean,
    readonly useRegex: boolean,
  ) {
    this.trimOffsets = trim ? offsetTrimmer(addPrefixSpace) : undefined;
  }

  toJSON(): ComponentJSON {
    return { type: 'ByteLevel', add_prefix_space: this.addPrefixSpace, trim_offsets: this.trim, use_regex: this.useRegex };
  }
}
