// What a report shows of a run: its numbers over time, in bounded memory however long the run is, and what the model wrote on the way.
import type { StepReport, TrainingEvent } from '@kk/gpt';

/** The means of some consecutive steps. */
export interface HistoryPoint {
  /** Mean number of the steps; the first step is 1. */
  readonly step: number;
  /** Nats per token. */
  readonly loss: number;
  readonly learningRate: number;
  readonly gradientNorm: number;
  /** All tokens by all seconds. */
  readonly tokensPerSecond: number;
}

export interface HistorySample {
  readonly step: number;
  readonly text: string;
}

/** Above this many points, each two neighbours become one. */
const MOST_POINTS = 400;

interface Sums {
  steps: number;
  step: number;
  loss: number;
  learningRate: number;
  gradientNorm: number;
  tokens: number;
  seconds: number;
}

const NAMES = ['steps', 'step', 'loss', 'learningRate', 'gradientNorm', 'tokens', 'seconds'] as const;

export class RunHistory {
  readonly validations: { readonly step: number; readonly loss: number }[] = [];
  readonly samples: HistorySample[] = [];
  #sums: Sums[] = [];
  /** How many steps a point is the mean of; the last point may have fewer. */
  #stepsPerPoint = 1;

  happened(event: TrainingEvent<StepReport>): void {
    if (event.type === 'validation') this.validations.push({ step: event.step, loss: event.loss });
    if (event.type !== 'step') return;
    const last = this.#sums.at(-1);
    const report = { steps: 1, ...event.report };
    if (last && last.steps < this.#stepsPerPoint) addTo(last, report);
    else this.#sums.push(Object.fromEntries(NAMES.map((name) => [name, report[name]])) as unknown as Sums);
    if (this.#sums.length > MOST_POINTS) this.#halve();
  }

  get points(): HistoryPoint[] {
    return this.#sums.map(({ steps, step, loss, learningRate, gradientNorm, tokens, seconds }) => ({
      step: step / steps,
      loss: loss / steps,
      learningRate: learningRate / steps,
      gradientNorm: gradientNorm / steps,
      tokensPerSecond: seconds > 0 ? tokens / seconds : NaN,
    }));
  }

  #halve(): void {
    this.#stepsPerPoint *= 2;
    const pairs: Sums[] = [];
    this.#sums.forEach((sums, i) => (i % 2 === 0 ? pairs.push(sums) : addTo(pairs.at(-1)!, sums)));
    this.#sums = pairs;
  }
}

function addTo(sums: Sums, more: Sums): void {
  for (const name of NAMES) sums[name] += more[name];
}
