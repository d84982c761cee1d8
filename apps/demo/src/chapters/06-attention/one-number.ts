// How a head comes to one of its numbers: the products of a query and a key, their sum, and what the softmax makes of it.
import type { OneHead } from '../../lab/jobs/one-head.js';

export interface OneNumber {
  query: number[];
  key: number[];
  products: number[];
  sum: number;
  /** The sum by the root of the size of a head. */
  score: number;
  /** What is left of 100 % after the softmax. */
  weight: number;
  /** The places that get most of the row, the first first: their scores and weights; and all others together. */
  row: { place: number; score: number; weight: number }[];
  rest: number;
  /** The value at the place that is looked at, and all values of the row mixed by their weights. */
  value: number[];
  mixed: number[];
}

/** So many places of a row are named. */
const NAMED = 4;

/**
 * @param at  the place of the token that looks
 * @param to  the place that is looked at, not after it
 */
export function oneNumber({ numbers, headSize, tokens }: OneHead, at: number, to: number): OneNumber {
  const vector = (values: ArrayLike<number>, place: number): number[] => Array.from({ length: headSize }, (_, i) => values[place * headSize + i]!);
  const [query, key] = [vector(numbers.query, at), vector(numbers.key, to)];
  const products = query.map((value, i) => value * key[i]!);
  const cell = (place: number): number => at * tokens.length + place;
  const all = Array.from({ length: at + 1 }, (_, place) => ({ place, score: numbers.scores[cell(place)]!, weight: numbers.weights[cell(place)]! })).sort((a, b) => b.weight - a.weight || a.place - b.place);
  const named = all.slice(0, NAMED);
  const own = all.find(({ place }) => place === to)!;
  const row = named.includes(own) ? named : [...named.slice(0, NAMED - 1), own];
  return {
    query, key, products, sum: products.reduce((total, value) => total + value, 0), score: own.score, weight: own.weight,
    row, rest: Math.max(0, 1 - row.reduce((total, { weight }) => total + weight, 0)), value: vector(numbers.value, to), mixed: vector(numbers.output, at),
  };
}

/** The place that a row looks at most. */
export function favourite(weights: ArrayLike<number>, time: number, at: number): number {
  let best = 0;
  for (let place = 1; place <= at; place++) if (weights[at * time + place]! > weights[at * time + best]!) best = place;
  return best;
}
