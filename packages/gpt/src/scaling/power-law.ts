// Fits, by least squares, a falling power law with a floor, y = floor + coefficient * x^-exponent. For a given exponent the other two follow
// from a linear problem, so only the exponent has to be searched (variable projection, Golub and Pereyra 1973): no starting values, no local
// minimum that they would lead to.

export interface PowerLaw {
  /** At least 0. */
  readonly floor: number;
  readonly coefficient: number;
  readonly exponent: number;
  /** The sum of the squares of what is left. */
  readonly sumOfSquares: number;
}

/** Where the exponent is searched. Those of language models are below 1 (Kaplan et al. 2020: 0.05; Hoffmann et al. 2022: 0.3). */
export const EXPONENTS = [1e-3, 10] as const;
const GRID = 120;

/** @param x above 0, near 1: divide by the geometric mean first */
export function fitPowerLaw(x: readonly number[], y: readonly number[]): PowerLaw {
  const [least, most] = EXPONENTS.map(Math.log) as [number, number];
  const at = (i: number): number => least + ((most - least) * i) / GRID;
  const cost = (logarithm: number): number => withExponent(x, y, Math.exp(logarithm)).sumOfSquares;
  let best = 0;
  for (let i = 1, lowest = cost(at(0)); i <= GRID; i++) {
    const found = cost(at(i));
    if (found < lowest) [best, lowest] = [i, found];
  }
  return withExponent(x, y, Math.exp(goldenSection(cost, at(Math.max(0, best - 1)), at(Math.min(GRID, best + 1)))));
}

/** The floor and the coefficient that are best for this exponent. */
function withExponent(x: readonly number[], y: readonly number[], exponent: number): PowerLaw {
  const powers = x.map((value) => value ** -exponent);
  const [meanPower, meanY] = [mean(powers), mean(y)];
  const covariance = mean(powers.map((power, i) => (power - meanPower) * (y[i]! - meanY)));
  const variance = mean(powers.map((power) => (power - meanPower) ** 2));
  let coefficient = covariance / variance;
  let floor = meanY - coefficient * meanPower;
  // No loss is below 0. Without a floor, the line goes through the origin.
  if (floor < 0) [floor, coefficient] = [0, mean(powers.map((power, i) => power * y[i]!)) / mean(powers.map((power) => power ** 2))];
  const sumOfSquares = powers.reduce((sum, power, i) => sum + (y[i]! - floor - coefficient * power) ** 2, 0);
  return { floor, coefficient, exponent, sumOfSquares };
}

/** The place of the minimum of a function with one minimum between two places (Kiefer 1953). */
function goldenSection(cost: (place: number) => number, from: number, to: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [left, right] = [to - ratio * (to - from), from + ratio * (to - from)];
  let [costLeft, costRight] = [cost(left), cost(right)];
  for (let i = 0; i < 80; i++) {
    if (costLeft < costRight) {
      [to, right, costRight] = [right, left, costLeft];
      left = to - ratio * (to - from);
      costLeft = cost(left);
    } else {
      [from, left, costLeft] = [left, right, costRight];
      right = from + ratio * (to - from);
      costRight = cost(right);
    }
  }
  return (from + to) / 2;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
