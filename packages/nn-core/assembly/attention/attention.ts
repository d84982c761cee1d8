// Exports the attention kernels of the contract. They name the buffers and give each head to the function that computes it.
//
// Work is divided by heads of the batch, so that no sum is divided: by query heads, or by heads of keys and values where these
// are written, which all their query heads add to.
import { firstUnit } from '../share';
import { weightsOfOne } from './decode';
import { attendHead } from './forward';
import { attendHeadGradient } from './gradient';
import { Head, headOf, setSideBySide } from './head';
import { ATTENTION_SCRATCH, MAX_HEAD_SIZE } from './layout';
import { attendHeadGradientNaive, attendHeadNaive } from './naive';

/** Scratch memory that the attention kernels want, whatever the sizes: 2 MiB. */
export function attentionScratchBytes(): i32 {
  return ATTENTION_SCRATCH;
}

export function attention(
  query: usize, key: usize, value: usize, keyRanges: usize, segments: usize, keySegments: usize,
  prefixLengths: usize, mask: usize, alibiSlopes: usize, dropoutState: usize, y: usize, maximum: usize, sum: usize,
  batch: i32, time: i32, keyTime: i32, heads: i32, keyValueHeads: i32, headSize: i32, behind: i32, ahead: i32, maskBatch: i32, maskHeads: i32, dropout: f32, stream: i32, part: i32, parts: i32,
): void {
  const head = headOf(batch, time, keyTime, heads, keyValueHeads, headSize, behind, ahead);
  setApart(head, query, key, value);
  setMasks(head, keyRanges, segments, keySegments);
  setAdded(head, prefixLengths, mask, alibiSlopes, maskBatch, maskHeads);
  setDropout(head, dropoutState, dropout, stream);
  setResults(head, y, maximum, sum);
  forwardHeads(headSize > MAX_HEAD_SIZE, head, part, parts);
}

/** The same, as the formulas say. */
export function attentionNaive(
  query: usize, key: usize, value: usize, keyRanges: usize, segments: usize, keySegments: usize,
  prefixLengths: usize, mask: usize, alibiSlopes: usize, dropoutState: usize, y: usize, maximum: usize, sum: usize,
  batch: i32, time: i32, keyTime: i32, heads: i32, keyValueHeads: i32, headSize: i32, behind: i32, ahead: i32, maskBatch: i32, maskHeads: i32, dropout: f32, stream: i32, part: i32, parts: i32,
): void {
  const head = headOf(batch, time, keyTime, heads, keyValueHeads, headSize, behind, ahead);
  setApart(head, query, key, value);
  setMasks(head, keyRanges, segments, keySegments);
  setAdded(head, prefixLengths, mask, alibiSlopes, maskBatch, maskHeads);
  setDropout(head, dropoutState, dropout, stream);
  setResults(head, y, maximum, sum);
  forwardHeads(true, head, part, parts);
}

export function selfAttention(
  qkv: usize, keyRanges: usize, segments: usize, prefixLengths: usize, mask: usize, alibiSlopes: usize, dropoutState: usize, y: usize, maximum: usize, sum: usize,
  batch: i32, time: i32, heads: i32, keyValueHeads: i32, headSize: i32, behind: i32, ahead: i32, maskBatch: i32, maskHeads: i32, dropout: f32, stream: i32, part: i32, parts: i32,
): void {
  const head = headOf(batch, time, time, heads, keyValueHeads, headSize, behind, ahead);
  setSideBySide(head, qkv);
  setMasks(head, keyRanges, segments, segments);
  setAdded(head, prefixLengths, mask, alibiSlopes, maskBatch, maskHeads);
  setDropout(head, dropoutState, dropout, stream);
  setResults(head, y, maximum, sum);
  forwardHeads(headSize > MAX_HEAD_SIZE, head, part, parts);
}

function setApart(head: Head, query: usize, key: usize, value: usize): void {
  head.query = query;
  head.key = key;
  head.value = value;
}

function setMasks(head: Head, keyRanges: usize, segments: usize, keySegments: usize): void {
  head.keyRanges = keyRanges;
  head.segments = segments;
  head.keySegments = keySegments;
}

function setAdded(head: Head, prefixLengths: usize, mask: usize, alibiSlopes: usize, maskBatch: i32, maskHeads: i32): void {
  head.prefixLengths = prefixLengths;
  head.mask = mask;
  head.alibiSlopes = alibiSlopes;
  head.maskBatch = maskBatch;
  head.maskHeads = maskHeads;
}

function setDropout(head: Head, dropoutState: usize, dropout: f32, stream: i32): void {
  head.dropoutState = dropoutState;
  head.dropout = dropout;
  head.stream = stream;
}

function setResults(head: Head, y: usize, maximum: usize, sum: usize): void {
  head.y = y;
  head.maximum = maximum;
  head.sum = sum;
}

function forwardHeads(naive: bool, head: Head, part: i32, parts: i32): void {
  if (head.headSize <= 0) return;
  const units = head.batch * head.heads;
  const end = firstUnit(units, part + 1, parts);
  for (let unit = firstUnit(units, part, parts); unit < end; unit++) {
    head.enter(unit / head.heads, unit % head.heads);
    if (naive) attendHeadNaive(head);
    else attendHead(head);
  }
}

