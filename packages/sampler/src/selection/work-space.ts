// The memory that choosing a token needs, kept between calls so that a token costs no allocation of the vocabulary's size.
import { Candidates } from './candidates.js';

// Nearly always one. More only where a stage or a random source, which may be foreign code, samples itself.
const idle: Candidates[] = [];

/** Candidates for these logits, shape (vocabSize,). Give them back when done. @throws TypeError if they are no Float32Array */
export function borrowCandidates(logits: Float32Array): Candidates {
  const candidates = idle.pop() ?? new Candidates();
  return candidates.load(logits);
}

/** Ends the use of borrowed candidates, after an error too. */
export function giveBackCandidates(candidates: Candidates): void {
  idle.push(candidates);
}
