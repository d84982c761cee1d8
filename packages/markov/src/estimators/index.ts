// The estimators by their option names.
import { describe } from '@kk/options';
import { absoluteDiscounting } from './absolute-discounting.js';
import { additive } from './additive.js';
import type { Estimator } from './estimator.js';
import { jelinekMercer } from './jelinek-mercer.js';
import { katz } from './katz.js';
import { kneserNey } from './kneser-ney.js';
import { maximumLikelihood } from './maximum-likelihood.js';
import { modifiedKneserNey } from './modified-kneser-ney.js';
import { stupidBackoff } from './stupid-backoff.js';
import { wittenBell } from './witten-bell.js';

export type SmoothingName =
  | 'mle'
  | 'additive'
  | 'jelinek-mercer'
  | 'witten-bell'
  | 'witten-bell-backoff'
  | 'absolute'
  | 'absolute-backoff'
  | 'katz'
  | 'kneser-ney'
  | 'kneser-ney-backoff'
  | 'modified-kneser-ney'
  | 'modified-kneser-ney-backoff'
  | 'stupid-backoff';

/**
 * How counts become probabilities: a name, optionally with a parameter after a colon. 'additive:0.1' (default 1: Laplace), 'absolute:0.75'
 * and 'kneser-ney:0.75' (a discount; default: estimated), 'jelinek-mercer:0.9,0.6,0.4' (a weight per context length from 0 up; default:
 * estimated), 'stupid-backoff:0.4'.
 */
export type Smoothing = SmoothingName | `${SmoothingName}:${string}`;

interface Entry {
  /** A description of the parameter; undefined if there is none. */
  parameter?: string;
  make(parameter?: string): Estimator;
}

const discount = 'a discount above 0 to 1';
const entries: Readonly<Record<SmoothingName, Entry>> = {
  mle: { make: () => maximumLikelihood },
  additive: { parameter: 'a number above 0 that is added to every count', make: (text = '1') => additive(numberIn(text, Number.MAX_VALUE)) },
  'jelinek-mercer': { parameter: 'weights from 0 to 1, separated by commas', make: (text) => jelinekMercer(text?.split(',').map((part) => numberIn(part, 1, true))) },
  'witten-bell': { make: () => wittenBell('interpolated') },
  'witten-bell-backoff': { make: () => wittenBell('backoff') },
  absolute: { parameter: discount, make: (text) => absoluteDiscounting('interpolated', optionalNumber(text)) },
  'absolute-backoff': { parameter: discount, make: (text) => absoluteDiscounting('backoff', optionalNumber(text)) },
  katz: { make: () => katz },
  'kneser-ney': { parameter: discount, make: (text) => kneserNey('interpolated', optionalNumber(text)) },
  'kneser-ney-backoff': { parameter: discount, make: (text) => kneserNey('backoff', optionalNumber(text)) },
  'modified-kneser-ney': { make: () => modifiedKneserNey('interpolated') },
  'modified-kneser-ney-backoff': { make: () => modifiedKneserNey('backoff') },
  'stupid-backoff': { parameter: 'a factor above 0 to 1', make: (text = '0.4') => stupidBackoff(numberIn(text, 1)) },
};

/** The names of all estimators. */
export const smoothingNames = Object.keys(entries) as readonly SmoothingName[];

/** @throws RangeError if there is no estimator of that name, or its parameter is out of range */
export function estimatorNamed(smoothing: Smoothing): Estimator {
  const [name, ...rest] = String(smoothing).split(':');
  if (!Object.hasOwn(entries, name)) throw new RangeError(`smoothing must be one of ${smoothingNames.join(', ')}, got ${describe(smoothing)}`);
  const { parameter, make } = entries[name as SmoothingName];
  if (rest.length === 0) return make();
  if (parameter === undefined) throw new RangeError(`the smoothing ${name} takes no parameter, got ${smoothing}`);
  try {
    return make(rest.join(':'));
  } catch (error) {
    throw new RangeError(`the smoothing ${name} takes ${parameter} after the colon, got ${smoothing}`, { cause: error });
  }
}

/**
 * Parses a string as the name of an estimator, optionally with a parameter.
 *
 * @throws RangeError if there is no such estimator, or the parameter is out of range
 */
export function parseSmoothing(text: string): Smoothing {
  estimatorNamed(text as Smoothing);
  return text as Smoothing;
}

const optionalNumber = (text?: string): number | undefined => (text === undefined ? undefined : numberIn(text, 1));

function numberIn(text: string, highest: number, zero = false): number {
  const value = /^\d*\.?\d+(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
  if (!(value <= highest && (value > 0 || (zero && value === 0)))) throw new RangeError(`${JSON.stringify(text)} is not a number in range`);
  return value;
}
