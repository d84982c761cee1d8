// The words of the figures of chapter 2.
import type de from './de.js';

const en: typeof de = {
  writer: {
    label: 'A text that a Markov chain writes',
    unit: 'unit',
    letters: 'letters',
    words: 'words',
    order: 'memory',
    chain: 'Markov chain',
  },
};

export default en;
