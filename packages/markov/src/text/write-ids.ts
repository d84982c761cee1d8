// Writes a text with a chain, id by id: how it begins, and how it goes on.
import { describe } from '@kk/options';
import { freshSeed, Random, type RandomSource, sampleToken, type SampleTokenOptions, type SamplingOptions } from '@kk/sampler';
import { ROOT } from '../counts/trie.js';
import { MarkovModel } from '../markov-model.js';
import { UnitCoder } from './coder.js';
import type { TextMarkovParts } from './text-training.js';

export interface WriteIdsOptions extends Pick<SamplingOptions, 'temperature' | 'topK' | 'topP'> {
  seed?: number;
  /** The ids to go on from; empty for a new text. */
  prompt: ArrayLike<number> & Iterable<number>;
  beginning?: 'text' | 'sentence';
}

// After this many special tokens in a row, the model counts as one that writes no units.
const MOST_SPECIAL_DRAWS = 10_000;

/** The ids of units and ends of sentences, without end; see TextMarkov.stream. @throws RangeError if an option is out of range */
export function* writeIds(parts: TextMarkovParts, { seed = freshSeed(), prompt, beginning = 'text', temperature = 1, topK, topP }: WriteIdsOptions): Generator<number, never, undefined> {
  if (beginning !== 'text' && beginning !== 'sentence') throw new RangeError(`beginning must be text or sentence, got ${describe(beginning)}`);
  const { model, coder } = parts;
  const random = new Random(seed);
  const sampling = { temperature, topK, topP, random };
  // What stands before the first unit, or undefined where a text begins.
  const before = prompt.length === 0 ? beforeFirst(parts, beginning, random) : prompt;
  const context = [...(before ?? [])];
  let begins = before === undefined;
  // Plain sampling looks only at the n-grams, not at the whole vocabulary.
  const isPlain = temperature === 1 && topK === undefined && topP === undefined;
  const endsTexts = endOfTexts(parts);
  for (let specials = 0; ; ) {
    if (context.length > 0 && endsTexts(context[context.length - 1])) {
      context.length = 0;
      begins = true;
    }
    const id = (begins ? nextOfBeginning(parts, context, sampling) : undefined) ?? (isPlain ? model.sample(context, random) : sampleToken(model.next(context), sampling));
    const isSpecial = id === coder.endToken || id === coder.startToken || id === coder.unknownToken;
    if (isSpecial && ++specials > MOST_SPECIAL_DRAWS) throw new RangeError('the model writes hardly anything but <unk> and </s>: train on more text, or with a lower minCount');
    if (isSpecial && id !== coder.endToken) continue;
    if (!isSpecial) specials = 0;
    context.push(id);
    if (id === coder.endToken) context.push(coder.startToken);
    yield id;
  }
}

/**
 * Tells whether texts end with a unit and none goes on after it. What follows then is a new text, not any unit. Always false where it is not
 * known how texts begin, or the chain has no memory.
 */
export function endOfTexts({ model, beginnings }: TextMarkovParts): (id: number) => boolean {
  if (!(model instanceof MarkovModel) || beginnings.list.length === 0) return () => false;
  const { ngrams } = model;
  const { firstChild } = ngrams.table;
  return (id) => {
    const node = ngrams.child(ROOT, id);
    return node < 0 || node >= firstChild.length - 1 || firstChild[node] === firstChild[node + 1];
  };
}

/** The next unit of a text that began with these; undefined where no text goes on, or after `order` units. */
function nextOfBeginning({ beginnings, coder }: TextMarkovParts, ids: readonly number[], sampling: SampleTokenOptions): number | undefined {
  if (ids.length >= beginnings.length) return undefined;
  const followers = [...beginnings.after(ids)].filter(([id]) => id !== coder.unknownToken);
  if (followers.length === 0) return undefined;
  return followers[sampleToken(Float32Array.from(followers, ([, count]) => Math.log(count)), sampling)][0];
}

/**
 * What stands before the first unit of a new text: the start token, an end of a sentence, or, if nothing is known, nothing. Undefined if it
 * shall begin as one of the texts does. Ends of sentences and beginnings of texts are drawn by how often they occur.
 */
function beforeFirst(parts: TextMarkovParts, beginning: 'text' | 'sentence', random: RandomSource): readonly number[] | undefined {
  const { coder, beginnings } = parts;
  if (coder.startToken >= 0) return [coder.startToken];
  const texts = beginnings.total;
  if (texts > 0 && beginning === 'text') return undefined;
  const places = [...(texts > 0 ? [{ end: undefined, count: texts }] : []), ...sentenceEnds(parts)];
  if (places.length === 0) return [];
  return places[sampleToken(Float32Array.from(places, ({ count }) => Math.log(count)), { random })].end;
}

/** The ends of sentences after which the texts go on, and how often they do. Ends longer than the order look like other places to the chain. */
function sentenceEnds({ coder, model }: TextMarkovParts): { end: number[]; count: number }[] {
  if (!(coder instanceof UnitCoder) || !(model instanceof MarkovModel)) return [];
  const ids = new Map(coder.unit.sentenceEnds.flat().map((token) => [token, coder.tokens.indexOf(token)]));
  return coder.unit.sentenceEnds
    .map((end) => end.map((token) => ids.get(token) ?? -1))
    .filter((end) => end.length <= model.order && end.every((id) => id >= 0))
    .map((end) => ({ end, count: model.counts(end).reduce((sum, follower) => sum + follower.count, 0) }))
    .filter(({ count }) => count > 0);
}
