// Memory for sampling, reused between calls, so that a token needs no allocation of the vocabulary's size.
import { Candidates } from './candidates.js';

// Usually one. More only if a stage or a random source calls a sampler itself.
const idle: Candidates[] = [];

/** Candidates for these logits, shape (vocabSize,). Give them back when done. @throws TypeError if they are not a Float32Array */
export function borrowCandidates(logits: Float32Array): Candidates {
  const candidates = idle.pop() ?? new Candidates();
  return candidates.load(logits);
}

/** Ends the use of borrowed candidates, after an error too. */
export function giveBackCandidates(candidates: Candidates): void {
  idle.push(candidates);
}
