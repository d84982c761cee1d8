// How fast a run was, in tokens and in arithmetic, and how that compares with what the machine can do.
import { flopsPerToken, type GPT } from '@kk/gpt';
import { measurePeak, type Engine, type MachinePeak } from '@kk/nn-core';

export interface Speed {
  /** Tokens trained on per second of training steps; null when no step was done. */
  tokensPerSecond: number | null;
  /** 10^9 floating-point operations a second in training steps; null when no step was done. */
  gigaflops: number | null;
  /** `gigaflops` as a share of the machine's peak; null where that was not measured. */
  peakShare: number | null;
}

/**
 * @param tokens  trained on in all steps
 * @param seconds  that the steps took
 * @param compare  whether to measure the machine's peak, which takes about 0.3 seconds; not on a cpu device
 */
export function speedOf({ config, engine }: GPT, tokens: number, seconds: number, compare: boolean): Speed {
  if (!(tokens > 0 && seconds > 0)) return { tokensPerSecond: null, gigaflops: null, peakShare: null };
  const tokensPerSecond = tokens / seconds;
  const gigaflops = (flopsPerToken(config) * tokensPerSecond) / 1e9;
  const peak = compare ? peakOf(engine) : null;
  return { tokensPerSecond, gigaflops, peakShare: peak === null ? null : gigaflops / peak.gigaflops };
}

/** Null where the machine cannot be measured: on the cpu device, and when training has left no memory for it. */
function peakOf(engine: Engine): MachinePeak | null {
  if (engine.backend.name !== 'wasm') return null;
  try {
    return measurePeak(engine);
  } catch (error) {
    // The run is done and saved; that a comparison is missing is no reason to end it with an error.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
