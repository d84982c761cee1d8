// Reads and writes BERT's vocab.txt: one token a line; the line number, from 0, is the id. Text is cut as in BERT, since the file does not
// say.

import { checkOptions } from '@kk/options';
import { quote } from '../text/well-formed.js';
import type { Tokenizer } from '../core/tokenizer.js';
import { PipelineTokenizer } from '../pipeline/pipeline-tokenizer.js';
import { type WordPieceLayout, wordPieceLayoutNames, WordPieceTokenizer } from '../tokenizers/word-piece.js';

/**
 * @param text  the content of a vocab.txt
 * @param layout  whether the model was trained on lower case, which the file does not say; default as in BERT "uncased"
 * @throws {RangeError} naming the line that is empty or occurred before; also when the unknown token is not among the tokens, as in a file of prose
 */
export function tokenizerFromVocabText(text: string, layout?: WordPieceLayout): WordPieceTokenizer {
  checkOptions('tokenizerFromVocabText', layout, wordPieceLayoutNames);
  if (typeof text !== 'string') throw new TypeError(`The vocabulary is ${quote(text)}; expected the text of a vocab.txt.`);
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  if (lines.at(-1) === '') lines.pop();
  const places = new Map<string, number>();
  lines.forEach((token, i) => {
    if (token === '') throw new RangeError(`Line ${i + 1} of the vocabulary is empty; expected a token in every line, as in BERT's vocab.txt.`);
    const other = places.get(token);
    if (other !== undefined) throw new RangeError(`Line ${i + 1} of the vocabulary is ${quote(token)}, which is line ${other} already; expected another token in every line, as in BERT's vocab.txt.`);
    places.set(token, i + 1);
  });
  const unknownToken = layout?.unknownToken ?? '[UNK]';
  if (lines.length > 0 && !places.has(unknownToken)) throw new RangeError(`The vocabulary lacks ${quote(unknownToken)}, the token for unknown words; expected BERT's vocab.txt, or the name of the unknown token in unknownToken.`);
  return new WordPieceTokenizer(lines, layout);
}

/**
 * The content of a vocab.txt.
 * @throws {TypeError} when the tokenizer is not WordPiece
 */
export function vocabTextFromTokenizer(tokenizer: Tokenizer): string {
  const parts = tokenizer instanceof PipelineTokenizer ? tokenizer.parts : undefined;
  if (parts?.model.type !== 'WordPiece' || parts.tokens.some((token) => token === undefined || /[\r\n]/.test(token))) {
    throw new TypeError('A vocab.txt holds the tokens of WordPiece, one a line; this tokenizer is another one. Save it as tokenizer.json.');
  }
  return `${parts.tokens.join('\n')}\n`;
}
