// Reports a training run: lines and a curve for people, one JSON object per line for programs.
import type { StepReport, TrainingEvent } from '@kk/gpt';
import type { Context } from '../context.js';
import { backendInWords, otherBackendInWords } from '../options/computed-by.js';
import { describeTokenizer } from '../files/tokenizers.js';
import { quotePath, shortPath } from '../files/paths.js';
import { lossCaption, lossCurve } from '../terminal/loss-curve.js';
import { numberFormats } from '../terminal/numbers.js';
import { Progress } from '../terminal/progress.js';
import { factTable } from '../terminal/table.js';
import type { Terminal } from '../terminal/terminal.js';
import { wrap } from '../terminal/text.js';
import type { TrainingData } from './data.js';
import { TrainingMeter, trainingLine } from './meter.js';
import type { TrainingRun } from './run.js';
import { architectureOf, flagOf } from './settings.js';
import type { Summary } from './summary.js';

export interface TrainingReporter {
  started(run: TrainingRun): void;
  happened(event: TrainingEvent<StepReport>): void;
  /** Progress of the final evaluation, in tokens. */
  measuring(done: number, total: number): void;
  finished(run: TrainingRun, summary: Summary): void;
}

// Every tenth step is enough for a plot.
const JSON_EVERY = 10;

export class JsonReporter implements TrainingReporter {
  readonly #context: Context;
  readonly #quiet: boolean;

  constructor(
    context: Context,
    quiet: boolean,
  ) {
    this.#context = context;
    this.#quiet = quiet;
  }

  started({ trainer, data, record, folder, report, savedStep, changes, backendBefore }: TrainingRun): void {
    if (this.#quiet) return;
    const { config } = trainer.model;
    this.#context.json({
      event: 'start',
      ...config,
      parameters: trainer.model.parameterCount(),
      ...trainer.options,
      requestedVocabSize: data.requestedVocabSize ?? null,
      trainTokens: data.trainingTokens,
      validationTokens: data.validationTokens,
      device: record.device,
      backend: trainer.model.engine.backend.description,
      out: folder,
      report: report ?? null,
      resumedFrom: savedStep ?? null,
      backendBefore: backendBefore ?? null,
      changes: changes.map(({ name, from, to }) => ({ option: flagOf(name), from, to })),
    });
  }

  happened(event: TrainingEvent<StepReport>): void {
    if (this.#quiet) return;
    switch (event.type) {
      case 'step':
        if (event.report.step % JSON_EVERY === 0 || event.report.step === 1) this.#context.json({ event: 'step', ...event.report });
        return;
      case 'validation':
        return this.#context.json({ event: 'validation', step: event.step, valLoss: event.loss, tokens: event.tokens });
      case 'save':
        return this.#context.json({ event: 'save', step: event.step });
    }
  }

  measuring(): void {}

  finished({ trainer, folder, report }: TrainingRun, summary: Summary): void {
    this.#context.json({ event: 'done', ...summary, parameters: trainer.model.parameterCount(), vocabSize: trainer.model.config.vocabSize, out: folder, report: report ?? null });
  }
}

const numbers = numberFormats('en');

export class ConsoleReporter implements TrainingReporter {
  readonly #progress: Progress;
  #meter: TrainingMeter | undefined;
  /** The first progress of the final evaluation: tokens, and milliseconds. */
  #measuredFirst: { done: number; at: number } | undefined;

  readonly #context: Context;
  readonly #quiet: boolean;

  constructor(
    context: Context,
    quiet: boolean,
  ) {
    this.#context = context;
    this.#quiet = quiet;
    this.#progress = new Progress(context.terminal);
  }

