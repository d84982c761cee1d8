// Declares what a step of a `BatchDecoder` throws when it could not draw a token for some of its texts.
import type { BatchText, BatchToken } from './batch-text.js';

/** These texts have ended, each with its `error`; the others got their tokens, and the next step goes on with them. */
export class BatchDrawError extends Error {
  override readonly name = 'BatchDrawError';

  /**
   * @param texts at least one, whose `end` is 'failed'
   * @param tokens those that were drawn in the same step for the other texts
   */
  constructor(
    readonly texts: readonly BatchText[],
    readonly tokens: readonly BatchToken[],
  ) {
    const { error } = texts[0]!;
    const [which, have] = texts.length === 1 ? ['a text', 'has'] : [`${texts.length} texts`, 'have'];
    const message = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
    super(`BatchDecoder: no token could be drawn for ${which} (\`texts\` of this error), which ${have} ended: ${message}. The others have theirs (\`tokens\`): call step() or run() again to go on with them.`, { cause: error });
  }
}
