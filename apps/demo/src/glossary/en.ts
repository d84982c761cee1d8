// The technical terms in English.
import type { GlossaryEntry, TermName } from './index.js';

const en: Record<TermName, GlossaryEntry> = {
  token: {
    term: 'Token',
    short: 'A piece of text that a language model computes with: a word, a part of a word, or a character.',
    long: 'Each token has a number (id). The list of all tokens is called the vocabulary; large models have 50,000 to 250,000. A space usually belongs to the token that follows it.',
  },
};

export default en;
