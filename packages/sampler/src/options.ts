// The options that all ways to a token share, with their ranges and what they mean when left out.

/** How logits become a choice. Applied in this order: temperature, top-k, top-p (the order of Hugging Face transformers). */
export interface SamplingOptions {
  /** Divides the logits: below 1 bolder, above 1 more even, 0 always the most probable token. From 0; 1 if left out. */
  temperature?: number;
  /** Only the k most probable tokens (and ties of the k-th) remain. An integer from 1; all remain if left out. */
  topK?: number;
  /** Only the most probable tokens whose probabilities reach this sum remain. From 0 to 1; all remain if left out. */
  topP?: number;
}

/** @throws RangeError unless t is a finite number from 0 */
export function checkTemperature(t: number): void {
  if (!(Number.isFinite(t) && t >= 0)) {
    throw new RangeError(`temperature must be a finite number from 0 (0 takes the most probable token, 1 changes nothing), got ${String(t)}`);
  }
}

/** @throws RangeError unless k is an integer from 1 */
export function checkTopK(k: number): void {
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`topK must be an integer from 1, got ${String(k)}; leave it out to keep every token`);
}

/** @throws RangeError unless p is a number from 0 to 1 */
export function checkTopP(p: number): void {
  if (!(typeof p === 'number' && p >= 0 && p <= 1)) throw new RangeError(`topP must be a number from 0 to 1, got ${String(p)}; leave it out to keep every token`);
}

/** @throws RangeError if one of the options is out of its range */
export function checkSamplingOptions(options: SamplingOptions): void {
  if (options.temperature !== undefined) checkTemperature(options.temperature);
  if (options.topK !== undefined) checkTopK(options.topK);
  if (options.topP !== undefined) checkTopP(options.topP);
}
