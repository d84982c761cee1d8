// Walks over a batch of sentences, the whole inner loop: subsampling, windows, examples.
import { takeLoss } from './logistic';
import { nextBelow, nextWord } from './random';
import { addRow, clearRow, scaleRow } from './rows';
import { gradient, hidden, input, keep, rowStarts, rows, sentence, stride } from './settings';
import { learnTargets } from './targets';

/** The smallest share of the learning rate that is left at the end, as in word2vec. */
const LEAST_SHARE: f64 = 0.0001;

/**
 * Learns `sentences` sentences. Sentence s has the words `tokens[starts[s]]` to `tokens[starts[s + 1] - 1]`.
 *
 * The learning rate falls in a line: before a sentence it is rate * (1 - (done + words before it) / total).
 * @param results where the sum of losses is put, and the number of examples: two float64
 */
export function trainBatch(tokens: usize, starts: usize, sentences: i32, cbow: bool, window: u32, rate: f64, done: f64, total: f64, results: usize): void {
  let examples: i32 = 0;
  const first = load<u32>(starts);
  for (let s = 0; s < sentences; s++) {
    const start = load<u32>(starts + (usize(s) << 2));
    const end = load<u32>(starts + (usize(s) << 2), 4);
    const share = 1 - (done + f64(start - first)) / total;
    const kept = subsample(tokens + (usize(start) << 2), i32(end - start));
    const now = f32(rate * max(share, LEAST_SHARE));
    examples += cbow ? continuousBag(kept, window, now) : skipGram(kept, window, now);
  }
  store<f64>(results, takeLoss());
  store<f64>(results, f64(examples), 8);
}

/** Copies the words that are kept to `sentence`. */
function subsample(tokens: usize, count: i32): i32 {
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const word = load<u32>(tokens + (usize(i) << 2));
    const threshold = load<u32>(keep + (usize(word) << 2));
    if (threshold != 0xffffffff && nextWord() >= threshold) continue;
    store<u32>(sentence + (usize(kept++) << 2), word);
  }
  return kept;
}

/**
 * Each word predicts those around it. The hidden vector is read once per word: a change of all of its rows changes their mean as much,
 * so that adding each change to it, and the sum of all changes to the rows at the end, is the same as doing both at once.
 */
function skipGram(count: i32, window: u32, rate: f32): i32 {
  let examples = 0;
  const total = gradient + (usize(stride) << 2);
  for (let center = 0; center < count; center++) {
    const reach = 1 + i32(nextBelow(window));
    const from = max(0, center - reach);
    const to = min(count - 1, center + reach);
    if (from == to) continue;
    const word = load<u32>(sentence + (usize(center) << 2));
    clearRow(hidden);
    const rowCount = addRowsOf(word, hidden);
    if (rowCount > 1) scaleRow(hidden, 1 / f32(rowCount));
    clearRow(total);
    for (let other = from; other <= to; other++) {
      if (other == center) continue;
      learnTargets(load<u32>(sentence + (usize(other) << 2)), rate);
      addRow(hidden, gradient);
      addRow(total, gradient);
      examples++;
    }
    changeRowsOf(word, total);
  }
  return examples;
}

/** The mean of the words around a word predicts it (continuous bag of words). As in word2vec and fastText each row gets the whole change. */
function continuousBag(count: i32, window: u32, rate: f32): i32 {
  let examples = 0;
  for (let center = 0; center < count; center++) {
    const reach = 1 + i32(nextBelow(window));
    const from = max(0, center - reach);
    const to = min(count - 1, center + reach);
    if (from == to) continue;
    clearRow(hidden);
    let rowCount = 0;
    for (let other = from; other <= to; other++) {
      if (other != center) rowCount += addRowsOf(load<u32>(sentence + (usize(other) << 2)), hidden);
    }
    scaleRow(hidden, 1 / f32(rowCount));
    learnTargets(load<u32>(sentence + (usize(center) << 2)), rate);
    for (let other = from; other <= to; other++) {
      if (other != center) changeRowsOf(load<u32>(sentence + (usize(other) << 2)), gradient);
    }
    examples++;
  }
  return examples;
}

/** Adds the rows of a word to `sum`. @returns how many there are */
// @ts-ignore: decorator
@inline
function addRowsOf(word: u32, sum: usize): i32 {
  const start = load<u32>(rowStarts + (usize(word) << 2));
  const end = load<u32>(rowStarts + (usize(word) << 2), 4);
  for (let i = start; i < end; i++) addRow(sum, input + ((usize(load<u32>(rows + (usize(i) << 2))) * usize(stride)) << 2));
  return i32(end - start);
}

// @ts-ignore: decorator
@inline
function changeRowsOf(word: u32, change: usize): void {
  const start = load<u32>(rowStarts + (usize(word) << 2));
  const end = load<u32>(rowStarts + (usize(word) << 2), 4);
  for (let i = start; i < end; i++) addRow(input + ((usize(load<u32>(rows + (usize(i) << 2))) * usize(stride)) << 2), change);
}
