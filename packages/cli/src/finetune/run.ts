// A prepared tuning: the model, its data and the folder. New runs and resumed ones are made by `start.ts`; afterwards they are the same.
import { join, relative } from 'node:path';
import { saveAdapter } from '@kk/finetune/node';
import { DivergenceError, type GenerationConfig } from '@kk/gpt';
import { saveModel } from '@kk/gpt/node';
import { saveTokenizer, saveTokenizerConfig } from '@kk/tokenizer/node';
import { writeWholeFile } from '@kk/whole-file';
import type { ChatTemplate } from '../chat/template.js';
import type { Context } from '../context.js';
import { describe, Failure, isOutOfSpace, type NextCommand } from '../errors.js';
import type { OutputFolder } from '../files/output-folder.js';
import { quotePath, shortPath } from '../files/paths.js';
import { CHECKPOINT } from '../files/run-files.js';
import { computedBy } from '../options/computed-by.js';
import { keptWeights } from './kept-weights.js';
import type { RunParts } from './method.js';

/** What a run has besides what it computes with. */
export interface RunPlace {
  /** Full path. */
  readonly folder: string;
  readonly output: OutputFolder;
  /** What the checkpoint says that it was trained with. */
  readonly options?: object;
  /** Makes the folder this run's own: called when there is something to save, so that a run that fails before leaves what is there. */
  readonly begin?: () => Promise<void>;
}

export class TuningRun<P extends RunParts = RunParts> {
  /** The step of the checkpoint in the folder, if there is one. */
  savedStep: number | undefined;
  /** What computed it until it was resumed, where that is another backend than now. */
  backendBefore: string | undefined;
  /** Full path. */
  readonly folder: string;
  readonly output: OutputFolder;
  readonly #options: object;
  #begin: (() => Promise<void>) | undefined;

  constructor(
    readonly context: Context,
    /** Without `kk`: `finetune sft`. */
    readonly verb: string,
    readonly parts: P,
    { folder, output, options = {}, begin }: RunPlace,
  ) {
    this.folder = folder;
    this.output = output;
    this.#options = options;
    this.#begin = begin;
  }

  /** The folder as shown in messages. */
  get shownFolder(): string {
    return shortPath(this.context.io.cwd, this.folder);
  }

  /** The command that resumes this run. */
  get resumeCommand(): string {
    return `${this.context.io.command} ${this.verb} --resume ${quotePath(this.shownFolder)}`;
  }

  /**
   * Writes the checkpoint.
   * @throws {Failure} when that fails; an earlier checkpoint is then still there
   */
  async save(): Promise<void> {
    const { tuning, before, engine } = this.parts;
    const { stepsDone } = tuning.trainer;
    if (this.savedStep === stepsDone) return;
    try {
      const bytes = await tuning.toCheckpoint({ verb: this.verb, before, options: this.#options, computedBy: computedBy(engine) });
      await this.takeFolder();
      await writeWholeFile(join(this.folder, CHECKPOINT), bytes);
    } catch (error) {
      if (error instanceof DivergenceError) throw this.brokenDown(error);
      const why = isOutOfSpace(error) ? 'The disk is full' : describe(error).replace(/\.$/, '');
      throw new Failure(`${why}: step ${stepsDone} could not be saved in ${this.shownFolder}.`, 'Make room or choose another --out.', { cause: error, ...(this.savedStep !== undefined && { next: this.#goOn }) });
    }
    this.savedStep = stepsDone;
  }

  /** Writes what was learned, with the weights of the best look or the last ones: a model, or an adapter. The tuning then has these weights. */
  async saveResult(): Promise<void> {
    const { tuning, model, tokenizer, template, endTokens, settings, saveMore } = this.parts;
    if (keptWeights(this.parts) === 'best') tuning.useBest();
    await this.takeFolder();
    const generation: GenerationConfig | undefined = endTokens.length === 0 ? undefined : { endTokens: [...endTokens] };
    if (tuning.adapter) {
      await saveAdapter(this.folder, tuning.adapter, { baseModel: relative(this.folder, settings.model) || '.' });
      await saveTokenizer(tokenizer, this.folder);
    } else await saveModel(this.folder, model, { tokenizer: tokenizer.toJSON(), generation });
    const endToken = endTokens.length === 0 ? undefined : [...tokenizer.specialTokens].find(([, id]) => id === endTokens[0])?.[0];
    await saveTokenizerConfig(this.folder, { ...(template && { chatTemplate: template.template }), ...(endToken !== undefined && { endToken }), ...beginOf(template) });
    await saveMore?.(this.folder);
  }

  /**
   * Saves what a diverged training leaves: the last good step as a checkpoint, and the best weights as the result where they are better
   * than the base. The tuning then has these weights.
   * @returns the message, which says what is saved where
   */
  async saveRemains(error: DivergenceError): Promise<Failure> {
    const { best, hasImproved, trainer } = this.parts.tuning;
    try {
      if (trainer.stepsDone > 0) await this.save();
    } catch (failed) {
      if (!divergenceOf(failed)) throw failed; // otherwise the weights are ruined, and an earlier checkpoint stays
    }
    if (!best || !hasImproved) return this.brokenDown(error);
    await this.saveResult();
    return this.brokenDown(error, `The best weights, those after step ${best.step}, are saved in ${this.shownFolder}. `);
  }

  /** The message for a diverged training. Earlier checkpoints still exist. */
  brokenDown(error: DivergenceError, result = ''): Failure {
    const checkpoint = this.savedStep === undefined ? '' : `The checkpoint of step ${this.savedStep} in ${this.shownFolder} is intact, but goes on to the same end. `;
    return new Failure(error.message, `${result}${checkpoint}Start it anew with a lower --lr.`, { cause: error });
  }

  /** Removes what an earlier run left, and writes the recipe; once. */
  async takeFolder(): Promise<void> {
    await this.#begin?.();
    this.#begin = undefined;
  }

  get #goOn(): NextCommand {
    return { about: 'Go on with it:', command: this.resumeCommand };
  }

  dispose(): void {
    this.parts.tuning.dispose();
    this.parts.engine.dispose();
    this.output.release();
  }
}

/** The divergence that an error is or reports. */
export function divergenceOf(error: unknown): DivergenceError | undefined {
  const found = error instanceof Failure ? error.cause : error;
  return found instanceof DivergenceError ? found : undefined;
}

const beginOf = (template: ChatTemplate | undefined): { beginToken?: string } => (template?.variables.bos_token === undefined ? {} : { beginToken: template.variables.bos_token });
