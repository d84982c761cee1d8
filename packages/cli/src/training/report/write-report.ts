// `kk train --report`: gathers what happens in a run and writes it as a page, again after each look at unseen text, so that it can be watched.
import type { StepReport, TrainingEvent } from '@kk/gpt';
import type { Language } from '@kk/corpora';
import { writeWholeFile } from '@kk/whole-file';
import { numberFormats } from '../../terminal/numbers.js';
import type { TrainingRun } from '../run.js';
import { architectureOf } from '../settings.js';
import type { Summary } from '../summary.js';
import { floorOf } from './floor.js';
import { reportPage } from './page.js';
import { RunHistory } from './run-history.js';
import { writeSample } from './write-sample.js';

export class ReportWriter {
  readonly #history = new RunHistory();
  readonly #path: string;
  readonly #language: Language;
  readonly #resumedAfter: number | undefined;
  #tokens = 0;
  #seconds = 0;

  /** @param path full path of the page */
  constructor(path: string, language: Language, resumedAfter: number | undefined) {
    this.#path = path;
    this.#language = language;
    this.#resumedAfter = resumedAfter;
  }

  async happened(run: TrainingRun, event: TrainingEvent<StepReport>): Promise<void> {
    this.#history.happened(event);
    if (event.type === 'step') {
      this.#tokens += event.report.tokens;
      this.#seconds += event.report.seconds;
    }
    if (event.type !== 'validation') return;
    await this.#sample(run);
    await this.#write(run, undefined);
  }

  /** @param summary of a run that came to its end; undefined for one that was stopped */
  async finish(run: TrainingRun, summary: Summary | undefined): Promise<void> {
    if (this.#history.samples.at(-1)?.step !== run.trainer.stepsDone) await this.#sample(run);
    if (summary && summary.valLoss !== null) this.#history.validations.push({ step: summary.steps, loss: summary.valLoss });
    await this.#write(run, summary);
  }

  async #sample({ trainer, data }: TrainingRun): Promise<void> {
    const prompt = [...data.trainingSample[0].ids.subarray(0, 1)];
    this.#history.samples.push({ step: trainer.stepsDone, text: await writeSample(trainer.model, data.tokenizer, prompt) });
  }

  async #write(run: TrainingRun, summary: Summary | undefined): Promise<void> {
    const { trainer, data, shownFolder } = run;
    const { model } = trainer;
    const { layers, heads, width, contextLength } = model.config;
    const numbers = numberFormats(this.#language);
    const modelInWords = this.#language === 'de' ? `${architectureOf(model)}: ${layers} Schichten, ${heads} Köpfe, Breite ${width}, Kontext ${numbers.integer(contextLength)}` : `${architectureOf(model)}: ${layers} layers, ${heads} heads, width ${width}, context ${numbers.integer(contextLength)}`;
    const page = reportPage(
      this.#history,
      {
        name: shownFolder,
        model: modelInWords,
        parameters: model.parameterCount(),
        device: model.engine.backend.description,
        steps: trainer.stepsDone,
        tokens: this.#tokens,
        seconds: summary?.seconds ?? this.#seconds,
        trainLoss: summary?.trainLoss ?? null,
        valLoss: summary ? summary.valLoss : (this.#history.validations.at(-1)?.loss ?? null),
        bitsPerByte: summary?.bitsPerByte ?? null,
        floor: data.beginning === undefined ? undefined : floorOf(data.beginning, data.tokensPerCharacter ?? NaN),
        resumedAfter: this.#resumedAfter,
      },
      this.#language,
    );
    await writeWholeFile(this.#path, page);
  }
}
