// The English words by which a rule is followed.

import { children } from '../../../english/lexicon/people.js';
import { hasWord, type Follows, type PreferenceRule } from './rule.js';

export const englishRules: Readonly<Record<PreferenceRule, Follows>> = {
  colour: hasWord(['red', 'blue', 'sky-blue', 'green', 'yellow', 'white', 'orange', 'brown', 'black', 'gray', 'golden', 'silver', 'purple', 'pink']),
  speech: (text) => /"[^"]*\p{L}[^"]*"/u.test(text),
  name: hasWord(children.words.map(({ id }) => id)),
  joy: hasWord([
    'joy', 'joyfully', 'happy', 'happily', 'glad', 'gladly', 'pleased', 'proud', 'proudly', 'cheerful', 'cheerfully', 'merrily', 'delight', 'delighted', 'excitedly',
    'beamed', 'beaming', 'laughed', 'laughing', 'laugh', 'smiled', 'smile', 'cheered', 'hooray', 'yippee',
  ]),
  order: hasWord(['first', 'to begin with', 'then', 'next', 'after that', 'at last', 'finally', 'in the end']),
};
