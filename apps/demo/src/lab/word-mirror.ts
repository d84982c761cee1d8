// Chapter 5: sentences with the persons exchanged, "he" for "she" and "father" for "mother", so that every sentence about the ones is there about the
// others, too. Zhao et al. (2018) and others call it data augmentation by swapping. Grammar suffers; word vectors do not mind.
import type { StoryLanguage } from '../languages/stories.js';

export const mirrorPairs: Readonly<Record<StoryLanguage, readonly (readonly [string, string])[]>> = {
  de: [['er', 'sie'], ['sein', 'ihr'], ['seine', 'ihre'], ['seinen', 'ihren'], ['seinem', 'ihrem'], ['seiner', 'ihrer'], ['Mann', 'Frau'], ['Junge', 'Mädchen'], ['Vater', 'Mutter'], ['Bruder', 'Schwester'], ['Opa', 'Oma'], ['König', 'Königin'], ['Prinz', 'Prinzessin'], ['Sohn', 'Tochter'], ['Enkel', 'Enkelin'], ['Freund', 'Freundin'], ['Diener', 'Dienerin']],
  en: [['he', 'she'], ['his', 'her'], ['man', 'woman'], ['boy', 'girl'], ['father', 'mother'], ['brother', 'sister'], ['grandpa', 'grandma'], ['king', 'queen'], ['prince', 'princess'], ['son', 'daughter'], ['grandson', 'granddaughter'], ['servant', 'maid']],
};

/** The sentences in which somebody was exchanged. */
export function mirrored(sentences: readonly string[], pairs: readonly (readonly [string, string])[]): string[] {
  const other = new Map(pairs.flatMap(([a, b]) => [[a, b], [b, a], [capital(a), capital(b)], [capital(b), capital(a)]]));
  return sentences.map((sentence) => sentence.replace(/\p{L}+/gu, (word) => other.get(word) ?? word)).filter((sentence, at) => sentence !== sentences[at]);
}

const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1);
