// Chapter 5: the sentences that word vectors learn from. The course's, with those that the visitor changed, then the visitor's own, then an own text.
import { courseSentences, sentenceWords } from '@kk/corpora/sentences';
import { mirrored, mirrorPairs } from './word-mirror.js';
import type { StoryLanguage } from '../languages/stories.js';

export interface WordTexts {
  language: StoryLanguage;
  /** Sentences about a word that the visitor made up. */
  mine: readonly string[];
  /** Sentences of the course with other words; empty ones are left out. */
  edits: readonly { at: number; text: string }[];
  /** The visitor's own text, or nothing. */
  own: string;
  seed: number;
  /** Whether each sentence is there once more with the persons exchanged. */
  mirror?: boolean;
}

/** What the chapter begins with. */
export const FIRST_SEED = 11;
export const firstMine: Readonly<Record<StoryLanguage, readonly string[]>> = {
  de: ['Der Wumpel hat ein weiches Fell.', 'Der Wumpel frisst gern Heu.', 'Nachts schläft der Wumpel im Stall.'],
  en: ['The wumpel sleeps in the barn.', 'The wumpel eats grass in the meadow.', 'The wumpel drinks from the stream.'],
};
/** What the chapter suggests to write instead: with these sentences the word is food. */
export const otherMine: Readonly<Record<StoryLanguage, readonly string[]>> = {
  de: ['Der Wumpel schmeckt süß.', 'Wir essen ein Stück Wumpel.', 'Zum Frühstück gibt es Wumpel.'],
  en: ['The wumpel tastes sweet.', 'I ate a piece of wumpel.', 'For breakfast there is wumpel with butter.'],
};
export const madeUpWord: Readonly<Record<StoryLanguage, string>> = { de: 'Wumpel', en: 'wumpel' };

export const firstTexts = (language: StoryLanguage): WordTexts => ({ language, mine: firstMine[language], edits: [], own: '', seed: FIRST_SEED });

/** Where a text is cut into sentences. */
export const SENTENCE_END = /(?<=[.!?…])\s+|\n+/;

export function sentencesOf({ language, mine, edits, own, mirror }: WordTexts): string[] {
  const sentences = [...courseSentences(language)];
  for (const { at, text } of edits) if (at < sentences.length) sentences[at] = text;
  sentences.push(...mine);
  if (own !== '') sentences.push(...own.split(SENTENCE_END));
  return mirror ? [...sentences, ...mirrored(sentences, mirrorPairs[language])] : sentences;
}

/** The words of each sentence, as the training reads them. */
export const wordsOf = (texts: WordTexts): string[][] => sentenceWords(sentencesOf(texts));

/** Edits in the address: `12:a sentence|40:another`. */
export function readEdits(text: string): { at: number; text: string }[] {
  return text.split('|').flatMap((part) => {
    const found = /^(\d{1,4}):(.*)$/s.exec(part);
    return found ? [{ at: Number(found[1]), text: found[2]! }] : [];
  });
}
export const writeEdits = (edits: WordTexts['edits']): string => edits.map(({ at, text }) => `${at}:${oneLine(text)}`).join('|');

/** Own sentences in the address, with `|` between them. */
export const readMine = (text: string): string[] => text.split('|').filter((line) => line.trim() !== '');

/** At most so many UTF-16 units, and no half of a character. */
export const shortened = (text: string, most: number): string => text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');

/** Without what separates sentences in the address. */
export const oneLine = (text: string): string => text.replace(/[|\n]+/g, ' ');
