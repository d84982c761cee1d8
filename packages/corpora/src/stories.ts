// Writes one story, an endless stream of stories, or a text of a given size.

import { checkOptions } from '@kk/options';
import { checkSeed, checkSize } from './arguments.js';
import { randomDecider } from './grammar/decide.js';
import { write } from './grammar/write.js';
import { grammarOf, type Language } from './languages.js';

/** The separator after every story, including the last one: a blank line. */
export const storySeparator = '\n\n';

/** A JavaScript string holds about 2^29 characters; half of that leaves room to work with it. */
const maxSize = 2 ** 28;
/** The most stories that fit into a string, at a few hundred characters each. */
const maxCount = 2 ** 18;

export interface StoryStreamOptions {
  /** An integer from 0 to 2^32 - 1. */
  readonly seed: number;
}

/** The size of the text: exactly one of `bytes`, `characters` and `count`. */
export interface WriteStoriesOptions extends StoryStreamOptions {
  /** The minimum number of bytes in UTF-8. */
  readonly bytes?: number;
  /** The minimum number of Unicode code points. */
  readonly characters?: number;
  /** The number of stories. */
  readonly count?: number;
}

/**
 * One story: the first one that `stories` yields for the seed.
 *
 * @param seed an integer from 0 to 2^32 - 1; the same seed always gives the same story
 * @returns one paragraph without a line break
 * @throws RangeError for an unknown language or a seed out of range
 */
export function writeStory(language: Language, seed: number): string {
  checkSeed(seed);
  return write(grammarOf(language), randomDecider(seed));
}

/**
 * An endless stream of stories, drawn independently of each other with one random generator.
 *
 * @returns a generator of paragraphs, without separators
 * @throws RangeError for an unknown language or a seed out of range; thrown at the call, not at the first story
 */
export function stories(language: Language, options: StoryStreamOptions): Generator<string, never, undefined> {
  checkOptions<StoryStreamOptions>('stories', options, { seed: true });
  const { seed } = options;
  checkSeed(seed);
  const grammar = grammarOf(language);
  const decider = randomDecider(seed);
  return (function* () {
    for (;;) yield write(grammar, decider);
  })();
}

const optionNames: Readonly<Record<keyof WriteStoriesOptions, true>> = { bytes: true, characters: true, count: true, seed: true };

/**
 * A text made of the stream of stories, each followed by `storySeparator`. It ends with the first story that reaches the requested size, so
 * no story is cut, and a longer text with the same seed begins with the shorter one.
 *
 * @throws RangeError for an unknown language, a seed out of range, or a size that is negative, not an integer, or too large for a string
 * @throws TypeError unless exactly one of `bytes`, `characters` and `count` is given
 */
export function writeStories(language: Language, options: WriteStoriesOptions): string {
  checkOptions('writeStories', options, optionNames);
  const { seed, bytes, characters, count } = options;
  const sizes = Object.entries({ bytes, characters, count }).filter((entry): entry is [string, number] => entry[1] !== undefined);
  if (sizes.length !== 1) throw new TypeError(`writeStories got ${sizes.map(([name]) => name).join(' and ') || 'no size'}: give exactly one of bytes, characters and count`);
  const [[name, size]] = sizes;
  checkSize(name, size, name === 'count' ? maxCount : maxSize, 'use stories() and write piece by piece');
  const measure = { bytes: utf8Length, characters: codePoints, count: () => 1 }[name as 'bytes' | 'characters' | 'count'];
  const source = stories(language, { seed });
  let text = '';
  let written = 0;
  while (written < size) {
    const story = source.next().value + storySeparator;
    text += story;
    written += measure(story);
  }
  return text;
}

function codePoints(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    // The second half of a surrogate pair does not start a code point.
    const unit = text.charCodeAt(i);
    if (unit < 0xdc00 || unit > 0xdfff) count++;
  }
  return count;
}

const encoder = new TextEncoder();

function utf8Length(text: string): number {
  return encoder.encode(text).length;
}
