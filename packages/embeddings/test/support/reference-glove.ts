// GloVe as a plain loop, to compare the kernel with: every result rounded by `round`, sums in the kernel's order.

/** A table with a row of `width` + 2 numbers for each word, and the sums of squares of its steps. */
export interface GloveTable {
  rows: number[][];
  squares: number[][];
}

export interface GlovePair {
  word: number;
  context: number;
  weight: number;
  target: number;
}

/** Learns one pair. @returns weight * difference^2 / 2 */
export function learnPair(words: GloveTable, contexts: GloveTable, { word, context, weight, target }: GlovePair, rate: number, round: (x: number) => number): number {
  const w = words.rows[word];
  const c = contexts.rows[context];
  const lanes = [0, 0, 0, 0];
  w.forEach((value, i) => (lanes[i % 4] = round(lanes[i % 4] + round(value * c[i]))));
  const difference = round(round(round(lanes[0] + lanes[2]) + round(lanes[1] + lanes[3])) - target);
  const weighted = round(weight * difference);
  const factor = round(weighted * rate);
  const steps = w.map((value, i) => ({ ofWord: round(factor * c[i]), ofContext: round(factor * value) }));
  const change = (row: number[], squares: number[], i: number, step: number): void => {
    row[i] = round(row[i] - round(step / round(Math.sqrt(squares[i]))));
    squares[i] = round(squares[i] + round(step * step));
  };
  steps.forEach(({ ofWord, ofContext }, i) => {
    change(w, words.squares[word], i, ofWord);
    change(c, contexts.squares[context], i, ofContext);
  });
  return 0.5 * weighted * difference;
}
