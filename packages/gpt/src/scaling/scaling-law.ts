// How the loss falls with compute, fitted to small runs, to predict a larger one before it is paid for:
//
//     L(C) = E + A / C^alpha        (Henighan et al. 2020; Kaplan et al. 2020 without E)
//
// E is the loss that no model can go below (the entropy of the text), C the floating-point operations of the training. The runs must each
// be of a model that fits its compute: of one model that trains longer and longer, the law is another one.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { bendOf } from './bend.js';
import { invert } from './invert.js';
import { EXPONENTS, fitPowerLaw } from './power-law.js';
import { studentQuantile } from './student-t.js';

export interface ScalingRun {
  /** Floating-point operations, `flopsPerToken(config)` times the tokens; or another measure of the size, the same for all. Above 0. */
  readonly compute: number;
  /** Validation loss in nats per token. */
  readonly loss: number;
}

export interface ScalingPrediction {
  /** In nats per token. */
  readonly loss: number;
  /** The standard error of the curve at this place, without the scatter of a single run. */
  readonly standardError: number;
  /**
   * Where the loss of a run will be with the probability that was asked for, by Student's t: the curve's error and the scatter of runs. It is
   * cut at 0, for no loss is below.
   */
  readonly interval: readonly [least: number, greatest: number];
}

export interface PredictionOptions {
  /** Of the interval: above 0 and below 1; default 0.95. */
  confidence?: number;
}

export interface ScalingLaw {
  /** E, A and alpha. */
  readonly floor: number;
  readonly coefficient: number;
  readonly exponent: number;
  /**
   * Covariances of E, A and alpha, 3 rows: s^2 (J^T J)^-1 with the derivatives J at the runs, as scipy's curve_fit has them. Rows of a floor
   * that came to 0, the least there is, are 0.
   */
  readonly covariance: readonly (readonly number[])[];
  /** s, the deviation of the runs from the curve, in nats. */
  readonly residualDeviation: number;
  /** Runs less the parameters that were fitted. */
  readonly degreesOfFreedom: number;
  /**
   * What a run with this compute will come to.
   * @throws RangeError when a number is out of range, TypeError when an option is unknown
   */
  predict(compute: number, options?: PredictionOptions): ScalingPrediction;
}

/** The share of the losses' fall from which a bend counts, so that the scatter of runs on an almost straight line is none. */
const LEAST_BEND = 0.1;
/** In standard errors. */
const CLEAR_BEND = 2;

const RUN: OptionNames<ScalingRun> = { compute: 'required', loss: 'required' };

/**
 * Fits the law by least squares of the losses.
 * @param runs at least 4, of at least 3 different computes
 * @throws RangeError when there are fewer, a number is none, or the losses do not fall as such a law does: they rise,
 * or fall faster and faster with the logarithm of the compute
 */
