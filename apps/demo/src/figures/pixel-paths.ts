// A picture of square pixels as a few SVG paths, one for each shade, so that the theme and the printer colour it.

export interface Shade {
  /** The outline of all pixels of this shade. */
  path: string;
  /** From above 0 to 1. */
  opacity: number;
  isNegative: boolean;
}

const SHADES = 8;

/**
 * @param values  row by row, of a square picture
 * @param most  the value, plus or minus, of full colour
 */
export function pixelPaths(values: ArrayLike<number>, most: number): Shade[] {
  const size = Math.sqrt(values.length);
  const paths = new Map<number, string>();
  const levelAt = (i: number): number => Math.max(-SHADES, Math.min(SHADES, Math.round((SHADES * values[i]) / most))) || 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; ) {
      const level = levelAt(y * size + x);
      let end = x + 1;
      while (end < size && levelAt(y * size + end) === level) end++;
      if (level !== 0) paths.set(level, `${paths.get(level) ?? ''}M${x} ${y}h${end - x}v1H${x}z`);
      x = end;
    }
  }
  return [...paths].map(([level, path]) => ({ path, opacity: Math.abs(level) / SHADES, isNegative: level < 0 })).sort((a, b) => Number(a.isNegative) - Number(b.isNegative) || a.opacity - b.opacity);
}
