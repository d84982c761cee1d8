// Decides whether an answer has the form that its kind of request asks for, right or wrong.

import type { Language } from '../languages.js';
import type { InstructionLanguage } from './language.js';
import { instructionLanguage } from './languages.js';
import { sentencesOf } from './passages.js';
import { instructionKinds, type InstructionKind } from './types.js';

const oneWord = /^\p{L}[\p{L}'’-]*$/u;
/** A capital letter, perhaps after a quotation mark, and at the end a mark that ends a sentence, perhaps before one. */
const sentence = /^[„"]?\p{Lu}[^\n]*[.!?][“"]?$/u;

const isOneSentence = (text: string) => sentence.test(text) && sentencesOf(text).length === 1;

const forms: Readonly<Record<InstructionKind, (text: string, words: InstructionLanguage) => boolean>> = {
  'first-word': (text) => oneWord.test(text),
  'last-word': (text) => oneWord.test(text),
  who: (text, { childNames }) => text.endsWith('.') && childNames.includes(text.slice(0, -1)),
  where: (text, { placeWords }) => isOneSentence(text) && text.endsWith('.') && placeWords.includes(text.split(' ')[0]),
  lost: (text, { articles }) => isOneSentence(text) && text.endsWith('.') && articles.includes(text.split(' ')[0]),
  'next-sentence': isOneSentence,
  continue: isOneSentence,
  shorten: isOneSentence,
  past: isOneSentence,
  'small-talk': (text, { smallTalk }) => smallTalk.some(({ answer }) => answer === text),
};

/** Kinds where the story may not hold the answer. */
const mayBeUnsaid: readonly InstructionKind[] = ['who', 'where', 'lost', 'next-sentence'];

/**
 * Whether a text has the form of an answer of the kind: one word for `first-word` and `last-word`, the name of a child and a full stop for `who`, a place for
 * `where`, a thing with its article for `lost`, one sentence for `next-sentence`, `continue`, `shorten` and `past`, one of the answers for `small-talk`. Where
 * the story may not hold the answer, `notSaid(language)` has the right form, too.
 *
 * @throws RangeError for an unknown language or kind
 */
export function hasRightForm(language: Language, kind: InstructionKind, text: string): boolean {
  const words = instructionLanguage(language);
  if (!instructionKinds.includes(kind)) throw new RangeError(`unknown kind ${JSON.stringify(kind)}: expected ${instructionKinds.join(', ')}`);
  return forms[kind](text, words) || (mayBeUnsaid.includes(kind) && text === words.notSaid);
}