export function fitScalingLaw(runs: readonly ScalingRun[]): ScalingLaw {
  checkRuns(runs);
  const losses = runs.map(({ loss }) => loss);
  // Relative to the geometric mean, or A and alpha would be almost the same parameter.
  const logarithms = runs.map(({ compute }) => Math.log(compute));
  const center = logarithms.reduce((sum, value) => sum + value, 0) / runs.length;
  const x = logarithms.map((value) => Math.exp(value - center));
  const { floor, coefficient, exponent, sumOfSquares } = fitPowerLaw(x, losses);
  if (!(coefficient > 0) || exponent <= EXPONENTS[0] * 1.01 || exponent >= EXPONENTS[1] * 0.99) {
    throw new RangeError(`fitScalingLaw: the losses do not fall with compute as E + A / C^alpha does (alpha would be ${exponent.toPrecision(3)} and A ${coefficient.toPrecision(3)}): give runs of more different sizes, each of a model that fits its compute.`);
  }
  requireNoBendDown(logarithms.map((value) => value - center), losses);
  const hasFloor = floor > 0;
  const degreesOfFreedom = runs.length - (hasFloor ? 3 : 2);
  const variance = sumOfSquares / degreesOfFreedom;
  /** Derivatives by E, A and alpha of the curve relative to the center. */
  const gradient = (relative: number): number[] => {
    const power = relative ** -exponent;
    return [hasFloor ? 1 : 0, power, -coefficient * Math.log(relative) * power];
  };
  const centered = covarianceOf(x.map(gradient), variance, hasFloor);
  // A of the law itself is A of the center times exp(alpha * center).
  const whole = coefficient * Math.exp(exponent * center);
  const toWhole = [[1, 0, 0], [0, Math.exp(exponent * center), whole * center], [0, 0, 1]];
  return {
    floor,
    coefficient: whole,
    exponent,
    covariance: product(product(toWhole, centered), transposed(toWhole)),
    residualDeviation: Math.sqrt(variance),
    degreesOfFreedom,
    predict(compute, options = {}) {
      checkOptions<PredictionOptions>('predict', options, { confidence: 'optional' });
      const { confidence = 0.95 } = options;
      checkPositive('predict: compute', compute);
      if (!(confidence > 0 && confidence < 1)) throw new RangeError(`predict: confidence is ${String(confidence)}; expected a number above 0 and below 1.`);
      const relative = Math.exp(Math.log(compute) - center);
      const loss = floor + coefficient * relative ** -exponent;
      const slope = gradient(relative);
      const ofCurve = slope.reduce((sum, a, i) => sum + slope.reduce((row, b, j) => row + a * b * centered[i]![j]!, 0), 0);
      const reach = studentQuantile(degreesOfFreedom, confidence) * Math.sqrt(ofCurve + variance);
      return { loss, standardError: Math.sqrt(ofCurve), interval: [Math.max(0, loss - reach), loss + reach] };
    },
  };
}

function checkRuns(runs: readonly ScalingRun[]): void {
  runs.forEach((run, i) => {
    checkOptions(`fitScalingLaw: run ${i}`, run, RUN);
    checkPositive(`fitScalingLaw: compute of run ${i}`, run.compute);
    if (!Number.isFinite(run.loss) || run.loss < 0) throw new RangeError(`fitScalingLaw: loss of run ${i} is ${String(run.loss)}; expected a number of at least 0.`);
  });
  const different = new Set(runs.map(({ compute }) => compute)).size;
  if (runs.length < 4 || different < 3) throw new RangeError(`fitScalingLaw: there are ${runs.length} runs with ${different} different computes; expected at least 4 runs with 3, for a law of three parameters and its error.`);
}

/** As a curve over log C, every such law falls less and less. */
function requireNoBendDown(logarithms: readonly number[], losses: readonly number[]): void {
  const { bend, standardError } = bendOf(logarithms, losses);
  const fall = Math.max(...losses) - Math.min(...losses);
  if (bend <= LEAST_BEND * fall || bend <= CLEAR_BEND * standardError) return;
  throw new RangeError(`fitScalingLaw: the losses fall faster and faster with the logarithm of the compute: halfway they are ${bend.toPrecision(2)} nats above a straight line, and those of E + A / C^alpha are never above it. Leave out runs that were too short or broken, and give each compute a model that fits it.`);
}

function checkPositive(what: string, value: number): void {
  if (!(value > 0 && value < Infinity)) throw new RangeError(`${what} is ${String(value)}; expected a number above 0.`);
}

/** variance (J^T J)^-1; without a floor, of the last two parameters. */
function covarianceOf(rows: readonly (readonly number[])[], variance: number, hasFloor: boolean): number[][] {
  const used = hasFloor ? [0, 1, 2] : [1, 2];
  const normal = used.map((i) => used.map((j) => rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0)));
  const inverse = invert(normal);
  return [0, 1, 2].map((i) => [0, 1, 2].map((j) => (used.includes(i) && used.includes(j) ? variance * inverse[used.indexOf(i)]![used.indexOf(j)]! : 0)));
}

const product = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number[][] => a.map((row) => b[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)));

const transposed = (a: readonly (readonly number[])[]): number[][] => a[0]!.map((_, j) => a.map((row) => row[j]!));
