// A distribution of lengths and its summary. Lengths are small integers, so a histogram stores them completely.

export interface LengthDistribution {
  /** The number of measured lengths. */
  readonly count: number;
  /** NaN if there were none; so are all others. */
  readonly mean: number;
  /** The population standard deviation: the root of the mean squared deviation. */
  readonly standardDeviation: number;
  readonly minimum: number;
  /** The smallest length that at least a quarter of the values do not exceed; likewise a half and three quarters. */
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly maximum: number;
  /** Length -> count, in ascending order of lengths. */
  readonly histogram: ReadonlyMap<number, number>;
}

export class LengthCounts {
  readonly #counts = new Map<number, number>();

  add(length: number): void {
    this.#counts.set(length, (this.#counts.get(length) ?? 0) + 1);
  }

  summary(): LengthDistribution {
    const histogram = new Map([...this.#counts].sort(([a], [b]) => a - b));
    let count = 0;
    let sum = 0;
    for (const [length, times] of histogram) {
      count += times;
      sum += length * times;
    }
    const mean = sum / count;
    let squares = 0;
    for (const [length, times] of histogram) squares += times * (length - mean) ** 2;
    const quantile = (share: number): number => {
      let seen = 0;
      for (const [length, times] of histogram) {
        seen += times;
        if (seen >= share * count) return length;
      }
      return NaN;
    };
    return {
      count, mean,
      standardDeviation: Math.sqrt(squares / count),
      minimum: count > 0 ? quantile(0) : NaN,
      lowerQuartile: quantile(0.25),
      median: quantile(0.5),
      upperQuartile: quantile(0.75),
      maximum: quantile(1),
      histogram,
    };
  }
}

/** The same with its histogram as pairs, which JSON has. */
export const lengthsInJSON = (lengths: LengthDistribution): object => ({ ...lengths, histogram: [...lengths.histogram] });
