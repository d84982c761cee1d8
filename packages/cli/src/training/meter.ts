// The current values of a run: the smoothed loss, the speed, the remaining time; and the line that shows them.
import type { StepReport } from '@kk/gpt';
import { bar, Pace } from '../terminal/progress.js';
import type { NumberFormats } from '../terminal/numbers.js';
import type { Terminal } from '../terminal/terminal.js';

// The loss of single batches varies; the mean of several shows the trend.
const SMOOTHING_STEPS = 20;

export class TrainingMeter {
  /** The loss of every step so far in this process. */
  readonly losses: number[] = [];
  /** Tokens trained on, and the seconds that the steps took. */
  tokens = 0;
  seconds = 0;
  step: number;
  readonly #pace = new Pace();

  constructor(
    readonly steps: number,
    stepsDone = 0,
  ) {
    this.step = stepsDone;
  }

  add({ step, loss, tokens, seconds }: Pick<StepReport, 'step' | 'loss' | 'tokens' | 'seconds'>): void {
    this.step = step;
    this.losses.push(loss);
    this.tokens += tokens;
    this.seconds += seconds;
    this.#pace.add(tokens, seconds);
  }

  /** Mean loss of the last steps; NaN before the first. */
  get loss(): number {
    const last = this.losses.slice(-SMOOTHING_STEPS);
    return last.reduce((sum, loss) => sum + loss, 0) / last.length;
  }

  /** The recent speed. */
  get tokensPerSecond(): number {
    return this.#pace.perSecond;
  }

  get secondsLeft(): number {
    return (this.steps - this.step) * this.#pace.secondsPerEvent;
  }

  get share(): number {
    return this.steps > 0 ? this.step / this.steps : 1;
  }
}

/** The words around the values, so that the demo can use German ones. */
export interface TrainingWords {
  step(step: string, steps: string): string;
  loss(loss: string): string;
  speed(tokensPerSecond: string): string;
  left(duration: string): string;
}

const english: TrainingWords = {
  step: (step, steps) => `step ${step} of ${steps}`,
  loss: (loss) => `loss ${loss}`,
  speed: (tokensPerSecond) => `${tokensPerSecond} tokens/s`,
  left: (duration) => `${duration} left`,
};

const LONGEST_BAR = 20;
const SHORTEST_BAR = 8;

export interface TrainingLineOptions extends Pick<Terminal, 'interactive' | 'columns' | 'colors'> {
  numbers: NumberFormats;
  /** Default English. */
  words?: TrainingWords;
  /** Blanks before each line. Default 1. */
  indent?: number;
  /** Figures that stand behind the loss. Default none. */
  more?: readonly string[];
}

/** The state of a run in one line, or more on a narrow terminal; without a bar if lines cannot be replaced. */
export function trainingLine(meter: TrainingMeter, { interactive, columns, colors, numbers, words = english, indent = 1, more = [] }: TrainingLineOptions): string {
  const step = words.step(numbers.integer(meter.step), numbers.integer(meter.steps));
  const figures = [words.loss(numbers.decimal(meter.loss, 3)), ...more, words.speed(numbers.integer(meter.tokensPerSecond)), ...(Number.isFinite(meter.secondsLeft) ? [words.left(numbers.duration(meter.secondsLeft))] : [])];
  const margin = ' '.repeat(indent);
  if (!interactive) return margin + [step, ...figures].join(', ');
  const room = (text: string): number => Math.min(LONGEST_BAR, columns - indent - 1 - text.length);
  const paint = (width: number): string => colors.cyan(bar(meter.share, width));
  const all = [step, ...figures].join(' · ');
  if (room(all) >= SHORTEST_BAR) return `${margin}${paint(room(all))} ${all}`;
  const lines = [''];
  for (const figure of figures) {
    const longer = lines.at(-1) === '' ? figure : `${lines.at(-1)} · ${figure}`;
    if (indent + longer.length <= columns) lines[lines.length - 1] = longer;
    else lines.push(figure);
  }
  return [room(step) >= SHORTEST_BAR ? `${paint(room(step))} ${step}` : step, ...lines].map((line) => margin + line).join('\n');
}
