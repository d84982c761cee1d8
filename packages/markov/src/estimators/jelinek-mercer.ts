// Jelinek-Mercer smoothing: mixes the relative frequencies of all context lengths with fixed weights.
import type { Estimator, EstimatorInput, SmoothingParameters } from './estimator.js';

/**
 * P(w | h) = lambda_n c(h w) / c(h) + (1 - lambda_n) P(w | h') for a context h of n tokens. The empty context backs off to the uniform
 * distribution; an unseen context has lambda 0. (Jelinek and Mercer 1980, "Interpolated estimation of Markov source parameters from sparse
 * data", with one weight per length instead of buckets.)
 *
 * @param lambdas one weight per context length, from the empty context up, each 0 to 1; longer contexts use the last one. Default:
 * estimated by leave-one-out, as the weights that maximize the probability of the texts when each token is predicted from counts without
 * itself
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

// Expectation maximization stops after this many steps, or when no weight changes by more than the tolerance.
const STEPS = 50;
const STILL = 1e-4;

/** One weight per context length in the trie, by expectation maximization over all n-grams of the highest lengths. */
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
 * The weights that maximize the probability of observations; each is predicted by a mixture of context lengths, from the longest down.
 *
 * @param observe calls `visit` for every observation with its count, its relative frequency after each context length (-1 for an unknown
 * context), and its probability below the empty context
 */
export function expectationMaximization(lengths: number, observe: (visit: (weight: number, shares: Float64Array, below: number) => void) => void): number[] {
  const lambdas = new Array<number>(lengths).fill(0.5);
  const reached = new Float64Array(lengths);
  const stopped = new Float64Array(lengths);
  for (let step = 0; step < STEPS; step++) {
    reached.fill(0);
    stopped.fill(0);
    observe((weight, shares, below) => {
      // up[k] is the probability from the k shortest lengths. Then, from the longest down, the probability that each length was used.
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
