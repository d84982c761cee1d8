// What a sampler is made of: a stage looks at the tokens still in the running and changes their logits, or drops some.
// A sampler is a list of stages; the order in which they stand is the order in which they work. Nothing else decides.
import { type RandomSource } from '../random/random.js';
import { type Candidates } from '../selection/candidates.js';

/** What has been written so far, as a stage sees it. */
export interface History {
  /** The ids of prompt and continuation, oldest first. They belong to the caller, who may add to them between two tokens. */
  readonly ids: ArrayLike<number>;
  /** How many of them, from the start, are the prompt: from 0 to ids.length. */
  readonly promptLength: number;
}

/** Nothing has been written yet. */
export const emptyHistory: History = { ids: [], promptLength: 0 };

/** @throws RangeError if the prompt is longer than the text, or its length is none */
export function checkHistory({ ids, promptLength }: History): void {
  if (Number.isInteger(promptLength) && promptLength >= 0 && promptLength <= ids.length) return;
  throw new RangeError(`history.promptLength is ${String(promptLength)}: expected an integer from 0 to the ${ids.length} ids of the text`);
}

/** One step from logits to a choice. */
export interface Stage {
  /** What it is called where stages are shown, for example `topK`. */
  readonly name: string;
  /**
   * Changes the candidates in place.
   *
   * @param random chance for stages that need it; the sampler's own, so that one seed repeats all
   */
  apply(candidates: Candidates, history: History, random: RandomSource): void;
  /** Told which token was taken, once per token, by those stages that keep a state of the sequence. */
  accept?(id: number): void;
  /** A copy with its own state, for beams and speculative decoding. A stage without it has no state and is shared. */
  fork?(): Stage;
}

/** Copies of all stages, each with its own state. */
export const forkStages = (stages: readonly Stage[]): Stage[] => stages.map((stage) => stage.fork?.() ?? stage);
