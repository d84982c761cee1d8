// Carries out a prepared tuning: trains, reports, saves, and says how to go on where it was stopped.
import { join } from 'node:path';
import { exitCodes, Interrupted } from '../errors.js';
import { quotePath } from '../files/paths.js';
import { RECIPE } from '../files/run-files.js';
import { answersTo } from './answers.js';
import { keptWeights } from './kept-weights.js';
import type { LookOf, RunParts } from './method.js';
import type { RunEvent, TuningReporter } from './reporter.js';
import { divergenceOf, type TuningRun } from './run.js';

export interface CarryOutOptions {
  /** Default: a tenth of the steps, at most 250. */
  readonly saveEvery?: number;
  readonly json?: boolean;
}

/** A short run, too, has a checkpoint early, so that little is lost when it is killed. */
const SAVES = 10;
const MOST_BETWEEN_SAVES = 250;

/** @throws {Interrupted} when it was stopped; {Failure} when it broke down or could not be saved */
export async function carryOut<P extends RunParts>(run: TuningRun<P>, { saveEvery: given, json }: CarryOutOptions, reporter: TuningReporter<P>): Promise<void> {
  const { context, parts } = run;
  const { tuning, model, questions, tokenizer, endTokens, settings: { lookEvery } } = parts;
  const { trainer } = tuning;
  const looks: readonly LookOf<P>[] = tuning.looks;
  const signal = context.io.interrupt;
  const saveEvery = given ?? Math.min(MOST_BETWEEN_SAVES, Math.ceil(trainer.options.steps / SAVES));
  const started = performance.now();
  if (!json && trainer.isDone && looks.at(-1)?.step === trainer.stepsDone) {
    await run.saveResult(); // the run may have ended right before
    return sayFinished(run);
  }
  reporter.started(run);
  try {
    for await (const event of tuning.run({ ...(lookEvery !== undefined && { lookEvery }), saveEvery, signal })) {
      if (event.type === 'save') await run.save();
      reporter.happened(event as RunEvent<LookOf<P>>);
    }
    const seconds = (performance.now() - started) / 1000;
    await run.saveResult();
    const answers = await answersTo(questions, model, tokenizer, endTokens, signal);
    const best: LookOf<P> | undefined = keptWeights(parts) === 'best' ? tuning.best : undefined;
    reporter.finished(run, { steps: trainer.stepsDone, seconds, before: looks[0]!, after: best ?? looks.at(-1)!, answers });
  } catch (error) {
    const divergence = divergenceOf(error);
    if (divergence) throw await run.saveRemains(divergence);
    if (!signal.aborted || error !== signal.reason) throw error;
    await run.save();
    if (trainer.stepsDone > 0 && !trainer.isDone) await run.saveResult(); // before the first step nothing is learned
    throw stopped(run, signal.reason);
  }
}

/** What a run says that has nothing left to do. */
function sayFinished({ context, verb, parts, shownFolder }: TuningRun): void {
  const { terminal, io } = context;
  const { steps } = parts.tuning.trainer.options;
  terminal.paragraph(`${shownFolder} is already finished: all ${steps} steps are done. To train longer, run its recipe again with more steps:`, { indent: 1 });
  terminal.command(`${io.command} ${verb} --recipe ${quotePath(join(shownFolder, RECIPE))} --steps ${2 * steps} --out ${quotePath(`${shownFolder}-longer`)}`);
}

/** The message after Ctrl-C. Also used if nobody reads the output any more, because that run is not complete either. */
function stopped({ parts, shownFolder, resumeCommand }: TuningRun, reason: unknown): Interrupted {
  const { stepsDone, options } = parts.tuning.trainer;
  const exitCode = reason instanceof Interrupted && reason.exitCode !== exitCodes.success ? reason.exitCode : exitCodes.interrupted;
  return new Interrupted(`Stopped after step ${stepsDone} of ${options.steps}; saved in ${shownFolder}.`, exitCode, { about: 'Go on with it:', command: resumeCommand });
}
