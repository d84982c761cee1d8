// Reports a tuning: what it is made of before it begins, how it goes, and what became of the answers.
import type { Stop } from '@kk/finetune';
import type { Context } from '../context.js';
import { backendInWords, otherBackendInWords } from '../options/computed-by.js';
import { describeTokenizer } from '../files/tokenizers.js';
import { quotePath, shortPath } from '../files/paths.js';
import { lossCurve } from '../terminal/loss-curve.js';
import { numberFormats } from '../terminal/numbers.js';
import { Progress } from '../terminal/progress.js';
import { factTable } from '../terminal/table.js';
import { printable, wrap } from '../terminal/text.js';
import { TrainingMeter, trainingLine } from '../training/meter.js';
import { architectureOf } from '../training/settings.js';
import { keptWeights } from './kept-weights.js';
import type { LookOf, RunParts, RunWords, Step } from './method.js';
import type { TuningRun } from './run.js';
import { trainedInWords } from './settings.js';

export interface TuningSummary<L> {
  readonly steps: number;
  readonly seconds: number;
  /** The looks before the first step, and at the step whose weights are saved. */
  readonly before: L;
  readonly after: L;
  readonly answers: readonly string[];
}

/** What a run tells of. */
export type RunEvent<L> = { readonly type: 'step'; readonly report: Step } | ({ readonly type: 'look'; readonly step: number; readonly isBest: boolean } & L) | { readonly type: 'save'; readonly step: number } | Stop;

export interface TuningReporter<P extends RunParts> {
  started(run: TuningRun<P>): void;
  happened(event: RunEvent<LookOf<P>>): void;
  finished(run: TuningRun<P>, summary: TuningSummary<LookOf<P>>): void;
}

const numbers = numberFormats('en');

/** One JSON object a line. */
export class JsonTuningReporter<P extends RunParts> implements TuningReporter<P> {
  readonly #context: Context;
  readonly #quiet: boolean;
  readonly #words: RunWords<P>;

  constructor(context: Context, quiet: boolean, words: RunWords<P>) {
    this.#context = context;
    this.#quiet = quiet;
    this.#words = words;
  }

  started({ parts, folder, savedStep, backendBefore }: TuningRun<P>): void {
    if (this.#quiet) return;
    const { tuning, model, addedTokens, settings } = parts;
    const { trainer } = tuning;
    this.#context.json({
      event: 'start',
      trained: settings.trained,
      parameters: tuning.model.parameterCount(),
      trainedParameters: trainedCount(parts),
      ...trainer.options,
      ...this.#words.startFacts(parts),
      addedTokens,
      backend: model.engine.backend.description,
      out: folder,
      resumedFrom: savedStep ?? null,
      backendBefore: backendBefore ?? null,
    });
  }

  happened(event: RunEvent<LookOf<P>>): void {
    if (this.#quiet) return;
    if (event.type === 'step') {
      if (event.report.step % JSON_EVERY === 0 || event.report.step === 1) this.#context.json({ event: 'step', ...event.report });
    } else {
      const { type, ...fields } = event;
      this.#context.json({ event: type, ...fields });
    }
  }

  finished({ parts, folder }: TuningRun<P>, { answers, ...summary }: TuningSummary<LookOf<P>>): void {
    const asked = parts.questions.map(({ text, answers: [expected], example }, i) => ({ prompt: text, learned: parts.data.training.includes(example), expected, before: parts.before[i], after: answers[i] }));
    this.#context.json({ event: 'done', kept: keptWeights(parts), ...summary, answers: asked, out: folder });
  }
}

// Every tenth step is enough for a plot.
const JSON_EVERY = 10;

/** Steps of which the line of progress shows means: those of single batches vary. */
const SHOWN_STEPS = 20;

/** Lines for people. */
export class ConsoleTuningReporter<P extends RunParts> implements TuningReporter<P> {
  readonly #progress: Progress;
  readonly #context: Context;
  readonly #quiet: boolean;
  readonly #words: RunWords<P>;
  readonly #last: Step[] = [];
  #meter: TrainingMeter | undefined;
  #parts: P | undefined;

  constructor(context: Context, quiet: boolean, words: RunWords<P>) {
    this.#context = context;
    this.#quiet = quiet;
    this.#words = words;
    this.#progress = new Progress(context.terminal);
  }

