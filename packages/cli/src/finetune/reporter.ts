// Reports a tuning: what it is made of before it begins, how it goes, and what became of the answers.
import { mostLookedRows, type Look, type TuningEvent, type TuningExample } from '@kk/finetune';
import { type Context } from '../context.js';
import { describeTokenizer } from '../files/tokenizers.js';
import { quotePath, shortPath } from '../files/paths.js';
import { lossCaption, lossCurve } from '../terminal/loss-curve.js';
import { numberFormats } from '../terminal/numbers.js';
import { Progress } from '../terminal/progress.js';
import { factTable } from '../terminal/table.js';
import { printable, wrap } from '../terminal/text.js';
import { TrainingMeter, trainingLine } from '../training/meter.js';
import { architectureOf } from '../training/settings.js';
import { examplesIn, keptWeights } from './kept-weights.js';
import { type TuningRun } from './run.js';
import { trainedInWords } from './settings.js';

export interface TuningSummary {
  readonly steps: number;
  readonly seconds: number;
  /** The looks before the first step, and at the step whose weights are saved. */
  readonly before: Look;
  readonly after: Look;
  readonly answers: readonly string[];
}

export interface TuningReporter {
  started(run: TuningRun): void;
  happened(event: TuningEvent): void;
  finished(run: TuningRun, summary: TuningSummary): void;
}

const numbers = numberFormats('en');

/** One JSON object a line. */
export class JsonTuningReporter implements TuningReporter {
  readonly #context: Context;
  readonly #quiet: boolean;

  constructor(context: Context, quiet: boolean) {
    this.#context = context;
    this.#quiet = quiet;
  }

  started({ parts, folder, savedStep }: TuningRun): void {
    if (this.#quiet) return;
    const { tuning, rows, data, addedTokens, settings } = parts;
    const { model, trainer } = tuning;
    this.#context.json({
      event: 'start',
      trained: settings.trained,
      parameters: model.parameterCount(),
      trainedParameters: trainedCount(parts),
      ...trainer.options,
      ...rows.training.counts,
      heldOut: data.heldOut.length,
      duplicates: data.duplicates,
      filled: rows.training.filled,
      addedTokens,
      replay: settings.replay?.share ?? null,
      backend: model.engine.backend.description,
      out: folder,
      resumedFrom: savedStep ?? null,
    });
  }

  happened(event: TuningEvent): void {
    if (this.#quiet) return;
    if (event.type === 'step') {
      if (event.report.step % JSON_EVERY === 0 || event.report.step === 1) this.#context.json({ event: 'step', ...event.report });
    } else {
      const { type, ...fields } = event;
      this.#context.json({ event: type, ...fields });
    }
  }

  finished({ parts, folder }: TuningRun, { answers, ...summary }: TuningSummary): void {
    const asked = parts.questions.map(({ text, answers: [expected], example }, i) => ({ prompt: text, learned: isLearned(parts, example), expected, before: parts.before[i], after: answers[i] }));
    this.#context.json({ event: 'done', kept: keptWeights(parts), ...summary, answers: asked, out: folder });
  }
}

// Every tenth step is enough for a plot.
const JSON_EVERY = 10;

/** Lines for people. */
export class ConsoleTuningReporter implements TuningReporter {
  readonly #progress: Progress;
  readonly #context: Context;
  readonly #quiet: boolean;
  #meter: TrainingMeter | undefined;

  constructor(context: Context, quiet: boolean) {
    this.#context = context;
    this.#quiet = quiet;
    this.#progress = new Progress(context.terminal);
  }

