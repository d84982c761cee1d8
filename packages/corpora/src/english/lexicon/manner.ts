// Words for how things are said, done and felt.

import { adjectives, fixed } from '../words.js';

/** Verbs of saying, for a first speech and for an answer. */
export const said = fixed('said', 'said', 'declared');
export const replied = fixed('replied', 'said', 'replied', 'answered');
export const cheered = fixed('cheered', 'cried', 'cheered', 'shouted');
export const whispered = fixed('whispered', 'whispered', 'murmured', 'mumbled');

export const sadly = fixed('sadly', 'sadly', 'softly', 'quietly', 'unhappily', 'in a small voice', 'miserably', 'tearfully', 'in a trembling voice', 'glumly', 'with a sigh');
export const startled = fixed('startled', 'in dismay', 'in horror', 'loudly', 'unhappily', 'with wide eyes', 'in alarm', 'in despair');
export const kindly = fixed('kindly', 'kindly', 'gently', 'with a smile', 'calmly', 'warmly', 'in a friendly voice', 'cheerfully', 'with a nod', 'softly');
export const happily = fixed('happily', 'happily', 'with a laugh', 'proudly', 'excitedly', 'merrily', 'with a big smile', 'with shining eyes', 'in delight', 'joyfully', 'gladly');
export const suddenly = fixed('suddenly', 'suddenly', 'all at once', 'just then', 'at that moment', 'a moment later', 'all of a sudden');
export const first = fixed('first', 'first', 'at first', 'to begin with');
export const next = fixed('next', 'then', 'next,', 'after that,');
export const atLast = fixed('finally', 'at last', 'finally', 'in the end');

/** Exclamations of dismay and of joy. */
export const dismay = fixed('dismay', 'Oh no', 'Oh dear', 'What bad luck', 'Goodness me', 'How awful', 'Dear me', 'What a pity');
export const joyCries = fixed('joy cry', 'Hooray', 'Yippee', 'How lovely', 'Great', 'Wonderful', 'Fantastic', 'What luck', 'Marvelous', 'Amazing');

/** Continues "was so ...". */
export const sad = fixed('sad', 'sad', 'unhappy', 'upset', 'gloomy', 'miserable', 'disappointed');
export const glad = fixed('glad', 'happy', 'glad', 'pleased', 'proud', 'cheerful', 'delighted');
export const lovely = adjectives('lovely', 'lovely', 'funny', 'exciting', 'wonderful', 'special', 'glorious', 'perfect', 'happy');
