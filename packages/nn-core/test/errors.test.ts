// Shapes and types that do not fit are refused with what was given, what was expected and what to do.
import { describe, expect, it } from 'vitest';
import * as nn from '../src/index.js';

describe('operations refuse what does not fit', async () => {
  const engine = await nn.init('cpu');
  const zeros = (...shape: number[]): nn.Tensor => engine.zeros(shape);
  const ids = (...values: number[]): nn.Tensor => engine.tensor(values, [values.length], 'int32');

  it.each<[string, () => unknown, RegExp]>([
    ['tensor', () => engine.tensor([1, 2, 3], [2, 2]), /got 3 numbers for the shape \(2, 2\), which holds 4/],
    ['tensor of lists', () => engine.tensor([[1, 2], [3, 4]] as never), /element 0 is a list; expected numbers in one list, row after row/],
    ['tensor of something else', () => engine.tensor([1, undefined] as never), /element 1 is undefined/],
    ['an unknown activation', () => nn.matmul(zeros(2, 2), zeros(2, 2), { activation: 'swish' as never }), /matmul: there is no activation 'swish'.*choose among none, relu/],
    ['cachePlaces with half a past', () => nn.cachePlaces(engine, [{ sequence: 0, past: 0.5, count: 1 }], { sequences: 1, capacity: 4 }), /past is 0\.5; expected how many positions/],
    ['cachePlaces without rows', () => nn.cachePlaces(engine, [{ sequence: 0, past: 0, count: 0 }], { sequences: 1, capacity: 4 }), /count is 0; expected how many rows are new/],
    ['cachePlaces of a sequence that is not there', () => nn.cachePlaces(engine, [{ sequence: 2, past: 0, count: 1 }], { sequences: 2, capacity: 4 }), /there is no sequence 2; the cache has the sequences 0 to 1/],
    ['cachePlaces of one sequence twice', () => nn.cachePlaces(engine, [0, 1].map((past) => ({ sequence: 0, past, count: 1 })), { sequences: 2, capacity: 4 }), /sequence 0 comes twice/],
    ['tensor of negative size', () => engine.zeros([-1]), /shape \(-1\) is not possible/],
    ['tensor of too many elements', () => engine.zeros([65536, 65536]), /at most 2147483647 elements/],
    ['int32 of a fraction', () => engine.tensor([0.5], [1], 'int32'), /0.5 at position 0: expected a whole number/],
    ['set', () => zeros(3).set([1]), /1 numbers for a tensor of shape \(3\)/],
    ['add', () => nn.add(zeros(2, 3), zeros(2)), /shapes \(2, 3\) and \(2\) do not fit/],
    ['add of ids', () => nn.add(ids(1), ids(2)), /floating-point tensors; got int32/],
    ['matmul', () => nn.matmul(zeros(2, 3), zeros(4, 5)), /a has 3 columns and b has 4 rows/],
    ['matmul of a vector', () => nn.matmul(zeros(3), zeros(3, 5)), /at least two axes/],
    ['matmul with other leading axes', () => nn.matmul(zeros(2, 3, 4), zeros(3, 4, 5)), /leading axes must be equal/],
    ['matmul with a bias', () => nn.matmul(zeros(2, 3), zeros(3, 5), { bias: zeros(3) }), /bias has shape \(3\); expected \(5\)/],
    ['reshape', () => nn.reshape(zeros(2, 3), [4, -1]), /\(2, 3\) has 6 elements and cannot become \(4, -1\)/],
    ['permute', () => nn.permute(zeros(2, 3), [0, 0]), /must name each of the 2 axes/],
    ['transpose', () => nn.transpose(zeros(2)), /last two axes; got shape \(2\)/],
    ['expand', () => nn.expand(zeros(2), [3]), /do not fit|cannot be repeated/],
    ['slice', () => nn.slice(zeros(2, 3), 1, 2, 2), /positions 2 to 4 do not lie in axis 1/],
    ['concatenate', () => nn.concatenate([zeros(2, 3), zeros(3, 2)], 0), /differ in more than axis 0/],
    ['concatenate nothing', () => nn.concatenate([]), /at least one/],
    ['sum', () => nn.sum(zeros(2), 1), /axis 1 does not exist in a tensor of rank 1: give -1 to 0/],
    ['mean', () => nn.mean(zeros(0)), /nothing to average/],
    ['max', () => nn.max(zeros(2, 0), 1), /shape \(2, 0\) has nothing to compare/],
    ['variance', () => nn.variance(zeros(3, 1), 1), /1 elements with correction 1 leave nothing to divide by/],
    ['maximum of two', () => nn.maximum(zeros(2), zeros(3)), /maximum: the shapes \(2\) and \(3\) do not fit/],
    ['where', () => nn.where(zeros(2), zeros(3), 0), /where: the shapes \(2\) and \(3\) do not fit/],
    ['clip', () => nn.clip(zeros(2), 1, 0), /limits 1 and 0 are in the wrong order/],
    ['gather', () => nn.gather(zeros(2, 3), 1, ids(0)), /index must have the same sizes except along axis 1; got \(1\)/],
    ['gather of an unknown place', () => nn.gather(zeros(3), 0, ids(3)), /id 3 is out of range/],
    ['meanSquaredError', () => nn.meanSquaredError(zeros(2), zeros(1, 2)), /meanSquaredError: both tensors must have the same shape; got \(2\) and \(1, 2\)/],
    ['softmax', () => nn.softmax(engine.full([], 1)), /single number/],
    ['layerNorm', () => nn.layerNorm(zeros(2, 3), zeros(2), zeros(3)), /weight and bias must be \(3\); got \(2\) and \(3\)/],
    ['conv2d', () => nn.conv2d(zeros(1, 5, 5, 2), zeros(3, 3, 1, 4)), /x is \(1, 5, 5, 2\) and weight is \(3, 3, 1, 4\); .* the same channels/],
    ['conv2d with a bias', () => nn.conv2d(zeros(1, 5, 5, 2), zeros(3, 3, 2, 4), { bias: zeros(3) }), /bias has shape \(3\); expected \(4\)/],
    ['conv2d with a stride of 0', () => nn.conv2d(zeros(1, 5, 5, 2), zeros(3, 3, 2, 4), { stride: 0 }), /stride is 0; expected a whole number of 1 or more/],
    ['conv2d with too much padding', () => nn.conv2d(zeros(1, 5, 5, 2), zeros(3, 3, 2, 4), { padding: 3 }), /padding is 3; expected 'same' or a whole number from 0 to 2/],
    ['conv2d with a large kernel', () => nn.conv2d(zeros(1, 5, 5, 2), zeros(3, 3, 2, 4), { dilation: 3 }), /reaches over 7 pixels does not fit on 5/],
    ['maxPool2d', () => nn.maxPool2d(zeros(5, 5), { window: 2 }), /x is \(5, 5\); expected \(batch, height, width, channels\)/],
    ['maxPool2d with a large window', () => nn.maxPool2d(zeros(1, 2, 2, 1), { window: 3 }), /a window of 3 does not fit on an image of 2 x 2 pixels with padding 0/],
    ['averagePool2d with too much padding', () => nn.averagePool2d(zeros(1, 4, 4, 1), { window: 2, padding: 2 }), /padding is 2; expected a whole number from 0 to 1/],
    ['rmsNorm', () => nn.rmsNorm(zeros(2, 3), zeros(2)), /weight must be \(3\); got \(2\)/],
    ['swiglu', () => nn.swiglu(zeros(2, 3), zeros(3, 2)), /gate is \(2, 3\) and value is \(3, 2\)/],
    ['swiglu of halves', () => nn.swiglu(zeros(2, 3)), /\(2, 3\) cannot be halved into gate and value/],
    ['embedding', () => nn.embedding(ids(5), zeros(5, 2)), /id 5 is out of range: there are 5 rows/],
    ['embedding of floats', () => nn.embedding(zeros(1), zeros(5, 2)), /int32 tensor/],
    ['crossEntropy', () => nn.crossEntropy(zeros(2, 3), ids(0)), /targets must be \(2\); got \(1\)/],
    ['crossEntropy of an unknown class', () => nn.crossEntropy(zeros(1, 3), ids(3)), /id 3 is out of range/],
    ['dropout', () => nn.dropout(zeros(2), 1), /at least 0 and below 1/],
    ['selfAttention', () => nn.selfAttention(zeros(1, 2, 10), { heads: 1 }), /side by side.*3 divides the columns; got \(1, 2, 10\)/],
    ['selfAttention with heads', () => nn.selfAttention(zeros(1, 2, 12), { heads: 3 }), /9 divides the columns; got \(1, 2, 12\) with 3 heads/],
    ['selfAttention with keySegments', () => nn.selfAttention(zeros(1, 1, 3), { heads: 1, segments: engine.tensor([0], [1, 1], 'int32'), keySegments: engine.tensor([0], [1, 1], 'int32') }), /give segments alone/],
    ['attention', () => nn.attention(zeros(1, 2, 10), zeros(1, 2, 10), zeros(1, 2, 10), { heads: 3 }), /width 10 cannot be split into 3 heads/],
    ['attention with half a head', () => nn.attention(zeros(1, 2, 10), zeros(1, 2, 10), zeros(1, 2, 10), { heads: 0.5 }), /heads is 0.5; expected a whole number/],
    ['attention with groups', () => nn.attention(zeros(1, 2, 8), zeros(1, 2, 8), zeros(1, 2, 8), { heads: 4, keyValueHeads: 3 }), /4 heads cannot share 3 heads of keys and values/],
    ['attention to keys of another width', () => nn.attention(zeros(1, 2, 8), zeros(1, 2, 8), zeros(1, 2, 8), { heads: 4, keyValueHeads: 2 }), /keys must be \(1, keyTime, 4\) for 2 heads.*got \(1, 2, 8\)/],
    ['attention to fewer values than keys', () => nn.attention(zeros(1, 2, 8), zeros(1, 3, 8), zeros(1, 2, 8), { heads: 4 }), /values must be .*got \(1, 2, 8\)/],
    ['attention with a window', () => nn.attention(zeros(1, 2, 8), zeros(1, 2, 8), zeros(1, 2, 8), { heads: 4, window: -1 }), /window is -1/],
    ['attention with a mask of floats', () => nn.attention(zeros(1, 2, 8), zeros(1, 2, 8), zeros(1, 2, 8), { heads: 4, keyRanges: zeros(1, 2) }), /keyRanges must be an int32 tensor/],
    ['attention with a mask of another shape', () => nn.attention(zeros(1, 2, 8), zeros(1, 3, 8), zeros(1, 3, 8), { heads: 4, segments: engine.tensor([0, 0], [1, 2], 'int32') }), /keySegments must be \(1, 3\); got \(1, 2\)/],
    ['attention with half of the segments', () => nn.attention(zeros(1, 1, 8), zeros(1, 1, 8), zeros(1, 1, 8), { heads: 4, keySegments: engine.tensor([0], [1, 1], 'int32') }), /give both/],
    ['attention with prefixes for other sequences', () => nn.attention(zeros(1, 2, 8), zeros(1, 2, 8), zeros(1, 2, 8), { heads: 4, prefixLengths: engine.tensor([0, 0], [2], 'int32') }), /prefixLengths must be \(1\); got \(2\)/],
    ['attention with a mask for other keys', () => nn.attention(zeros(2, 2, 8), zeros(2, 3, 8), zeros(2, 3, 8), { heads: 4, mask: zeros(2, 1, 2, 2) }), /mask must be \(1 or 2, 1 or 4, 2, 3\), which are batch, heads, queries and keys; got \(2, 1, 2, 2\)/],
    ['attention with a mask of ids', () => nn.attention(zeros(1, 1, 8), zeros(1, 1, 8), zeros(1, 1, 8), { heads: 4, mask: engine.tensor([0], [1, 1, 1, 1], 'int32') }), /attention works on floating-point tensors; got int32/],
    ['attention with slopes for other heads', () => nn.attention(zeros(1, 1, 8), zeros(1, 1, 8), zeros(1, 1, 8), { heads: 4, alibiSlopes: zeros(2) }), /alibiSlopes must be \(4\), one for each head; got \(2\)/],
    ['attentionWeights', () => nn.attentionWeights(zeros(2, 8), zeros(2, 8), { heads: 4 }), /queries of shape \(batch, time, width\); got \(2, 8\)/],
    ['rotaryTable without a pair', () => nn.rotaryTable(engine, { positions: 4, frequencies: [] }), /frequencies is \[\]; expected one finite number or more/],
    ['rotaryTable of what is no number', () => nn.rotaryTable(engine, { positions: 4, frequencies: [1, NaN] }), /frequencies is \[1, NaN\]/],
    ['rotaryEmbedding beyond the table', () => nn.rotaryEmbedding(zeros(1, 3, 4), zeros(4, 4), { headSize: 4, start: 2 }), /positions 2 to 4 are asked for, but the table has 4/],
    ['rotaryEmbedding at a position beyond the table', () => nn.rotaryEmbedding(zeros(1, 1, 4), zeros(4, 4), { headSize: 4, positions: ids(4) }), /id 4 is out of range/],
    ['rotaryEmbedding with a wide table', () => nn.rotaryEmbedding(zeros(1, 3, 4), zeros(4, 4), { headSize: 2 }), /at most the head size 2; got \(4, 4\)/],
    ['rotaryEmbedding of half a head', () => nn.rotaryEmbedding(zeros(1, 3, 6), zeros(4, 4), { headSize: 4 }), /6 columns cannot be split into heads of 4/],
    ['rotaryEmbedding of too many heads', () => nn.rotaryEmbedding(zeros(1, 3, 8), zeros(4, 4), { headSize: 4, heads: 3 }), /heads is 3; expected a whole number from 0 to 2/],
    ['cachePlaces', () => nn.cachePlaces(engine, [{ sequence: 0, past: 1, count: 2 }], { sequences: 1, capacity: 2 }), /1 positions of sequence 0 are cached and 2 are new, but the cache holds 2/],
    ['cachedAttention with a cache of another width', () => nn.cachedAttention(zeros(1, 2, 12), zeros(1, 2, 7), nn.cachePlaces(engine, [{ sequence: 0, past: 0, count: 2 }], { sequences: 1, capacity: 2 }), { heads: 1 }), /expected \(1, 2, 8\), which is sequences, positions, and keys and values side by side; got \(1, 2, 7\)/],
    ['cachedAttention with other rows', () => nn.cachedAttention(zeros(1, 3, 12), zeros(1, 2, 8), nn.cachePlaces(engine, [{ sequence: 0, past: 0, count: 2 }], { sequences: 1, capacity: 2 }), { heads: 1 }), /the places are for 2 rows/],
    ['writeCache behind the end', () => nn.writeCache(zeros(1, 2, 8), zeros(1, 2, 8), 0, 1), /2 positions from 1 on are not in the cache, which holds 2/],
    ['parameter', () => engine.parameter(ids(1)), /int32 tensor cannot have a gradient/],
    ['item', () => zeros(2).item(), /one element; this one has shape \(2\)/],
  ])('%s', async (_, run, message) => {
    await expect((async () => run())()).rejects.toThrow(message);
  });

  it('an engine that was disposed says so', async () => {
    const other = await nn.init('cpu');
    other.dispose();
    expect(() => other.zeros([1])).toThrow(/disposed/);
    await expect(nn.init('tpu' as 'cpu')).rejects.toThrow(/no backend 'tpu': choose 'wasm', 'cpu' or createGpuBackend/);
    await expect(nn.init('wasm', { precision: 'float64' })).rejects.toThrow(/float32; use init\('cpu'/);
  });

  it('a number whose inverse is no float32 divides all the same', async () => {
    const wasm = await nn.init('wasm', { threads: 1 });
    const quotient = await nn.divide(wasm.tensor([0, 1e-10]), 1e-40).data();
    expect(quotient[0]).toBe(0);
    expect(quotient[1]! / (1e-10 / Math.fround(1e-40))).toBeCloseTo(1, 4);
    wasm.dispose();
  });

  it('an engine that may not be disposed now goes on', async () => {
    const other = await nn.init('cpu');
    expect(() => nn.compileStep(other, () => other.dispose())).toThrow(/cannot be disposed while a step is captured/);
    expect([...(await other.full([2], 5).data())]).toEqual([5, 5]);
  });
});
