// The two chapters before training: a text as tokens, and nonsense from a Markov chain.
import { TextMarkov } from '@kk/markov';
import { BytePairTokenizer } from '@kk/tokenizer';
import { piecesOf } from '../terminal/pieces.js';
import { Progress } from '../terminal/progress.js';
import { tokenRows } from '../terminal/token-rows.js';
import { VOCAB_SIZE } from './plan.js';
import type { Stage } from './stage.js';

/** Trains a tokenizer on the stories and shows the tokens of a sentence. */
export function tokensChapter(stage: Stage, text: string): BytePairTokenizer {
  const { messages, numbers, terminal, colors, indent } = stage;
  const { tokens } = messages;
  stage.heading(tokens.heading);
  stage.paragraph(tokens.text);
  const progress = new Progress(terminal);
  const started = performance.now();
  const tokenizer = BytePairTokenizer.train(text, {
    vocabSize: VOCAB_SIZE,
    onProgress: (state) => progress.update(() => ' '.repeat(indent) + tokens.learning(numbers.integer(state.tokens), numbers.integer(state.vocabSize))),
  });
  progress.pause();
  const seconds = (performance.now() - started) / 1000;
  stage.paragraph(tokens.learned({ characters: numbers.integer(text.length), vocabSize: numbers.integer(tokenizer.vocabSize), seconds: `${numbers.decimal(seconds, 1)}\u00a0s` }));
  terminal.print(tokenRows([...piecesOf(tokenizer, tokenizer.encode(stage.examples.tokens.sentence))], { columns: terminal.columns, colors, indent }));
  terminal.print();
  stage.remark(tokens.legend);
  return tokenizer;
}

// The length of each sample: long enough to be funny, short enough to read.
const NONSENSE_LETTERS = 130;
const NONSENSE_WORDS = 24;
const SEED = 3;

/** Shows texts of Markov chains of rising order, trained on the stories. */
export async function nonsenseChapter(stage: Stage, text: string): Promise<void> {
  const { nonsense } = stage.messages;
  stage.heading(nonsense.heading);
  stage.paragraph(nonsense.text);
  for (const order of [1, 2, 4]) {
    await stage.context.breathe();
    stage.sample(nonsense.letters(order), TextMarkov.train(text, { unit: 'character', order }).generate({ length: NONSENSE_LETTERS, beginning: 'sentence', seed: SEED }));
  }
  stage.sample(nonsense.words, TextMarkov.train(text, { unit: 'word', order: 1 }).generate({ length: NONSENSE_WORDS, beginning: 'sentence', seed: SEED }));
  stage.paragraph(nonsense.moral);
}
