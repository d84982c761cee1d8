// The words of the figures of chapter 8.
import de from './de.js';

const en: typeof de = {
  merges: {
    label: 'A sentence, cut with what has been learned after so many merges',
    example: 'The little gull whispered: “Thank you so much, dear bear, for the café!”',
    sentence: 'Sentence',
    learnedFrom: 'Learned from:',
    scrubber: 'Merges',
    back: 'Back',
    step: 'One more',
    play: 'Play',
    stop: 'Stop',
    none: 'Nothing has been merged yet: every byte is a token. A letter such as “é” has two bytes.',
    becomes: 'become',
    stood: (count) => `stood side by side ${count} times`,
    unchanged: 'The pair does not occur in this sentence.',
    summary: (characters, tokens, ratio) => `${characters} characters, ${tokens} tokens: ${ratio} characters per token`,
    table: { caption: 'The merges in the order in which they were learned', number: 'No.', pair: 'pair', token: 'new token', count: 'times side by side' },
  },
  vocabularies: {
    label: 'The same text, cut with the vocabularies of large models',
    german: de.vocabularies.german,
    english: de.vocabularies.english,
    compare: 'Texts',
    pair: 'German beside English',
    own: 'Your own text',
    inGerman: 'German',
    inEnglish: 'English',
    of: { gpt2: 'GPT-2 and GPT-3', cl100k_base: 'GPT-3.5 and GPT-4', o200k_base: 'GPT-4o and later' },
    size: (count) => `${count} tokens`,
    tokens: (count) => `${count} tokens`,
    ratio: (ratio) => `${ratio} characters per token`,
    loading: (name) => `Loading ${name} …`,
    load: 'Load o200k_base, too (2.3 MB)',
    table: ['vocabulary', 'text', 'characters', 'tokens', 'characters per token'],
  },
};

export default en;
