// Computes attention as its formulas say, one query after the other. Tests compare the fast kernels with it, and it computes
// heads that are too large for their scratch memory or have NaN in them. Keys are visited twice, so that no scores need to be
// kept.
//
// The fast ones (`forward.ts`, `gradient.ts`) make matrix products of packed panels out of the same sums.
import { expScalar } from '../math';
import { dot } from '../matmul/vectors';
import { addedTo } from './added';
import { factorOf } from './drop';
import { Head } from './head';

/** y (queries, headSize), and maximum and sum (queries) if the head has them. */
export function attendHeadNaive(head: Head): void {
  for (let i = 0; i < head.queries; i++) attendQueryNaive(head, i);
}

/** The same for query i alone. */
export function attendQueryNaive(head: Head, i: i32): void {
  const headSize = head.headSize;
  const output = head.yRow(i);
  const end = head.endKey(i);
  let maximum = f32.NEGATIVE_INFINITY;
  for (let j = head.firstKey(i); j < end; j++) if (head.sees(i, j)) maximum = max(maximum, scoreOf(head, i, j));
  memory.fill(output, 0, usize(headSize) << 2);
  let sum: f32 = 0;
  for (let j = head.firstKey(i); j < end; j++) {
    if (!head.sees(i, j)) continue;
    const weight = expScalar(scoreOf(head, i, j) - maximum);
    sum += weight;
    addScaled(output, head.valueRow(j), weight * factorOf(head, i, j), headSize);
  }
  if (sum == 0) maximum = 0;
  else {
    for (let d = 0; d < headSize; d++) {
      const at = output + (usize(d) << 2);
      store<f32>(at, load<f32>(at) / sum);
    }
  }
  if (!head.maximum) return;
  store<f32>(head.maximumOf(i), maximum);
  store<f32>(head.sumOf(i), sum);
}

/** dQuery (queries, headSize), dKey and dValue (keys, headSize); the latter two are added to what is there with `add`. */
export function attendHeadGradientNaive(head: Head, add: bool): void {
  const headSize = head.headSize;
  const rowBytes = usize(headSize) << 2;
  for (let i = 0; i < head.queries; i++) memory.fill(head.dQueryRow(i), 0, rowBytes);
  if (!add) {
    for (let j = 0; j < head.keys; j++) {
      memory.fill(head.dKeyRow(j), 0, rowBytes);
      memory.fill(head.dValueRow(j), 0, rowBytes);
    }
  }
  for (let i = 0; i < head.queries; i++) {
    const dOutput = head.dyRow(i);
    const dyDotY = dot(dOutput, head.yRow(i), headSize);
    const end = head.endKey(i);
    for (let j = head.firstKey(i); j < end; j++) {
      if (!head.sees(i, j)) continue;
      const p = expScalar(scoreOf(head, i, j) - load<f32>(head.maximumOf(i))) / load<f32>(head.sumOf(i));
      const factor = factorOf(head, i, j);
      const dScore = p * (factor * dot(dOutput, head.valueRow(j), headSize) - dyDotY) * head.scale;
      addScaled(head.dValueRow(j), dOutput, p * factor, headSize);
      addScaled(head.dQueryRow(i), head.keyRow(j), dScore, headSize);
      addScaled(head.dKeyRow(j), head.queryRow(i), dScore, headSize);
    }
  }
}

function scoreOf(head: Head, i: i32, j: i32): f32 {
  return dot(head.queryRow(i), head.keyRow(j), head.headSize) * head.scale + addedTo(head, i, j);
}

/** y (count) += x (count) * factor */
function addScaled(y: usize, x: usize, factor: f32, count: i32): void {
  for (const end = y + (usize(count) << 2); y < end; y += 4) {
    store<f32>(y, load<f32>(y) + load<f32>(x) * factor);
    x += 4;
  }
}
