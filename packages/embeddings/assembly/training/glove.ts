// GloVe: weighted least squares on the logarithms of co-occurrence counts, by AdaGrad.
import { sumOfLanes } from './lanes';

/**
 * Learns the pairs `from` to `to` - 1: the word `words[p]` beside the word `contexts[p]` has the target `targets[p]` = ln(count) with the
 * weight `weights[p]`. Rows end with the biases: those of words hold (bias, 1), those of contexts (1, bias), so that the dot product
 * of two rows has both in it. The squares of each 1 are infinite, which keeps it as it is.
 *
 *   difference = word . context - target
 *   each number x with gradient g:  step = rate * weight * difference * g;  x -= step / sqrt(squares);  squares += step * step
 *
 * As in GloVe 1.2 by Pennington the squares are those of the steps, learning rate included, and begin with 1.
 * @returns the sum of weight * difference^2 / 2
 */
export function trainPairs(
  words: usize, contexts: usize, weights: usize, targets: usize, from: i32, to: i32,
  wordTable: usize, contextTable: usize, wordSquares: usize, contextSquares: usize, stride: i32, rate: f32,
): f64 {
  const bytes = usize(stride) << 2;
  let cost: f64 = 0;
  for (let p = from; p < to; p++) {
    const at = usize(p) << 2;
    const wordAt = usize(load<u32>(words + at)) * bytes;
    const contextAt = usize(load<u32>(contexts + at)) * bytes;
    const word = wordTable + wordAt;
    const context = contextTable + contextAt;
    let sum = f32x4.splat(0);
    for (let i: usize = 0; i < bytes; i += 16) sum = f32x4.add(sum, f32x4.mul(v128.load(word + i), v128.load(context + i)));
    const difference = sumOfLanes(sum) - load<f32>(targets + at);
    const weighted = load<f32>(weights + at) * difference;
    cost += 0.5 * f64(weighted) * f64(difference);
    const factor = f32x4.splat(weighted * rate);
    const wordSquare = wordSquares + wordAt;
    const contextSquare = contextSquares + contextAt;
    for (let i: usize = 0; i < bytes; i += 16) {
      const w = v128.load(word + i);
      const c = v128.load(context + i);
      const stepOfWord = f32x4.mul(factor, c);
      const stepOfContext = f32x4.mul(factor, w);
      const w2 = v128.load(wordSquare + i);
      const c2 = v128.load(contextSquare + i);
      v128.store(word + i, f32x4.sub(w, f32x4.div(stepOfWord, f32x4.sqrt(w2))));
      v128.store(context + i, f32x4.sub(c, f32x4.div(stepOfContext, f32x4.sqrt(c2))));
      v128.store(wordSquare + i, f32x4.add(w2, f32x4.mul(stepOfWord, stepOfWord)));
      v128.store(contextSquare + i, f32x4.add(c2, f32x4.mul(stepOfContext, stepOfContext)));
    }
  }
  return cost;
}
