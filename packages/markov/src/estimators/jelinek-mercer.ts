// Jelinek-Mercer smoothing: relative frequencies of all context lengths, mixed with fixed weights.
import { type Estimator, type EstimatorInput, type SmoothingParameters } from './estimator.js';

/**
 * P(w | h) = lambda_n c(h w) / c(h) + (1 - lambda_n) P(w | h') for a context h of n tokens; below the empty context stands the uniform
 * distribution, and a context that was never seen has lambda 0. (Jelinek and Mercer 1980, "Interpolated estimation of Markov source
 * parameters from sparse data", with one weight per length instead of buckets.)
 *
 * @param lambdas one weight per context length, from the empty context up, each 0 to 1; longer contexts have the last one. Estimated if
 * left out, by leaving one out: the weights that make the texts most probable when each token is foretold from counts without itself
 */
export function jelinekMercer(lambdas?: readonly number[]): Estimator {
  const parameters = (input: EstimatorInput): SmoothingParameters[] => {
    const weights = lambdas ?? leaveOneOut(input);
    return Array.from({ length: input.starts.length - 2 }, (_, length) => ({ length, kind: 'weight', values: [weights[Math.min(length, weights.length - 1)]], fallback: false }));
  };
  return {
    counts: 'occurrences',
    form: 'interpolated',
    lower: 'shorter',
    parameters,
    rules: (input) =>
      parameters(input).map(({ values: [lambda] }) => (values, from, to, total, out) => {
        for (let child = from; child < to; child++) out[child] = (lambda * values[child]) / total;
        return 1 - lambda;
      }),
  };
}

// EM climbs steadily; after this many steps, or when no weight moves by more, the figures that matter stand still.
const STEPS = 50;
const STILL = 1e-4;

/** One weight per context length that is in the trie, by expectation maximization over all n-grams of the longest lengths. */
function leaveOneOut({ values, suffixes, starts, counts, outcomes }: EstimatorInput): number[] {
  const { firstChild } = counts.table;
  const lengths = starts.length - 2;
  const totals = new Float64Array(firstChild.length - 1);
  const parents = new Int32Array(values.length);
  for (let context = 0; context < totals.length; context++) {
    for (let child = firstChild[context]; child < firstChild[context + 1]; child++) {
      totals[context] += values[child];
      parents[child] = context;
    }
  }
  return expectationMaximization(lengths, (visit) => {
    const shares = new Float64Array(lengths);
    for (let node = starts[lengths]; node < values.length; node++) {
      if (values[node] === 0) continue;
      for (let length = lengths - 1, end = node; length >= 0; length--, end = suffixes[end]) {
        const total = totals[parents[end]];
        shares[length] = total > 1 ? (values[end] - 1) / (total - 1) : -1;
      }
      visit(values[node], shares, 1 / outcomes);
    }
  });
}

/**
 * The weights that make observations most probable: each is foretold by a mixture of lengths, taken from the longest down.
 *
 * @param observe calls `visit` for every observation: how often it was made, its relative frequency after each context length (-1 for an
 * unknown context), and its probability below the empty context
 */
export function expectationMaximization(lengths: number, observe: (visit: (weight: number, shares: Float64Array, below: number) => void) => void): number[] {
  const lambdas = new Array<number>(lengths).fill(0.5);
  const reached = new Float64Array(lengths);
  const stopped = new Float64Array(lengths);
  for (let step = 0; step < STEPS; step++) {
    reached.fill(0);
    stopped.fill(0);
    observe((weight, shares, below) => {
      // up[k]: the probability by the k shortest lengths; then from the longest down, how likely it is that each was asked.
      let probability = below;
      for (let length = 0; length < lengths; length++) if (shares[length] >= 0) probability = lambdas[length] * shares[length] + (1 - lambdas[length]) * probability;
      if (!(probability > 0)) return;
      let passed = weight / probability;
      for (let length = lengths - 1; length >= 0; length--) {
        if (shares[length] < 0) continue;
        const here = passed * lambdas[length] * shares[length];
        stopped[length] += here;
        reached[length] += weight;
        weight -= here;
        passed *= 1 - lambdas[length];
      }
    });
    let moved = 0;
    for (let length = 0; length < lengths; length++) {
      if (reached[length] === 0) continue;
      const next = Math.min(1, Math.max(0, stopped[length] / reached[length]));
      moved = Math.max(moved, Math.abs(next - lambdas[length]));
      lambdas[length] = next;
    }
    if (moved < STILL) break;
  }
  return lambdas;
}
