// Combines several post-processors. At most one of them may add tokens.

import type { ComponentJSON } from '../core/tokenizer.js';
import type { PostProcessor } from './post-processor.js';

export class PostProcessorSequence implements PostProcessor {
  readonly template: PostProcessor['template'];
  readonly trimOffsets: PostProcessor['trimOffsets'];

  /** @throws {RangeError} when two of them have templates */
  constructor(readonly steps: readonly PostProcessor[]) {
    const templates = steps.filter((step) => step.template);
    if (templates.length > 1) throw new RangeError(`${templates.length} of the post-processors add tokens; expected at most one that does.`);
    this.template = templates[0]?.template;
    this.trimOffsets = steps.find((step) => step.trimOffsets)?.trimOffsets;
  }

  toJSON(): ComponentJSON {
    return { type: 'Sequence', processors: this.steps.map((step) => step.toJSON()) };
  }
}
