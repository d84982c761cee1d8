// The words of the figures of chapter 9.
import type de from './de.js';

const en: typeof de = {
  loadingModel: 'The model is being loaded.',
  language: 'Language of the lines',
  languages: { de: 'German', en: 'English' },
  style: 'The lines',
  styles: { recipe: 'Recipe', pirate: 'Pirate', rhyme: 'Rhymes' },
  dialect: (language) => ({ de: 'Bavarian', en: 'Scots' })[language],
  own: 'My own',
  way: 'What learns',
  ways: { full: 'all weights', lora: 'LoRA', last: 'only the last layer' },
  replay: 'Repeated stories',
  replays: { '0': 'none', '25': 'a quarter', '50': 'half' },
  step: 'Step',
  stepOf: (step, of) => `Step ${step} of ${of}`,
  tune: {
    label: 'The model learns twenty lines and then answers differently',
  },
  talk: {
    label: 'Talk to the fine-tuned model',
  },
};

export default en;
