// DRY (don't repeat yourself): penalises tokens that would continue a repetition; the penalty grows with its length.
import { requireBetween, requireInteger, requireKnown, tokenIds } from '../checks.js';
import { LARGEST_FLOAT32 } from '../logits.js';
import type { Stage } from '../stages/stage.js';
import { checkLastTokens, windowStart } from './penalty-window.js';
import { processLogits, type HistoryLike } from './process.js';

export interface DryOptions {
  /** The strength: a finite number from 0 (off); 0.8 is usual. */
  multiplier: number;
  /** The factor by which each further token of a repetition raises the penalty: a finite number from 1; default 1.75. */
  base?: number;
  /** Shorter repetitions are not penalised: an integer from 1; default 2. */
  allowedLength?: number;
  /** The number of last tokens that are searched: an integer from 0. Default all. */
  lastTokens?: number;
  /** Tokens that end every repetition and are never penalised: line breaks, colons, quotes, the marks of a chat template. */
  breakers?: Iterable<number>;
}

/**
 * Lowers the logits of tokens that would continue a repetition by multiplier * base^(n - allowedLength), shape (vocabSize,). n is the
 * length of the longest end of the text that occurs earlier, followed by this token. Repetitions shorter than `allowedLength` do not count
 * (P. E. Weidmann 2024, text-generation-webui pull request 5677; as `dry` of llama.cpp, whose breakers are strings; prompts count). The
 * text is searched in linear time.
 *
 * @param logits not changed, unless passed as `out` too
 * @param history the text so far
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if an option is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function dry(logits: Float32Array, history: HistoryLike, options: DryOptions, out?: Float32Array): Float32Array {
  return processLogits(logits, dryStage(options), out, history);
}

/** dry() as a stage. @throws RangeError if an option is out of range */
export function dryStage(options: DryOptions): Stage {
  requireKnown<DryOptions>('dry', options, { multiplier: true, base: true, allowedLength: true, lastTokens: true, breakers: true });
  const { multiplier, base = 1.75, allowedLength = 2, breakers = [] } = options;
  requireBetween('dry multiplier', multiplier, 0, Infinity, '0 changes nothing');
  requireBetween('dry base', base, 1, Infinity, '1.75 is usual');
  requireInteger('dry allowedLength', allowedLength, 1, '2 is usual');
  checkLastTokens('dry', options.lastTokens);
  const breaks = new Set(tokenIds('dry breakers', breakers));
  // A reused buffer that grows with the text; its content is valid only during a call.
  let lengths = new Int32Array(64);
  return {
    name: 'dry',
    apply: (candidates, history) => {
      const { ids } = history;
      const start = windowStart(history, options, true);
      const size = ids.length - start;
      if (multiplier === 0 || size <= allowedLength) return;
      const limit = distanceToBreaker(ids, start, breaks);
      if (limit < allowedLength) return;
      if (lengths.length < size) lengths = new Int32Array(Math.max(size, 2 * lengths.length));
      matchLengths(ids, size, lengths);

      const { logits, tallies, vocabSize } = candidates;
      // For each token, the longest repetition that it would continue.
      for (let back = 1; back < size; back++) {
        const length = Math.min(lengths[back], limit);
        const next = ids[ids.length - back];
        if (length >= allowedLength && next < vocabSize && length > tallies[next] && !breaks.has(next)) tallies[next] = length;
      }
      for (let back = 1; back < size; back++) {
        const next = ids[ids.length - back];
        const length = tallies[next];
        if (!(length > 0)) continue;
        tallies[next] = 0;
        const i = candidates.indexOf(next);
        if (i >= 0) logits[i] -= Math.min(LARGEST_FLOAT32, multiplier * base ** (length - allowedLength));
      }
    },
  };
}

/** The number of tokens after the last breaker; the size of the window if there is none. */
function distanceToBreaker(ids: ArrayLike<number>, start: number, breaks: ReadonlySet<number>): number {
  for (let at = ids.length - 1; at >= start; at--) if (breaks.has(ids[at])) return ids.length - 1 - at;
  return ids.length - start;
}

/**
 * For every offset `back`: the length of the common end of the text and of the text without its last `back` tokens. This is the Z-function
 * (Gusfield 1997, "Algorithms on Strings, Trees and Sequences", section 1.4) of the reversed text.
 */
function matchLengths(ids: ArrayLike<number>, size: number, lengths: Int32Array): void {
  const last = ids.length - 1;
  // The match that reaches furthest so far, from `from` to before `to`, counted backwards.
  let from = 0;
  let to = 0;
  for (let back = 1; back < size; back++) {
    let length = back < to ? Math.min(lengths[back - from], to - back) : 0;
    while (back + length < size && ids[last - length] === ids[last - back - length]) length++;
    lengths[back] = length;
    if (back + length > to) {
      from = back;
      to = back + length;
    }
  }
}
