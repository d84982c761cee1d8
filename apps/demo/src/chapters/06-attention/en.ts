// The words of the figures of chapter 6.
import type de from './de.js';

const en: typeof de = {
  loadingModel: 'The model is being loaded.',
  text: 'Your sentence',
  layer: 'layer',
  head: 'head',
  headAt: (layer, head) => `layer ${layer}, head ${head}`,
  token: 'token',
  share: 'share',
  looks: {
    label: 'Where a token looks, head by head',
  },
  change: {
    label: 'What changes in the next token when attention is disturbed',
  },
  find: {
    label: 'All heads as small pictures: which one reads the name?',
  },
  forms: {
    label: 'Attention as it forms during training',
  },
  layers: {
    label: 'What the model would answer after each layer',
  },
};

export default en;
