// Parsers of option values, with one clear error for an invalid value.
import { InvalidArgumentError } from 'commander';

/** A parser for an integer in a range. */
export function integer(minimum: number, maximum = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = /^[+-]?\d+$/.test(text.trim()) ? Number(text) : NaN;
    if (!Number.isSafeInteger(value) || value < minimum || value > maximum) {
      throw new InvalidArgumentError(`Expected a whole number ${range(minimum, maximum, Number.MAX_SAFE_INTEGER)}.`);
    }
    return value;
  };
}

/** A parser for a number in a range; both ends are included unless `below` or `above` is true. */
export function decimal(minimum: number, maximum = Infinity, { below = false, above = false } = {}): (text: string) => number {
  return (text) => {
    const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : NaN;
    if (!Number.isFinite(value) || value < minimum || value > maximum || (below && value === maximum) || (above && value === minimum)) {
      const from = above ? `above ${minimum}` : `from ${minimum}`;
      const to = maximum === Infinity ? '' : below ? ` to below ${maximum}` : ` to ${maximum}`;
      throw new InvalidArgumentError(`Expected a number ${from}${to}.`);
    }
    return value;
  };
}

/**
 * Beyond these, what a loss is multiplied with moves no weight, or makes numbers that float32 cannot hold: log-probabilities of whole answers are thousands of
 * nats, and gradients their products.
 */
export const factors = { least: 1e-6, most: 1e6 } as const;
/** What a part of a loss is multiplied with, without which there is no loss. */
export const factor = decimal(factors.least, factors.most);
/** The same of a part that may be missing. */
export const weight = decimal(0, factors.most);

const range = (minimum: number, maximum: number, unlimited: number): string => (maximum === unlimited ? `from ${minimum}` : `from ${minimum} to ${maximum}`);

const units = new Map([
  ['', 1],
  ['b', 1],
  ['kb', 1e3],
  ['mb', 1e6],
  ['gb', 1e9],
  ['kib', 2 ** 10],
  ['mib', 2 ** 20],
  ['gib', 2 ** 30],
]);

/** A parser for a size in bytes: `500000`, `2.5MB`, `64kB` (powers of 1,000), `1MiB` (powers of 1,024). */
export function byteSize(maximum: number): (text: string) => number {
  return (text) => {
    const match = /^(\d+\.?\d*|\.\d+)\s*([a-z]*)$/i.exec(text.trim());
    const unit = match && units.get(match[2].toLowerCase());
    const value = match && unit !== undefined && unit !== null ? Math.round(Number(match[1]) * unit) : NaN;
    if (!(value >= 1 && value <= maximum)) throw new InvalidArgumentError(`Expected a size such as 500000, 64kB or 2.5MB, of 1 byte to ${maximum / 1e6} MB.`);
    return value;
  };
}

/** Token ids, separated by commas or blanks. */
export function idList(text: string): number[] {
  const parts = text.trim().split(/\s*,\s*|\s+/);
  const wrong = parts.find((part) => !/^\d+$/.test(part) || !Number.isSafeInteger(Number(part)));
  if (wrong !== undefined) throw new InvalidArgumentError(`Expected token ids such as 1,2,3${wrong !== '' ? `; '${wrong}' is none` : parts.length > 1 ? '; one is missing at a comma' : ''}.`);
  return parts.map(Number);
}