  started(run: TuningRun): void {
    const { tuning, rows, data, settings, addedTokens, tokenizer } = run.parts;
    const { model, trainer } = tuning;
    const { options } = trainer;
    this.#meter = new TrainingMeter(options.steps, trainer.stepsDone);
    if (this.#quiet) return;
    const { cwd } = this.#context.io;
    const { counts, filled } = rows.training;
    const { layers, width, contextLength } = model.config;
    const trained = trainedCount(run.parts);
    const all = model.parameterCount();
    const heldOutRows = rows.heldOut?.rowsPerEpoch ?? 0;
    const left = [
      ...(counts.dropped > 0 ? [`${numbers.count(counts.dropped, 'example')} left out, because ${counts.dropped === 1 ? 'it is' : 'they are'} too long`] : []),
      ...(counts.truncated > 0 ? [`${numbers.count(counts.truncated, 'example')} cut (--truncation ${settings.truncation}), which cost ${numbers.count(counts.lostTargets, 'token')} to learn`] : []),
      ...(data.duplicates > 0 ? [`${numbers.count(data.duplicates, 'duplicate')}`] : []),
    ];
    this.#print(
      factTable(
        [
          ['Examples', `${settings.data.map((file) => shortPath(cwd, file)).join(', ')}: ${numbers.integer(data.training.length)} to learn, ${numbers.integer(data.heldOut.length)} to check on${heldOutRows > mostLookedRows ? `, ${mostLookedRows} rows of them at each look` : ''}`],
          ...(left.length > 0 ? [['Note', `${left.join('; ')}.`] as const] : []),
          ['Rows', `${numbers.integer(counts.rows)} of ${numbers.integer(contextLength)} tokens, ${numbers.percent(filled)} full; ${numbers.count(counts.targets, 'token')} to learn`],
          ...(settings.replay ? [['Replay', `${shortPath(cwd, settings.replay.file)}, ${numbers.percent(settings.replay.share)} of all rows`] as const] : []),
          ['Model', `${shortPath(cwd, settings.model)}: ${architectureOf(model)}, ${numbers.count(layers, 'layer')}, width ${width}; ${describeTokenizer(tokenizer)}`],
          ...(addedTokens.length > 0 ? [['New tokens', `${addedTokens.join(' ')}: the tokenizer lacked them`] as const] : []),
          ['Trained', `${trainedInWords(settings.trained)}: ${numbers.integer(trained)} of ${numbers.integer(all)} parameters, ${numbers.percent(trained / all, trained < all ? 1 : 0)}`],
          ['Training', `${numbers.count(options.steps, 'step')} of ${options.accumulationSteps > 1 ? `${options.accumulationSteps} × ` : ''}${options.batchSize} rows, learning rate ${options.learningRate} to ${options.minimumLearningRate}`],
          ['Device', model.engine.backend.description],
          ['Folder', run.shownFolder],
        ],
        this.#context.terminal,
      ),
    );
    if (run.savedStep !== undefined) this.#print(wrap(`Going on after step ${numbers.integer(run.savedStep)}.`, this.#context.terminal.columns, 1));
    this.#print();
  }

  happened(event: TuningEvent): void {
    const meter = this.#meter;
    if (!meter) return;
    if (event.type === 'step') meter.add(event.report);
    if (this.#quiet) return;
    const { interactive, columns, colors } = this.#context.terminal;
    if (event.type === 'step') this.#progress.update(() => trainingLine(meter, { interactive, columns, colors, numbers }));
    if (event.type === 'look' && (event.task !== null || event.base !== null)) {
      const figures = [...(event.task === null ? [] : [`${numbers.decimal(event.task, 3)} on unseen answers${event.isBest ? ' (lowest)' : ''}`]), ...(event.base === null ? [] : [`${numbers.decimal(event.base, 3)} on the text of the base`])];
      this.#print(wrap(`step ${numbers.integer(event.step)}: loss ${figures.join(', ')}`, columns, 1));
    }
  }

  finished(run: TuningRun, { steps, seconds, before, after, answers }: TuningSummary): void {
    const { terminal, io } = this.#context;
    const { questions, before: earlier, tuning } = run.parts;
    this.#progress.done();
    if (!this.#quiet && this.#meter && this.#meter.losses.length > 1) {
      this.#print();
      const guessing = Math.log(tuning.model.config.vocabSize);
      this.#print(lossCurve({ losses: this.#meter.losses, guessing }, { columns: terminal.columns, height: 8, numbers, colors: terminal.colors }));
      this.#print(terminal.colors.dim(wrap(lossCaption(guessing, numbers), terminal.columns, 1)));
    }
    if (!this.#quiet) questions.forEach(({ text, answers: [expected], example }, i) => this.#answer(text, isLearned(run.parts, example), expected!, earlier[i]!, answers[i]!));
    this.#print();
    this.#print(
      factTable(
        [
          ['Steps', `${numbers.integer(steps)}${keptInWords(run.parts, steps)}`],
          ...changeRow('Unseen answers', before.task, after.task),
          ...changeRow('Text of the base', before.base, after.base),
          ...doubts(steps, after, Math.log(tuning.model.config.vocabSize)).map((doubt) => ['Note', doubt] as const),
          ['Time', seconds < 10 ? `${numbers.decimal(seconds, 1)} s` : numbers.duration(seconds)],
          ['Saved in', run.shownFolder],
        ],
        terminal,
      ),
    );
    if (this.#quiet) return;
    this.#print();
    if (run.parts.template) {
      this.#print(' Talk with it:');
      terminal.command(`${io.command} chat ${quotePath(run.shownFolder)}`);
    } else {
      this.#print(' Let it write:');
      terminal.command(`${io.command} generate ${quotePath(run.shownFolder)}`);
    }
  }

  #answer(prompt: string, learned: boolean, expected: string, before: string, after: string): void {
    const { colors, columns } = this.#context.terminal;
    this.#print();
    const said = this.#context.terminal.foreignText();
    said.write(` ${lastPart(prompt)}`, colors.bold);
    this.#print();
    this.#print(colors.dim(` ${learned ? 'It learned from this example.' : 'It did not learn from this example.'}`));
    this.#print(
      factTable(
        [
          ['before', firstPart(before)],
          ['after', firstPart(after)],
          ['example', firstPart(expected)],
        ],
        { colors, columns },
      ),
    );
  }

