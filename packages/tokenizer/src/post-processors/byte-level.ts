// GPT-2: nothing is added, but offsets may leave out the space that a token begins with.

import { type ComponentJSON } from '../tokenizer';
import { type PostProcessor } from './post-processor';

export class ByteLevelProcessing implements PostProcessor {
  readonly trimOffsets: { addPrefixSpace: boolean } | undefined;

  constructor(
    readonly addPrefixSpace: boolean,
    readonly trim: boolean,
    readonly useRegex: boolean,
  ) {
    this.trimOffsets = trim ? { addPrefixSpace } : undefined;
  }

  toJSON(): ComponentJSON {
    return { type: 'ByteLevel', add_prefix_space: this.addPrefixSpace, trim_offsets: this.trim, use_regex: this.useRegex };
  }
}
