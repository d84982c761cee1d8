// Finding the nucleus of a distribution (top-p) without sorting the vocabulary.
import { type Candidates } from './work-space.js';

/** Where the nucleus ends: every token nearer to the best than `distance` is in, and of those exactly there the first `ties`. */
export interface NucleusEdge {
  distance: number;
  ties: number;
}

// The distances that matter, 0 to 32 nats (exp(-32) is 1e-14), in 1,024 buckets: at 131,072 tokens a bucket then holds
// some hundred, and only one of them is ever sorted. Everything further away shares the last bucket.
const BUCKETS = 1024;
const BUCKETS_PER_NAT = 32;

const bucketOf = (distance: number): number => Math.min(BUCKETS - 1, distance * BUCKETS_PER_NAT) | 0;

/**
 * The edge of the smallest set of most probable tokens whose probabilities reach p, at least one token.
 *
 * @param candidates at least one of them at distance 0
 * @param p from 0 to 1
 */
export function nucleusEdge({ count, distances, weights, total }: Candidates, p: number): NucleusEdge {
  const wanted = p * total;
  const masses = new Float64Array(BUCKETS);
  const sizes = new Int32Array(BUCKETS);
  for (let i = 0; i < count; i++) {
    const bucket = bucketOf(distances[i]);
    masses[bucket] += weights[i];
    sizes[bucket]++;
  }

  // The first bucket at whose end the sum is reached holds the edge.
  let before = 0;
  let edgeBucket = 0;
  while (edgeBucket < BUCKETS - 1 && before + masses[edgeBucket] < wanted) before += masses[edgeBucket++];

  const members = new Float64Array(sizes[edgeBucket]);
  for (let i = 0, at = 0; at < members.length; i++) {
    if (bucketOf(distances[i]) === edgeBucket) members[at++] = distances[i];
  }
  members.sort();

  let reached = before;
  let ties = 0;
  for (let i = 0; i < members.length; i++) {
    ties = members[i] === members[i - 1] ? ties + 1 : 1;
    reached += Math.exp(-members[i]);
    if (reached >= wanted) return { distance: members[i], ties };
  }
  // Rounding kept this sum, or with p next to 1 every sum, a hair below: all that was looked at is in.
  return { distance: members.length > 0 ? members[members.length - 1] : Infinity, ties: Infinity };
}