  #print(text = ''): void {
    this.#context.terminal.print(text);
  }
}

const LONGEST = 300;

/** The end of a long text on one line: questions stand at the end of their stories. */
function lastPart(text: string): string {
  const line = onOneLine(text);
  return line.length <= LONGEST ? line : `… ${line.slice(-LONGEST)}`;
}

/** The beginning of a long text on one line: answers say the most in their first words. */
function firstPart(text: string): string {
  const line = onOneLine(text);
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)} …`;
}

const onOneLine = (text: string): string => printable(text).replace(/\s+/g, ' ').trim();

/** Whether an example was learned from. */
const isLearned = ({ data }: TuningRun['parts'], example: TuningExample): boolean => data.training.includes(example);

/** Which weights are saved, where these are others than a reader expects. */
function keptInWords(parts: TuningRun['parts'], steps: number): string {
  const { best } = parts.tuning;
  const { heldOut } = parts.rows;
  if (!best || !heldOut || best.step === steps) return '';
  if (keptWeights(parts) === 'best') return `; the weights after step ${numbers.integer(best.step)}, the best, are saved`;
  const why = parts.settings.keep ? '' : `: ${numbers.count(examplesIn(heldOut), 'held-out example')} cannot say which are best (--keep best)`;
  return `; the last weights are saved, not those of step ${numbers.integer(best.step)}${why}`;
}

/** Fewer steps than this hardly change a model. */
const FEW_STEPS = 20;

/** Why a tuning may be of little use. */
function doubts(steps: number, { task }: Look, guessing: number): string[] {
  return [
    ...(steps < FEW_STEPS ? [`${numbers.count(steps, 'step')} hardly change${steps === 1 ? 's' : ''} a model. Give more with --epochs or --steps.`] : []),
    ...(task !== null && task > guessing ? [`On unseen answers the model is worse than pure guessing, whose loss is ${numbers.decimal(guessing, 3)}. It needs more examples, more steps, or a lower --lr.`] : []),
  ];
}

/** `loss 2.312 before, 0.456 now` with the change of a loss on text in percent. */
function changeRow(name: string, before: number | null, after: number | null): (readonly [string, string])[] {
  if (before === null || after === null) return [];
  const change = after / before - 1;
  return [[name, `loss ${numbers.decimal(before, 3)} before, ${numbers.decimal(after, 3)} now (${change >= 0 ? '+' : ''}${numbers.percent(change, 1)})`]];
}

const trainedCount = ({ tuning }: TuningRun['parts']): number => tuning.model.trainableParameters().reduce((sum, { size }) => sum + size, 0);