export function attentionGradient(
  query: usize, key: usize, value: usize, keyRanges: usize, segments: usize, keySegments: usize,
  prefixLengths: usize, mask: usize, alibiSlopes: usize, dropoutState: usize, y: usize, maximum: usize, sum: usize, dy: usize,
  dQuery: usize, dKey: usize, dValue: usize,
  batch: i32, time: i32, keyTime: i32, heads: i32, keyValueHeads: i32, headSize: i32, behind: i32, ahead: i32, maskBatch: i32, maskHeads: i32, dropout: f32, stream: i32, part: i32, parts: i32,
): void {
  const head = headOf(batch, time, keyTime, heads, keyValueHeads, headSize, behind, ahead);
  setApart(head, query, key, value);
  setMasks(head, keyRanges, segments, keySegments);
  setAdded(head, prefixLengths, mask, alibiSlopes, maskBatch, maskHeads);
  setDropout(head, dropoutState, dropout, stream);
  setResults(head, y, maximum, sum);
  setGradients(head, dy, dQuery, dKey, dValue);
  gradientHeads(headSize > MAX_HEAD_SIZE, head, part, parts);
}

/** The same, as the formulas say. */
export function attentionGradientNaive(
  query: usize, key: usize, value: usize, keyRanges: usize, segments: usize, keySegments: usize,
  prefixLengths: usize, mask: usize, alibiSlopes: usize, dropoutState: usize, y: usize, maximum: usize, sum: usize, dy: usize,
  dQuery: usize, dKey: usize, dValue: usize,
  batch: i32, time: i32, keyTime: i32, heads: i32, keyValueHeads: i32, headSize: i32, behind: i32, ahead: i32, maskBatch: i32, maskHeads: i32, dropout: f32, stream: i32, part: i32, parts: i32,
): void {
  const head = headOf(batch, time, keyTime, heads, keyValueHeads, headSize, behind, ahead);
  setApart(head, query, key, value);
  setMasks(head, keyRanges, segments, keySegments);
  setAdded(head, prefixLengths, mask, alibiSlopes, maskBatch, maskHeads);
  setDropout(head, dropoutState, dropout, stream);
  setResults(head, y, maximum, sum);
  setGradients(head, dy, dQuery, dKey, dValue);
  gradientHeads(true, head, part, parts);
}

export function selfAttentionGradient(
  qkv: usize, keyRanges: usize, segments: usize, prefixLengths: usize, mask: usize, alibiSlopes: usize, dropoutState: usize, y: usize, maximum: usize, sum: usize, dy: usize, dqkv: usize,
  batch: i32, time: i32, heads: i32, keyValueHeads: i32, headSize: i32, behind: i32, ahead: i32, maskBatch: i32, maskHeads: i32, dropout: f32, stream: i32, part: i32, parts: i32,
): void {
  const head = headOf(batch, time, time, heads, keyValueHeads, headSize, behind, ahead);
  setSideBySide(head, qkv);
  setMasks(head, keyRanges, segments, segments);
  setAdded(head, prefixLengths, mask, alibiSlopes, maskBatch, maskHeads);
  setDropout(head, dropoutState, dropout, stream);
  setResults(head, y, maximum, sum);
  setGradients(head, dy, dqkv, dqkv + (head.key - qkv), dqkv + (head.value - qkv));
  gradientHeads(headSize > MAX_HEAD_SIZE, head, part, parts);
}

function setGradients(head: Head, dy: usize, dQuery: usize, dKey: usize, dValue: usize): void {
  head.dy = dy;
  head.dQuery = dQuery;
  head.dKey = dKey;
  head.dValue = dValue;
}

function gradientHeads(naive: bool, head: Head, part: i32, parts: i32): void {
  if (head.headSize <= 0) return;
  const units = head.batch * head.keyValueHeads;
  const end = firstUnit(units, part + 1, parts);
  for (let unit = firstUnit(units, part, parts); unit < end; unit++) {
    if (naive || groupGradient(head, unit)) groupGradientNaive(head, unit);
  }
}

/** The gradient of all query heads that share a head of keys and values: number `unit` of all sequences. At NaN it stops and returns true. */
function groupGradient(head: Head, unit: i32): bool {
  const group = head.heads / head.keyValueHeads;
  for (let member = 0; member < group; member++) {
    head.enter(unit / head.keyValueHeads, (unit % head.keyValueHeads) * group + member);
    if (attendHeadGradient(head, member > 0)) return true;
  }
  return false;
}

/** The same as the formulas say. */
function groupGradientNaive(head: Head, unit: i32): void {
  const group = head.heads / head.keyValueHeads;
  for (let member = 0; member < group; member++) {
    head.enter(unit / head.keyValueHeads, (unit % head.keyValueHeads) * group + member);
    attendHeadGradientNaive(head, member > 0);
  }
}

export function attentionWeights(
  query: usize, key: usize, keyRanges: usize, segments: usize, keySegments: usize,
  prefixLengths: usize, mask: usize, alibiSlopes: usize, weights: usize,
  batch: i32, time: i32, keyTime: i32, heads: i32, keyValueHeads: i32, headSize: i32, behind: i32, ahead: i32, maskBatch: i32, maskHeads: i32, part: i32, parts: i32,
): void {
  if (headSize <= 0) return;
  const head = headOf(batch, time, keyTime, heads, keyValueHeads, headSize, behind, ahead);
  setApart(head, query, key, 0);
  setMasks(head, keyRanges, segments, keySegments);
  setAdded(head, prefixLengths, mask, alibiSlopes, maskBatch, maskHeads);
  const end = firstUnit(batch * heads, part + 1, parts);
  for (let unit = firstUnit(batch * heads, part, parts); unit < end; unit++) {
    head.enter(unit / heads, unit % heads);
    for (let i = 0; i < time; i++) weightsOfOne(head, i, weights + (usize(unit * time + i) * usize(keyTime) << 2));
  }
}
