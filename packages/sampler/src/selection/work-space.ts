// The memory that choosing a token needs, kept between calls so that a token costs no allocation of the vocabulary's size.

/** Tokens that are still in the running, in ascending order of their ids. Only the first `count` entries of each array mean something. */
export interface Candidates {
  count: number;
  /** Token ids. */
  ids: Int32Array;
  /** How many nats each lies below the most probable token, after temperature. */
  distances: Float64Array;
  /** Probability up to a common factor: exp(-distance). */
  weights: Float64Array;
  /** Sum of the weights. */
  total: number;
}

// One for all calls: they are synchronous and call no foreign code, so that no two of them ever use it at once.
const shared: Candidates = { count: 0, ids: new Int32Array(0), distances: new Float64Array(0), weights: new Float64Array(0), total: 0 };

/** The shared work space with room for `size` tokens. What it holds is valid until the next call. */
export function reserveCandidates(size: number): Candidates {
  if (shared.ids.length < size) {
    shared.ids = new Int32Array(size);
    shared.distances = new Float64Array(size);
    shared.weights = new Float64Array(size);
  }
  return shared;
}
