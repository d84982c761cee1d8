// Computes quantiles of Student's t distribution, for intervals from few measurements.

/** Intervals of Simpson's rule. */
const INTERVALS = 2000;

/**
 * The t for which |T| is below it with this probability.
 *
 * With t = sqrt(n) tan(x) the density becomes cos(x)^(n - 1), up to a factor that cancels: P(|T| < t) is the share of its area from 0 to
 * pi / 2 that lies before x.
 * @param degreesOfFreedom n, a whole number of at least 1
 * @param probability above 0 and below 1
 */
export function studentQuantile(degreesOfFreedom: number, probability: number): number {
  const area = (end: number): number => {
    const width = end / INTERVALS;
    let sum = 0;
    for (let i = 0; i <= INTERVALS; i++) sum += (i === 0 || i === INTERVALS ? 1 : i % 2 === 1 ? 4 : 2) * Math.cos(i * width) ** (degreesOfFreedom - 1);
    return (sum * width) / 3;
  };
  const wanted = probability * area(Math.PI / 2);
  let [below, above] = [0, Math.PI / 2];
  for (let i = 0; i < 60; i++) {
    const middle = (below + above) / 2;
    if (area(middle) < wanted) below = middle;
    else above = middle;
  }
  return Math.sqrt(degreesOfFreedom) * Math.tan(below);
}
