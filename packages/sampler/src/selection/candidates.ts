// From logits to the tokens that may be drawn: what sampleToken and distribution share.
// It gives the same set as the processors of src/processors one after another, in fewer passes over the vocabulary.
import { highestLogit, requireFiniteHighest, requireFloat32Array } from '../logits.js';
import { checkSamplingOptions, type SamplingOptions } from '../options.js';
import { gatherTopK } from './gather-top-k.js';
import { nucleusEdge } from './nucleus.js';
import { reserveCandidates, type Candidates } from './work-space.js';

/**
 * The candidates after temperature, top-k and top-p, in the shared work space.
 *
 * @throws TypeError if the logits are no Float32Array
 * @throws RangeError if an option is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function selectCandidates(logits: Float32Array, options: SamplingOptions): Candidates {
  checkSamplingOptions(options);
  const { temperature = 1, topK, topP } = options;
  if (temperature === 0) return only(logits.indexOf(highestLogit(logits)));
  // A positive temperature leaves the order alone: what top-k keeps can be seen before dividing.
  const candidates = topK === undefined ? weighAll(logits, temperature) : weighTopK(logits, topK, temperature);
  if (topP !== undefined && topP < 1) keepNucleus(candidates, topP);
  return candidates;
}

function only(id: number): Candidates {
  const candidates = reserveCandidates(1);
  candidates.count = 0;
  candidates.total = 0;
  add(candidates, id, 0);
  return candidates;
}

function weighAll(logits: Float32Array, temperature: number): Candidates {
  const highest = highestLogit(logits);
  const candidates = reserveCandidates(logits.length);
  candidates.count = 0;
  candidates.total = 0;
  for (let id = 0; id < logits.length; id++) add(candidates, id, (highest - logits[id]) / temperature);
  return candidates;
}

function weighTopK(logits: Float32Array, k: number, temperature: number): Candidates {
  requireFloat32Array(logits);
  const candidates = reserveCandidates(logits.length);
  const { ids } = candidates;
  const gathered = gatherTopK(logits, k, ids);
  let highest = -Infinity;
  for (let i = 0; i < gathered; i++) highest = Math.max(highest, logits[ids[i]]);
  requireFiniteHighest(logits, highest);
  candidates.count = 0;
  candidates.total = 0;
  // Written over the gathered ids: never further than they have been read.
  for (let i = 0; i < gathered; i++) add(candidates, ids[i], (highest - logits[ids[i]]) / temperature);
  return candidates;
}

/** Adds a token, unless it is impossible: infinitely far below the best. */
function add(candidates: Candidates, id: number, distance: number): void {
  if (distance === Infinity) return;
  const weight = Math.exp(-distance);
  candidates.ids[candidates.count] = id;
  candidates.distances[candidates.count] = distance;
  candidates.weights[candidates.count++] = weight;
  candidates.total += weight;
}

function keepNucleus(candidates: Candidates, p: number): void {
  const { ids, distances, count } = candidates;
  const edge = nucleusEdge(candidates, p);
  let tiesLeft = edge.ties;
  candidates.count = 0;
  candidates.total = 0;
  for (let i = 0; i < count; i++) {
    if (distances[i] > edge.distance || (distances[i] === edge.distance && tiesLeft-- <= 0)) continue;
    add(candidates, ids[i], distances[i]);
  }
}
