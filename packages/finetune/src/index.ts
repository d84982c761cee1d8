// @kk/finetune: from a model that continues texts to one that answers. See the README.
export type { CompletionExample, ConversationExample, LabelledTokens, TextExample, TuningExample } from './data/examples.js';
