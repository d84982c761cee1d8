// `kk train --keep N`: earlier checkpoints in `checkpoints/` of the run's folder, the last N and the best one.
import { join } from 'node:path';
import { CheckpointHistory, saveCheckpoint } from '@kk/gpt/node';
import { estimateOf } from './measured.js';
import { recordToJSON } from './record.js';
import type { TrainingRun } from './run.js';

export class KeptCheckpoints {
  readonly #history: CheckpointHistory;

  private constructor(history: CheckpointHistory) {
    this.#history = history;
  }

  /** @throws {Error} naming the list of checkpoints when it is damaged */
  static async open({ folder, trainer: { stepsDone }, record: { settings: { keep } } }: TrainingRun): Promise<KeptCheckpoints> {
    return new KeptCheckpoints(await CheckpointHistory.open(join(folder, 'checkpoints'), { keep, stepsDone }));
  }

  /** Adds the state of the run, with its loss on unseen text; the same state is added once. */
  async add({ trainer, data, record, context }: TrainingRun): Promise<void> {
    const { stepsDone, model } = trainer;
    if (this.#history.kept.at(-1)?.step === stepsDone) return;
    const measure = estimateOf(model, data.validation);
    const measured = await measure?.(context.io.interrupt.aborted ? undefined : context.io.interrupt);
    await this.#history.add(stepsDone, measured?.loss ?? null, (folder) => saveCheckpoint(folder, trainer, { tokenizer: data.tokenizer.toJSON(), extra: recordToJSON(record, folder) }));
  }
}
