// Sentences of the Brown corpus, one per line, with single spaces between the tokens.
import { brownText } from './tokenizer-texts.mjs';

/** @returns {{ train: string[], heldOut: string[] }} every tenth line is held out */
export function brownSentences() {
  const lines = brownText()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).join(' '))
    .filter((line) => line !== '');
  return { train: lines.filter((_, i) => i % 10 !== 9), heldOut: lines.filter((_, i) => i % 10 === 9) };
}