  started(run: TrainingRun): void {
    const { trainer, data, savedStep, changes, backendBefore } = run;
    const { model, options } = trainer;
    const { config, engine } = model;
    this.#meter = new TrainingMeter(options.steps, trainer.stepsDone);
    if (this.#quiet) return;
    const isMixed = (data.weights?.length ?? 0) > 1;
    const files = data.paths.map((path, i) => `${isMixed ? `${data.weights![i]} × ` : ''}${shortPath(this.#context.io.cwd, path)}`).join(', ');
    this.#print(
      factTable(
        [
          ['Text', data.characters === undefined ? files : `${files}: ${numbers.integer(data.characters)} characters`],
          ['Tokens', `${describeTokenizer(data.tokenizer)}; ${numbers.integer(data.trainingTokens)} to train on, ${numbers.integer(data.validationTokens)} to check on`],
          ...(data.requestedVocabSize === undefined ? [] : [['Asked for', `${numbers.integer(data.requestedVocabSize)} tokens; the text has no more`] as const]),
          ['Model', `${architectureOf(model)}, ${numbers.count(config.layers, 'layer')}, ${numbers.count(config.heads, 'head')}, width ${config.width}, context ${config.contextLength}: ${numbers.integer(model.parameterCount())} parameters`],
          ['Training', `${numbers.count(options.steps, 'step')} of ${options.accumulationSteps > 1 ? `${options.accumulationSteps} × ` : ''}${options.batchSize} × ${config.contextLength} tokens, learning rate ${options.learningRate} to ${options.minimumLearningRate}`],
          ['Device', backendInWords(engine, this.#context.io.command)],
          ['Folder', run.shownFolder],
          ...reportFact(run),
        ],
        this.#context.terminal,
      ),
    );
    const { columns } = this.#view;
    if (savedStep !== undefined) this.#print(wrap(`Going on after step ${numbers.integer(savedStep)}.`, columns, 1));
    if (backendBefore !== undefined) this.#print(wrap(otherBackendInWords(backendBefore), columns, 1));
    for (const { name, from, to } of changes) this.#print(wrap(`Changed: ${flagOf(name)} from ${from} to ${to}.`, columns, 1));
    this.#print();
  }

  happened(event: TrainingEvent<StepReport>): void {
    const meter = this.#meter;
    if (!meter) return;
    if (event.type === 'step') meter.add(event.report);
    if (this.#quiet) return;
    switch (event.type) {
      case 'step':
        return this.#progress.update(() => trainingLine(meter, { ...this.#view, numbers }));
      case 'validation':
        this.#print(wrap(`step ${numbers.integer(event.step)}: loss ${numbers.decimal(meter.loss, 3)} in training, ${numbers.decimal(event.loss, 3)} on unseen text`, this.#view.columns, 1));
        return;
      case 'save':
        return;
    }
  }

  measuring(done: number, total: number): void {
    if (this.#quiet) return;
    const at = performance.now();
    const first = (this.#measuredFirst ??= { done, at });
    const secondsLeft = ((at - first.at) / 1000) * ((total - done) / (done - first.done));
    const left = done > first.done ? `, ${numbers.duration(secondsLeft)} left` : '';
    this.#progress.update(() => ` Measuring the model: ${numbers.percent(done / total)} of ${numbers.integer(total)} tokens${left}`);
  }

  finished(run: TrainingRun, summary: Summary): void {
    const { terminal, io } = this.#context;
    this.#progress.done();
    const meter = this.#meter;
    if (!this.#quiet && meter && meter.losses.length > 1) {
      this.#print();
      const guessing = Math.log(run.trainer.model.config.vocabSize);
      this.#print(lossCurve({ losses: meter.losses, guessing }, { columns: terminal.columns, height: 10, numbers, colors: terminal.colors }));
      this.#print(terminal.colors.dim(wrap(lossCaption(guessing, numbers), terminal.columns, 1)));
      this.#print();
    }
    const facts: (readonly [string, string])[] = [['Steps', numbers.integer(summary.steps)]];
    if (summary.valLoss !== null) {
      facts.push(['Unseen text', `loss ${numbers.decimal(summary.valLoss, 4)} nats per token, perplexity ${numbers.decimal(Math.exp(summary.valLoss), 2)}, ${numbers.decimal(summary.bitsPerByte ?? NaN, 3)} bits per byte${measuredPart(summary.validationTokens, run.data)}`]);
    }
    facts.push(['Known text', `loss ${numbers.decimal(summary.trainLoss, 4)}`]);
    facts.push(['Time', `${summary.seconds < 10 ? `${numbers.decimal(summary.seconds, 1)} s` : numbers.duration(summary.seconds)}${summary.tokensPerSecond === null ? '' : `, ${numbers.integer(summary.tokensPerSecond)} tokens per second`}`]);
    if (summary.gigaflops !== null) facts.push(['Arithmetic', arithmetic(summary.gigaflops, summary.peakShare)]);
    facts.push(['Saved in', run.shownFolder], ...reportFact(run));
    this.#print(factTable(facts, terminal));
    if (!this.#quiet) {
      this.#print();
      this.#print(' Let it write:');
      terminal.command(`${io.command} generate --model ${quotePath(run.shownFolder)}`);
    }
  }

  get #view(): Pick<Terminal, 'interactive' | 'columns' | 'colors'> {
    const { interactive, columns, colors } = this.#context.terminal;
    return { interactive, columns, colors };
  }

  #print(text = ''): void {
    this.#context.terminal.print(text);
  }
}

/** The page that shows the run, if one was asked for. */
const reportFact = ({ report, context }: TrainingRun): (readonly [string, string])[] => (report === undefined ? [] : [['Report', shortPath(context.io.cwd, report)]]);

/** Says which part of a split was measured, if it was not all of it. */
function measuredPart(measured: number, { validation, validationTokens }: TrainingData): string {
  const all = validationTokens - validation.length; // the first token of each file is not predicted
  if (measured === all) return '';
  return validation.length > 1 ? `; of ${numbers.integer(measured)} of ${numbers.integer(all)} tokens, from the beginning of each file` : `; of the first ${numbers.integer(measured)} of ${numbers.integer(all)} tokens`;
}

/**
 * For example `25.3 GFLOP/s, 23% of the 110 that this machine reaches at most`. A tiny model's rate has more digits, and no share, which
 * would be 0%.
 */
export function arithmetic(gigaflops: number, peakShare: number | null): string {
  const rate = `${numbers.decimal(gigaflops, gigaflops >= 1 ? 1 : gigaflops >= 0.1 ? 2 : 4)} GFLOP/s`;
  if (peakShare === null || peakShare < 0.005) return rate;
  const peak = numbers.integer(gigaflops / peakShare);
  if (peakShare > 1) return `${rate}; the peak of this machine, measured at another moment, was ${peak}`;
  return `${rate}, ${numbers.percent(peakShare)} of the ${peak} that this machine reaches at most`;
}
