// A prepared training run: the data, the trainer and the folder. New runs (start.ts) and resumed ones (resume.ts) are only prepared
// differently; afterwards they are the same.
import { DivergenceError, type Trainer } from '@kk/gpt';
import { saveCheckpoint } from '@kk/gpt/node';
import type { Engine } from '@kk/nn-core';
import type { Context } from '../context.js';
import { describe, Failure, isOutOfSpace, type NextCommand } from '../errors.js';
import type { OutputFolder } from '../files/output-folder.js';
import { quotePath, shortPath } from '../files/paths.js';
import { removeRunFiles, TUNING_FILES } from '../files/run-files.js';
import type { TrainingData } from './data.js';
import type { KeptCheckpoints } from './keep.js';
import { recordToJSON, type RunRecord } from './record.js';
import type { SettingChange } from './settings.js';

export class TrainingRun {
  /** The step of the checkpoint in the folder, if there is one. */
  savedStep: number | undefined;
  /** The settings that were changed when the run was resumed. */
  changes: readonly SettingChange[] = [];
  /** What computed it until it was resumed, where that is another backend than now. */
  backendBefore: string | undefined;
  /** Where earlier checkpoints are kept, if they are. */
  kept: KeptCheckpoints | undefined;
  /** The full path of the page that shows the run, if one was asked for. */
  report: string | undefined;
  readonly #output: OutputFolder;

  constructor(
    readonly context: Context,
    readonly engine: Engine,
    readonly trainer: Trainer,
    readonly data: TrainingData,
    readonly folder: string,
    readonly record: RunRecord,
    output: OutputFolder,
  ) {
    this.#output = output;
  }

  /** The folder as shown in messages. */
  get shownFolder(): string {
    return shortPath(this.context.io.cwd, this.folder);
  }

  /** The command that resumes this run. */
  get resumeCommand(): string {
    return `${this.context.io.command} train --resume ${quotePath(this.shownFolder)}`;
  }

  /**
   * Saves model, tokenizer and checkpoint.
   * @throws {Failure} when saving fails; an earlier checkpoint is then still there
   */
  async save(): Promise<void> {
    const { stepsDone } = this.trainer;
    if (this.savedStep === stepsDone) return;
    try {
      await saveCheckpoint(this.folder, this.trainer, { tokenizer: this.data.tokenizer.toJSON(), extra: recordToJSON(this.record, this.folder) });
      if (this.savedStep === undefined) await removeRunFiles(this.folder, TUNING_FILES);
      await this.kept?.add(this);
    } catch (error) {
      if (error instanceof DivergenceError) throw this.brokenDown(error);
      const why = isOutOfSpace(error) ? 'The disk is full' : describe(error).replace(/\.$/, '');
      const message = `${why}: step ${stepsDone} could not be saved in ${this.shownFolder}.`;
      if (this.savedStep === undefined) throw new Failure(message, 'Make room or choose another --out.', { cause: error });
      throw new Failure(message, `The checkpoint of step ${this.savedStep} is intact. Make room first.`, { cause: error, next: this.#goOn });
    }
    this.savedStep = stepsDone;
  }

  /** The message for a diverged training. Earlier checkpoints still exist. */
  brokenDown(error: DivergenceError): Failure {
    const change = this.record.settings.clip === 0 ? 'a lower --lr, or clip the gradients, for example --clip 1' : 'a lower --lr';
    if (this.savedStep === undefined) return new Failure(error.message, `Nothing of this run was saved; start it anew with ${change}.`, { cause: error });
    return new Failure(error.message, `The checkpoint of step ${this.savedStep} is intact. Take ${change}.`, { cause: error, next: this.#goOn });
  }

  get #goOn(): NextCommand {
    return { about: 'Go on with it:', command: this.resumeCommand };
  }

  dispose(): void {
    this.trainer.dispose();
    this.engine.dispose();
    this.#output.release();
  }
}
