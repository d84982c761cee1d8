// How far a run is, as figures say it.
import type { Tuning } from '../../lab/jobs/tuning.js';

/** `stopped`: the visitor ended it, or left the page; `broken`: its numbers grew too large. */
export type RunStage = 'learning' | 'done' | 'stopped' | 'broken';

type Progress = Pick<Tuning, 'step' | 'steps' | 'isBroken'>;

/** @param isGoing  whether its job goes on */
export function stageOf({ step, steps, isBroken }: Progress, isGoing: boolean): RunStage {
  if (isBroken) return 'broken';
  return step >= steps ? 'done' : isGoing ? 'learning' : 'stopped';
}
