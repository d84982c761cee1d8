// Attention: products of matrices with the scores of all heads in scratch buffers (batch * heads, queries, keys).
import type { Storage } from '../../backend.js';
import { cube, matrix, type Passes, type Program } from './pass.js';

/** Up to so many positions are copied to the cache one by one, where buffers can be copied in part; more by a shader. */
const MOST_COPIES = 64;

export const causalAttention: Program = (passes, [qkv, y, logSumExp], [batch, time, heads, headSize]) => {
  const [width, layers] = [heads * headSize, batch * heads];
  const qkvView = matrix(qkv, batch * time, 3 * width);
  const scores = passes.scratch(layers * time * time);
  const probabilities = passes.scratch(layers * time * time);
  passes.run('attentionScores', scores, [time, time, layers], [qkvView], [time, heads, headSize, 1 / Math.sqrt(headSize)]);
  passes.run('visibleLogSumExp', logSumExp, [layers * time], [matrix(scores, layers * time, time)], [time, 0]);
  passes.run('visibleSoftmax', probabilities, [time, time, layers], [cube(scores, layers, time, time), matrix(logSumExp, layers, time)], [0]);
  passes.run('attentionValues', y, [width, batch * time], [cube(probabilities, layers, time, time), qkvView], [time, heads, headSize]);
};

export const causalAttentionGradient: Program = (passes, [qkv, y, logSumExp, dy, dqkv], [batch, time, heads, headSize]) => {
  const [width, layers, rows] = [heads * headSize, batch * heads, batch * time];
  const [qkvView, yView, dyView] = [matrix(qkv, rows, 3 * width), matrix(y, rows, width), matrix(dy, rows, width)];
  const sizes = [time, heads, headSize];
  const scale = 1 / Math.sqrt(headSize);
  const probabilities = passes.scratch(layers * time * time);
  const dScores = passes.scratch(layers * time * time);
  const dots = passes.scratch(layers * time);
  passes.run('attentionProbabilities', probabilities, [time, time, layers], [qkvView, matrix(logSumExp, layers, time)], [...sizes, scale]);
  passes.run('attentionDots', dots, [layers * time], [yView, dyView], sizes);
  const pView = cube(probabilities, layers, time, time);
  passes.run('attentionScoreGradient', dScores, [time, time, layers], [pView, qkvView, dyView, matrix(dots, layers, time)], sizes);
  passes.run('attentionGradient', dqkv, [3 * width, rows], [pView, cube(dScores, layers, time, time), qkvView, dyView], [...sizes, scale]);
};

/** cache (batch, capacity, width) at [past, past + count) = third `part` of qkv (batch, count, 3 * width) */
function append(passes: Passes, qkv: Storage, cache: Storage, part: 1 | 2, [batch, count, past, capacity, width]: readonly number[]): void {
  if (passes.hasWebGpu && batch * count <= MOST_COPIES) {
    for (let b = 0; b < batch; b++) {
      for (let i = 0; i < count; i++) {
        passes.copy({ from: qkv, fromAt: ((b * count + i) * 3 + part) * width, to: cache, toAt: (b * capacity + past + i) * width, length: width });
      }
    }
    return;
  }
  passes.run('appended', cache, [width, capacity, batch], [matrix(qkv, batch * count, 3 * width), cube(cache, batch, capacity, width)], [count, past, width, part]);
}

export const cachedAttention: Program = (passes, [qkv, keys, values, y], [batch, count, past, capacity, heads, headSize]) => {
  const [width, layers, visible] = [heads * headSize, batch * heads, past + count];
  const qkvView = matrix(qkv, batch * count, 3 * width);
  append(passes, qkv, keys, 1, [batch, count, past, capacity, width]);
  append(passes, qkv, values, 2, [batch, count, past, capacity, width]);
  const scores = passes.scratch(layers * count * visible);
  const probabilities = passes.scratch(layers * count * visible);
  const logSumExps = passes.scratch(layers * count);
  const sizes = [count, past, heads, headSize];
  passes.run('cachedScores', scores, [visible, count, layers], [qkvView, cube(keys, batch, capacity, width)], [...sizes, 1 / Math.sqrt(headSize)]);
  passes.run('visibleLogSumExp', logSumExps, [layers * count], [matrix(scores, layers * count, visible)], [count, past]);
  passes.run('visibleSoftmax', probabilities, [visible, count, layers], [cube(scores, layers, count, visible), matrix(logSumExps, layers, count)], [past]);
  passes.run('cachedValues', y, [width, batch * count], [cube(probabilities, layers, count, visible), cube(values, batch, capacity, width)], sizes);
};
