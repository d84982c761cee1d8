// Runs encodeWithDetailsInSteps to its end.
import type { Encoding } from '@kk/tokenizer';

/** @returns the result, and the shares that were told on the way */
export function finished(steps: Generator<number, Encoding, void>): { encoding: Encoding; shares: number[] } {
  const shares: number[] = [];
  for (;;) {
    const { done, value } = steps.next();
    if (done) return { encoding: value, shares };
    shares.push(value);
  }
}
