// The speed of a run, in tokens and in floating-point operations, compared with the peak of the machine.
import { flopsPerToken, type Transformer } from '@kk/gpt';
import { measurePeak, type Engine, type MachinePeak } from '@kk/nn-core';

export interface Speed {
  /** Tokens per second of training steps; null if no step was done. */
  tokensPerSecond: number | null;
  /** 10^9 floating-point operations per second in training steps; null if no step was done. */
  gigaflops: number | null;
  /** `gigaflops` as a share of the machine's peak; null if that was not measured. */
  peakShare: number | null;
}

/**
 * @param tokens  the number of tokens in all steps
 * @param seconds  the duration of the steps
 * @param compare  whether to measure the machine's peak, which takes about 0.3 seconds; not on a cpu device
 */
export function speedOf({ config, engine }: Transformer, tokens: number, seconds: number, compare: boolean): Speed {
  if (!(tokens > 0 && seconds > 0)) return { tokensPerSecond: null, gigaflops: null, peakShare: null };
  const tokensPerSecond = tokens / seconds;
  const gigaflops = (flopsPerToken(config) * tokensPerSecond) / 1e9;
  const peak = compare ? peakOf(engine) : null;
  return { tokensPerSecond, gigaflops, peakShare: peak === null ? null : gigaflops / peak.gigaflops };
}

/** The peak of the machine; null on the cpu device, and if training has left no memory for the measurement. */
function peakOf(engine: Engine): MachinePeak | null {
  if (engine.backend.name !== 'wasm') return null;
  try {
    return measurePeak(engine);
  } catch (error) {
    // The run is done and saved; a missing comparison is no reason to end it with an error.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
