// Whole sentences of an n-gram model, one a line, for `kk markov generate --sentences`.
import type { SentenceOptions, TextMarkov } from '@kk/markov';
import type { Context } from '../context.js';
import { Failure } from '../errors.js';

/**
 * Yields so many sentences; number i has the seed `seed` + i, which writes it alone, too.
 * @throws {Failure} when none is found that is short enough and copied no more than wanted, saying what to change
 */
export async function* sentencesOf(context: Context, model: TextMarkov, count: number, { seed, ...options }: SentenceOptions & { seed: number }): AsyncGenerator<string, void, undefined> {
  for (let i = 0; i < count; i++) {
    await context.breathe();
    yield sentence(model, { ...options, seed: seed + i });
  }
}

function sentence(model: TextMarkov, options: SentenceOptions): string {
  try {
    return model.sentence(options);
  } catch (error) {
    if (error instanceof RangeError || !(error instanceof Error)) throw error;
    const reason = error.message.replace(/; raise .*/, '');
    throw new Failure(`${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`, `Raise --max-copied, take another --seed, or train a chain of a lower --order.`);
  }
}
