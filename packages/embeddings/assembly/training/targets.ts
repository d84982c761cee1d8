// Learns from one example: the hidden vector is scored against the rows of `output` that the list of targets names, and all of them
// are updated. This is where nearly all time goes: three targets at a time share what is loaded of the hidden vector and of its
// gradient.
import { sumOfLanes } from './lanes';
import { logisticStep } from './logistic';
import { aliases, gradient, hidden, negatives, output, path, pathStarts, stride, targets, thresholds, words } from './settings';
import { nextBelow, nextWord } from './random';
import { clearRow } from './rows';

/** Learns that the hidden vector predicts `word`. Leaves in `gradient` what the hidden vector has to be changed by. */
// @ts-ignore: decorator
@inline
export function learnTargets(word: u32, rate: f32): void {
  const count = negatives > 0 ? drawTargets(word) : walkPath(word);
  clearRow(gradient);
  let i = 0;
  for (; i + 3 <= count; i += 3) learnThree(targets + (usize(i) << 2), rate);
  for (; i < count; i++) learnOne(targets + (usize(i) << 2), rate);
}

/** A target is 2 * row + label. The predicted word has label 1, words drawn by the alias table 0; the predicted one is drawn again. */
function drawTargets(word: u32): i32 {
  store<u32>(targets, 2 * word + 1);
  for (let i = 1; i <= negatives; i++) {
    let drawn: u32;
    do {
      const column = nextBelow(words);
      drawn = nextWord() < load<u32>(thresholds + (usize(column) << 2)) ? column : load<u32>(aliases + (usize(column) << 2));
    } while (drawn == word);
    store<u32>(targets + (usize(i) << 2), 2 * drawn);
  }
  return negatives + 1;
}

/** The inner nodes on the way to the word, with the bit as label. */
function walkPath(word: u32): i32 {
  const start = load<u32>(pathStarts + (usize(word) << 2));
  const count = i32(load<u32>(pathStarts + (usize(word) << 2), 4) - start);
  memory.copy(targets, path + (usize(start) << 2), usize(count) << 2);
  return count;
}

/** gradient += step * row; row += step * hidden, with step = rate * (label - logistic(row . hidden)) */
function learnOne(target: usize, rate: f32): void {
  const end = usize(stride) << 2;
  const key = load<u32>(target);
  const row = output + usize(key >>> 1) * end;
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < end; at += 16) sum = f32x4.add(sum, f32x4.mul(v128.load(row + at), v128.load(hidden + at)));
  const step = f32x4.splat(logisticStep(sumOfLanes(sum), f32(key & 1), rate));
  for (let at: usize = 0; at < end; at += 16) {
    const old = v128.load(row + at);
    v128.store(gradient + at, f32x4.add(v128.load(gradient + at), f32x4.mul(step, old)));
    v128.store(row + at, f32x4.add(old, f32x4.mul(step, v128.load(hidden + at))));
  }
}

/** The same for three targets. One that is there twice is updated one after the other, with both scores of the state before. */
function learnThree(target: usize, rate: f32): void {
  const end = usize(stride) << 2;
  const key0 = load<u32>(target);
  const key1 = load<u32>(target, 4);
  const key2 = load<u32>(target, 8);
  const row0 = output + usize(key0 >>> 1) * end;
  const row1 = output + usize(key1 >>> 1) * end;
  const row2 = output + usize(key2 >>> 1) * end;
  let sum0 = f32x4.splat(0);
  let sum1 = f32x4.splat(0);
  let sum2 = f32x4.splat(0);
  for (let at: usize = 0; at < end; at += 32) {
    const here = v128.load(hidden + at);
    sum0 = f32x4.add(sum0, f32x4.mul(v128.load(row0 + at), here));
    sum1 = f32x4.add(sum1, f32x4.mul(v128.load(row1 + at), here));
    sum2 = f32x4.add(sum2, f32x4.mul(v128.load(row2 + at), here));
    const next = v128.load(hidden + at, 16);
    sum0 = f32x4.add(sum0, f32x4.mul(v128.load(row0 + at, 16), next));
    sum1 = f32x4.add(sum1, f32x4.mul(v128.load(row1 + at, 16), next));
    sum2 = f32x4.add(sum2, f32x4.mul(v128.load(row2 + at, 16), next));
  }
  const step0 = f32x4.splat(logisticStep(sumOfLanes(sum0), f32(key0 & 1), rate));
  const step1 = f32x4.splat(logisticStep(sumOfLanes(sum1), f32(key1 & 1), rate));
  const step2 = f32x4.splat(logisticStep(sumOfLanes(sum2), f32(key2 & 1), rate));
  for (let at: usize = 0; at < end; at += 16) {
    const here = v128.load(hidden + at);
    let sum = v128.load(gradient + at);
    const old0 = v128.load(row0 + at);
    sum = f32x4.add(sum, f32x4.mul(step0, old0));
    v128.store(row0 + at, f32x4.add(old0, f32x4.mul(step0, here)));
    const old1 = v128.load(row1 + at);
    sum = f32x4.add(sum, f32x4.mul(step1, old1));
    v128.store(row1 + at, f32x4.add(old1, f32x4.mul(step1, here)));
    const old2 = v128.load(row2 + at);
    sum = f32x4.add(sum, f32x4.mul(step2, old2));
    v128.store(row2 + at, f32x4.add(old2, f32x4.mul(step2, here)));
    v128.store(gradient + at, sum);
  }
}