  started(run: TuningRun<P>): void {
    const { tuning, model, settings, addedTokens, tokenizer } = run.parts;
    const { trainer } = tuning;
    const { options } = trainer;
    this.#parts = run.parts;
    this.#meter = new TrainingMeter(options.steps, trainer.stepsDone);
    if (this.#quiet) return;
    const { cwd } = this.#context.io;
    const { layers, width } = model.config;
    const trained = trainedCount(run.parts);
    const all = tuning.model.parameterCount();
    const { accumulate } = settings;
    this.#print(
      factTable(
        [
          ...this.#words.exampleRows(run.parts, cwd),
          ['Model', `${shortPath(cwd, settings.model)}: ${architectureOf(model)}, ${numbers.count(layers, 'layer')}, width ${width}; ${describeTokenizer(tokenizer)}`],
          ...(addedTokens.length > 0 ? [['New tokens', `${addedTokens.join(' ')}: the tokenizer lacked them`] as const] : []),
          ['Trained', `${trainedInWords(settings.trained)}: ${numbers.integer(trained)} of ${numbers.integer(all)} parameters, ${numbers.percent(trained / all, trained < all ? 1 : 0)}`],
          ['Training', `${numbers.count(options.steps, 'step')} of ${accumulate > 1 ? `${accumulate} × ` : ''}${this.#words.batchSize(run.parts)} ${this.#words.rows}, learning rate ${options.learningRate} to ${options.minimumLearningRate}`],
          ['Device', backendInWords(model.engine, this.#context.io.command)],
          ['Folder', run.shownFolder],
        ],
        this.#context.terminal,
      ),
    );
    if (run.savedStep !== undefined) this.#print(wrap(`Going on after step ${numbers.integer(run.savedStep)}.`, this.#context.terminal.columns, 1));
    if (run.backendBefore !== undefined) this.#print(wrap(otherBackendInWords(run.backendBefore), this.#context.terminal.columns, 1));
    this.#print();
  }

  happened(event: RunEvent<LookOf<P>>): void {
    const meter = this.#meter;
    if (!meter) return;
    if (event.type === 'step') {
      meter.add({ ...event.report, tokens: this.#words.tokensOf(this.#parts!, event.report) });
      this.#last.push(event.report);
      if (this.#last.length > SHOWN_STEPS) this.#last.shift();
    }
    if (this.#quiet) return;
    const { interactive, columns, colors } = this.#context.terminal;
    if (event.type === 'step') this.#progress.update(() => trainingLine(meter, { interactive, columns, colors, numbers, more: this.#words.figures(this.#last) }));
    if (event.type === 'look') {
      const line = this.#words.lookLine(event, event.isBest);
      if (line !== undefined) this.#print(wrap(`step ${numbers.integer(event.step)}: ${line}`, columns, 1));
    }
    if (event.type === 'stop') this.#print(wrap(`Stopped after step ${numbers.integer(event.step)}: its answers were ${numbers.decimal(event.kl, 2)} nats from the base on the average, and --max-kl allows ${numbers.decimal(event.maximumKl, 2)}.`, columns, 1));
  }

  finished(run: TuningRun<P>, { steps, seconds, before, after, answers }: TuningSummary<LookOf<P>>): void {
    const { terminal, io } = this.#context;
    const { questions, before: earlier, data } = run.parts;
    this.#progress.done();
    const curve = this.#words.curve(run.parts);
    if (!this.#quiet && curve && this.#meter && this.#meter.losses.length > 1) {
      const { line, caption } = curve;
      this.#print();
      this.#print(lossCurve({ losses: this.#meter.losses, ...(line !== undefined && { guessing: line }) }, { columns: terminal.columns, height: 8, numbers, colors: terminal.colors }));
      this.#print(terminal.colors.dim(wrap(caption, terminal.columns, 1)));
    }
    if (!this.#quiet) questions.forEach(({ text, answers: [expected], example }, i) => this.#answer(text, data.training.includes(example), expected!, earlier[i]!, answers[i]!));
    this.#print();
    this.#print(
      factTable(
        [
          ['Steps', `${numbers.integer(steps)}${keptInWords(run.parts, steps)}`],
          ...this.#words.changeRows(before, after),
          ...this.#words.doubts(run.parts, before, after).map((doubt) => ['Note', doubt] as const),
          ['Time', seconds < 10 ? `${numbers.decimal(seconds, 1)} s` : numbers.duration(seconds)],
          ['Saved in', run.shownFolder],
        ],
        terminal,
      ),
    );
    const next = this.#words.next(run.parts);
    if (this.#quiet || !next) return;
    this.#print();
    this.#print(` ${next.about}`);
    terminal.command(`${io.command} ${next.verb} ${quotePath(run.shownFolder)}`);
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
          ...(expected === '' ? [] : [['example', firstPart(expected)] as const]),
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

/** Which weights are saved, where these are others than a reader expects. */
function keptInWords(parts: RunParts, steps: number): string {
  const { best } = parts.tuning;
  const { heldOutExamples, settings } = parts;
  if (!best || heldOutExamples === 0 || best.step === steps) return '';
  if (keptWeights(parts) === 'best') return `; the weights after step ${numbers.integer(best.step)}, the best, are saved`;
  const why = settings.keep ? '' : `: ${numbers.count(heldOutExamples, 'held-out example')} cannot say which are best (--keep best)`;
  return `; the last weights are saved, not those of step ${numbers.integer(best.step)}${why}`;
}

const trainedCount = ({ tuning }: RunParts): number => tuning.model.trainableParameters().reduce((sum, { size }) => sum + size, 0);
