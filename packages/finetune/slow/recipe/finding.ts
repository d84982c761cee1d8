// Exercises in finding, a part of what the base reads: the first or the last word of a passage, or the sentence that follows one of its sentences.
import type { Language } from '@kk/corpora';
import type { LabelledTokens } from '@kk/finetune';
import type { Random } from '@kk/nn-core';
import type { Tokenizer } from '@kk/tokenizer';
import { betweenSentences, marks } from './copying.js';

const USER = marks.indexOf('<|user|>');
const ASSISTANT = marks.indexOf('<|assistant|>');
const END = marks.indexOf('<|end|>');

/** What stands between a passage and what is to be found in it. No request is worded like this. */
const headings = {
  de: { first: 'Erstes Wort:', last: 'Letztes Wort:', next: 'Nächster Satz:' },
  en: { first: 'First word:', last: 'Last word:', next: 'Next sentence:' },
} as const satisfies Record<Language, object>;

/**
 * One to four sentences of a story, a heading, and what it names, which alone is learned. What is learned late comes more often: the last word, and the
 * first word behind a quotation mark, which is another token there than in the answer.
 */
export function finding(tokenizer: Tokenizer, language: Language, story: string, random: Random): LabelledTokens {
  const sentences = story.split(betweenSentences);
  const start = random.integer(sentences.length);
  const passage = sentences.slice(start, start + 1 + random.integer(4));
  const words = passage.join(' ').match(/\p{L}[\p{L}'’-]*/gu)!;
  const { first, last, next } = headings[language];
  const at = random.integer(Math.max(1, passage.length - 1));
  const isSpeech = /^["„]/.test(passage[0]!);
  const [firstWord, lastWord] = [[first, words[0]!], [last, words.at(-1)!]] as const;
  const choices = [firstWord, ...(isSpeech ? [firstWord, firstWord] : []), lastWord, lastWord, ...(passage.length > 1 ? [[`${next} ${passage[at]!}`, passage[at + 1]!]] : [])] as const;
  const [heading, answer] = choices[random.integer(choices.length)]!;
  const prompt = [USER, ...tokenizer.encode(` ${passage.join(' ')}\n\n${heading!}`), ASSISTANT];
  const found = [...tokenizer.encode(` ${answer!}`), END];
  return { ids: Int32Array.from([...prompt, ...found]), learned: Uint8Array.from([...prompt.map(() => 0), ...found.map(() => 1)]) };
}
