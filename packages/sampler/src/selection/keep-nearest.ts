// Keeps the smallest set of nearest tokens that has a wanted share of the probability. Top-p and typical sampling share this; they differ
// in the meaning of "near". The vocabulary is never sorted.
import type { Candidates } from './candidates.js';

// Buckets for distances from 0 to 32 nats (exp(-32) is 1e-14): with 131,072 tokens a bucket holds about a hundred, and only one bucket is
// searched in detail. All larger distances share the last bucket.
const BUCKETS = 1024;
const BUCKETS_PER_NAT = 32;
const masses = new Float64Array(BUCKETS);
const sizes = new Int32Array(BUCKETS);

const bucketOf = (distance: number): number => Math.min(BUCKETS - 1, distance * BUCKETS_PER_NAT) | 0;

/**
 * Drops all but the nearest tokens whose weights add up to at least `wanted`; keeps at least one. Impossible tokens are also dropped.
 *
 * @param candidates with `weights` filled by weigh(), and the distance of each, from 0, in `scratch`
 * @param wanted a sum of weights
 * @param allTies whether all tokens exactly at the edge stay; otherwise only those with the lower ids, until the sum is reached
 * @param least the number of tokens that stay at least, if so many are possible; of equally near ones those with the lower ids
 */
export function keepNearest(candidates: Candidates, wanted: number, allTies = false, least = 1): void {
  const { logits, weights, scratch: distances, places, count } = candidates;
  const edge = findEdge(candidates, wanted);
  let reached = edge.before;
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const distance = distances[i];
    if (distance > edge.distance || logits[i] === -Infinity) continue;
    if (distance === edge.distance) {
      if (!allTies && reached >= wanted && kept > 0) continue;
      reached += weights[i];
    }
    places[kept++] = i;
  }
  if (kept < least) kept = findNearest(candidates, least);
  candidates.keepPlaces(places, kept);
}

/** Writes the places of the nearest possible tokens in ascending order, and returns their number. */
function findNearest({ logits, scratch: distances, places, count }: Candidates, wanted: number): number {
  // Insertion sort: few are wanted, and one comparison rejects nearly every token.
  const nearest: number[] = [];
  for (let i = 0; i < count; i++) {
    if (logits[i] === -Infinity || (nearest.length === wanted && distances[i] >= distances[nearest[wanted - 1]])) continue;
    let at = nearest.length;
    while (at > 0 && distances[nearest[at - 1]] > distances[i]) at--;
    nearest.splice(at, 0, i);
    if (nearest.length > wanted) nearest.pop();
  }
  places.set(nearest.sort((a, b) => a - b));
  return nearest.length;
}

/** The largest distance in the set, and the sum of all weights nearer than that. */
interface Edge {
  distance: number;
  before: number;
}

function findEdge({ weights, scratch: distances, places, count }: Candidates, wanted: number): Edge {
  masses.fill(0);
  sizes.fill(0);
  for (let i = 0; i < count; i++) {
    const bucket = bucketOf(distances[i]);
    masses[bucket] += weights[i];
    sizes[bucket]++;
  }
  // The edge is in the first bucket at whose end the sum is reached. An empty bucket does not count, even if the sum is 0.
  let before = 0;
  let edgeBucket = 0;
  let last = 0;
  for (; edgeBucket < BUCKETS; edgeBucket++) {
    if (sizes[edgeBucket] === 0) continue;
    last = edgeBucket;
    if (before + masses[edgeBucket] >= wanted) break;
    before += masses[edgeBucket];
  }
  // If rounding left the sum slightly too small, the edge is in the last non-empty bucket.
  if (edgeBucket === BUCKETS) before -= masses[last];

  let members = 0;
  for (let i = 0; i < count; i++) {
    if (bucketOf(distances[i]) === last) places[members++] = i;
  }
  return selectEdge(places, members, distances, weights, before, wanted);
}

/** A weighted quickselect with three parts (nearer than the pivot, equal, further), so that many ties are not slower. */
function selectEdge(places: Int32Array, members: number, distances: Float64Array, weights: Float64Array, before: number, wanted: number): Edge {
  let low = 0;
  let high = members;
  for (;;) {
    const pivot = distances[places[(low + high) >> 1]];
    let nearer = low;
    let further = high;
    let massNearer = 0;
    let massEqual = 0;
    for (let at = low; at < further; ) {
      const place = places[at];
      const distance = distances[place];
      if (distance > pivot) {
        places[at] = places[--further];
        places[further] = place;
        continue;
      }
      if (distance < pivot) {
        massNearer += weights[place];
        places[at] = places[nearer];
        places[nearer++] = place;
      } else massEqual += weights[place];
      at++;
    }
    if (nearer > low && before + massNearer >= wanted) high = nearer;
    else if (further === high || before + massNearer + massEqual >= wanted) return { distance: pivot, before: before + massNearer };
    else {
      before += massNearer + massEqual;
      low = further;
    }
  }
}
