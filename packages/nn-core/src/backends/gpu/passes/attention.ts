// Issues the passes of attention: products of matrices, with the scores of all heads in scratch buffers (batch * heads, time, keyTime).
import type { Storage } from '../../backend.js';
import { dropout as dropoutProgram } from './elementwise.js';
import { cube, halves, matrix, vector, type Passes, type Program, type View } from './pass.js';

/** The score of a key that a query does not see: exact in 32 bits, and less than any score that comes of float32 numbers in use. */
const HIDDEN = -(2 ** 126);

/** The sizes of the scores, (batch * heads, time, keyTime). */
type ScoreSizes = Pick<Call, 'batch' | 'time' | 'keyTime' | 'heads'>;

/** One call: its sizes, its buffers as shaders see them, and where keys and values begin in their rows. */
interface Call {
  readonly batch: number;
  readonly time: number;
  readonly keyTime: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly group: number;
  readonly headSize: number;
  readonly behind: number;
  readonly ahead: number;
  /** How far any query sees ahead: with a prefix, as far as behind. */
  readonly farthestAhead: number;
  readonly query: View;
  readonly key: View;
  readonly value: View;
  readonly keyColumn: number;
  readonly valueColumn: number;
  /** keyRanges, segments, keySegments and prefixLengths. */
  readonly masks: readonly View[];
  readonly hasRanges: number;
  readonly hasSegments: number;
  readonly hasPrefix: number;
  /** The mask and the slopes, which are added to scores. */
  readonly mask: Storage;
  readonly alibiSlopes: Storage;
  readonly maskBatch: number;
  readonly maskHeads: number;
  readonly dropoutState: Storage;
  readonly dropout: number;
  readonly stream: number;
}

function callOf(
  passes: Passes, [query, key, value]: readonly Storage[], [keyRanges, segments, keySegments, prefixLengths, mask, alibiSlopes, dropoutState = passes.none]: readonly Storage[],
  [batch, time, keyTime, heads, keyValueHeads, headSize, behind, ahead, maskBatch, maskHeads, dropout = 0, stream = 0]: readonly number[],
): Call {
  const keys = (storage: Storage): View => matrix(storage, batch * keyTime, keyValueHeads * headSize);
  const integers = (storage: Storage, length: number): View => (storage === passes.none ? vector(storage, 1) : halves(storage, length));
  return {
    batch, time, keyTime, heads, keyValueHeads, headSize, behind, ahead, mask, alibiSlopes, maskBatch, maskHeads, dropoutState, dropout, stream,
    farthestAhead: prefixLengths === passes.none ? ahead : Math.max(ahead, behind),
    group: keyValueHeads === 0 ? 1 : heads / keyValueHeads,
    query: matrix(query, batch * time, heads * headSize), key: keys(key), value: keys(value), keyColumn: 0, valueColumn: 0,
    masks: [integers(keyRanges, 2 * batch), integers(segments, batch * time), integers(keySegments, batch * keyTime), integers(prefixLengths, batch)],
    hasRanges: Number(keyRanges !== passes.none),
    hasSegments: Number(segments !== passes.none),
    hasPrefix: Number(prefixLengths !== passes.none),
  };
}

/** The same where query, key and value lie side by side in one buffer. */
function sideBySide(passes: Passes, qkv: Storage, [keyRanges, segments, ...added]: readonly Storage[], numbers: readonly number[]): Call {
  const [batch, time, ...others] = numbers;
  const call = callOf(passes, [qkv, qkv, qkv], [keyRanges, segments, segments, ...added], [batch, time, time, ...others]);
  const { heads, keyValueHeads, headSize } = call;
  const rows = matrix(qkv, batch * time, (heads + 2 * keyValueHeads) * headSize);
  return { ...call, query: rows, key: rows, value: rows, keyColumn: heads * headSize, valueColumn: (heads + keyValueHeads) * headSize };
}

function issueScores(passes: Passes, call: Call): Storage {
  const { batch, time, keyTime, heads, group, headSize, keyColumn, behind, ahead, query, key, masks, hasRanges, hasSegments, hasPrefix, mask, alibiSlopes, maskBatch, maskHeads } = call;
  const scores = passes.scratch(batch * heads * time * keyTime);
  passes.run('attentionScores', scores, [keyTime, time, batch * heads], [query, key, ...masks], [
    time, keyTime, heads, group, headSize, keyColumn, behind, ahead, hasRanges, hasSegments, hasPrefix, 1 / Math.sqrt(headSize), HIDDEN,
  ]);
  const [hasMask, hasSlopes] = [mask, alibiSlopes].map((storage) => Number(storage !== passes.none));
  if (hasMask + hasSlopes === 0) return scores;
  const added = passes.scratch(batch * heads * time * keyTime);
  const maskView = hasMask ? cube(mask, maskBatch * maskHeads, time, keyTime) : cube(mask, 1, 1, 1);
  passes.run('attentionAdded', added, [keyTime, time, batch * heads], [cube(scores, batch * heads, time, keyTime), maskView, vector(alibiSlopes, hasSlopes ? heads : 1)], [
    time, keyTime, heads, maskBatch > 1 ? maskHeads : 0, maskHeads > 1 ? 1 : 0, hasMask, hasSlopes, HIDDEN,
  ]);
  return added;
}

function issueProbabilities(passes: Passes, { batch, time, keyTime, heads }: ScoreSizes, scores: Storage, maximum: Storage, sum: Storage, probabilities: Storage): void {
  const layers = batch * heads;
  passes.run('attentionProbabilities', probabilities, [keyTime, time, layers], [cube(scores, layers, time, keyTime), matrix(maximum, layers, time), matrix(sum, layers, time)], [HIDDEN]);
}

function issueSums(passes: Passes, { batch, time, keyTime, heads }: ScoreSizes, scores: Storage, maximum: Storage, sum: Storage): void {
  const rows = batch * heads * time;
  passes.run('attentionMaximum', maximum, [rows], [matrix(scores, rows, keyTime)], [keyTime, HIDDEN]);
  passes.run('attentionSum', sum, [rows], [matrix(scores, rows, keyTime), vector(maximum, rows)], [keyTime, HIDDEN]);
}

/** The probabilities without those that are dropped; themselves where none are. */
function issueDropout(passes: Passes, { batch, time, keyTime, heads, dropoutState, dropout, stream }: Call, probabilities: Storage): Storage {
  if (dropoutState === passes.none) return probabilities;
  const size = batch * heads * time * keyTime;
  const dropped = passes.scratch(size);
  dropoutProgram(passes, [probabilities, dropoutState, dropped], [size, dropout, stream]);
  return dropped;
}

function forward(passes: Passes, call: Call, y: Storage, maximum: Storage, sum: Storage): void {
  const { batch, time, keyTime, heads, group, headSize, valueColumn, behind, farthestAhead, value } = call;
  const scores = issueScores(passes, call);
  const probabilities = passes.scratch(batch * heads * time * keyTime);
  issueSums(passes, call, scores, maximum, sum);
  issueProbabilities(passes, call, scores, maximum, sum, probabilities);
  const inputs = [cube(issueDropout(passes, call, probabilities), batch * heads, time, keyTime), value];
  passes.run('attentionValues', y, [heads * headSize, batch * time], inputs, [time, keyTime, heads, group, headSize, valueColumn, behind, farthestAhead]);
}

/** Issues the gradient; `outputs` are buffers with their columns of dQuery, dKey and dValue side by side, and their rows. */
function backward(
  passes: Passes, call: Call, [y, maximum, sum, dy]: readonly Storage[], outputs: readonly { storage: Storage; from: number; columns: number; rows: number }[],
): void {
  const { batch, time, keyTime, heads, group, headSize, keyColumn, valueColumn, behind, farthestAhead, query, key, value } = call;
  const layers = batch * heads;
  const [yView, dyView] = [y, dy].map((storage) => matrix(storage, batch * time, heads * headSize));
  const scores = issueScores(passes, call);
  const [probabilities, dScores] = [0, 1].map(() => passes.scratch(layers * time * keyTime));
  const dots = passes.scratch(layers * time);
  issueProbabilities(passes, call, scores, maximum, sum, probabilities);
  passes.run('attentionDots', dots, [layers * time], [yView, dyView], [time, heads, headSize]);
  const [pView, droppedView] = [probabilities, issueDropout(passes, call, probabilities)].map((storage) => cube(storage, layers, time, keyTime));
  passes.run('attentionScoreGradient', dScores, [keyTime, time, layers], [pView, droppedView, value, dyView, matrix(dots, layers, time)], [time, keyTime, heads, group, headSize, valueColumn]);
  const inputs = [droppedView, cube(dScores, layers, time, keyTime), query, key, dyView];
  for (const { storage, from, columns, rows } of outputs) {
    passes.run('attentionGradient', storage, [columns, rows], inputs, [time, keyTime, heads, group, headSize, keyColumn, from, behind, farthestAhead, 1 / Math.sqrt(headSize)]);
  }
}

export const attention: Program = (passes, [query, key, value, keyRanges, segments, keySegments, prefixLengths, mask, alibiSlopes, dropoutState, y, maximum, sum], numbers) =>
  forward(passes, callOf(passes, [query, key, value], [keyRanges, segments, keySegments, prefixLengths, mask, alibiSlopes, dropoutState], numbers), y, maximum, sum);

export const attentionGradient: Program = (passes, [query, key, value, keyRanges, segments, keySegments, prefixLengths, mask, alibiSlopes, dropoutState, y, maximum, sum, dy, dQuery, dKey, dValue], numbers) => {
  const call = callOf(passes, [query, key, value], [keyRanges, segments, keySegments, prefixLengths, mask, alibiSlopes, dropoutState], numbers);
  const { batch, time, keyTime, heads, keyValueHeads, headSize } = call;
  const [columns, keyColumns, keyRows] = [heads * headSize, keyValueHeads * headSize, batch * keyTime];
  backward(passes, call, [y, maximum, sum, dy], [
    { storage: dQuery, from: 0, columns, rows: batch * time },
    { storage: dKey, from: columns, columns: keyColumns, rows: keyRows },
    { storage: dValue, from: columns + keyColumns, columns: keyColumns, rows: keyRows },
  ]);
};

export const selfAttention: Program = (passes, [qkv, keyRanges, segments, prefixLengths, mask, alibiSlopes, dropoutState, y, maximum, sum], numbers) =>
  forward(passes, sideBySide(passes, qkv, [keyRanges, segments, prefixLengths, mask, alibiSlopes, dropoutState], numbers), y, maximum, sum);

export const selfAttentionGradient: Program = (passes, [qkv, keyRanges, segments, prefixLengths, mask, alibiSlopes, dropoutState, y, maximum, sum, dy, dqkv], numbers) => {
  const call = sideBySide(passes, qkv, [keyRanges, segments, prefixLengths, mask, alibiSlopes, dropoutState], numbers);
  const { batch, time, heads, keyValueHeads, headSize } = call;
  backward(passes, call, [y, maximum, sum, dy], [{ storage: dqkv, from: 0, columns: (heads + 2 * keyValueHeads) * headSize, rows: batch * time }]);
};

export const attentionWeights: Program = (passes, [query, key, keyRanges, segments, keySegments, prefixLengths, mask, alibiSlopes, weights], numbers) => {
  const call = callOf(passes, [query, key, key], [keyRanges, segments, keySegments, prefixLengths, mask, alibiSlopes], numbers);
  const [maximum, sum] = [0, 1].map(() => passes.scratch(call.batch * call.heads * call.time));
  const scores = issueScores(passes, call);
  issueSums(passes, call, scores, maximum, sum);
  issueProbabilities(passes, call, scores, maximum, sum, weights);
};

export const cachedAttention: Program = (passes, [qkv, cache, places, alibiSlopes, y], [rows, cacheRows, longest, heads, keyValueHeads, headSize, behind]) => {
  const [keyWidth, group] = [keyValueHeads * headSize, keyValueHeads === 0 ? 1 : heads / keyValueHeads];
  const [queries, entries, at] = [matrix(qkv, rows, heads * headSize + 2 * keyWidth), matrix(cache, cacheRows, 2 * keyWidth), halves(places, 2 * rows)];
  const call = { batch: 1, time: rows, keyTime: longest, heads };
  const [scores, probabilities] = [0, 1].map(() => passes.scratch(heads * rows * longest));
  const [maximum, sum] = [0, 1].map(() => passes.scratch(heads * rows));
  const hasSlopes = Number(alibiSlopes !== passes.none);
  passes.run('cachedScores', scores, [longest, rows, heads], [queries, entries, at, vector(alibiSlopes, hasSlopes ? heads : 1)], [group, headSize, behind, hasSlopes, 1 / Math.sqrt(headSize), HIDDEN]);
  issueSums(passes, call, scores, maximum, sum);
  issueProbabilities(passes, call, scores, maximum, sum, probabilities);
  passes.run('cachedValues', y, [heads * headSize, rows], [cube(probabilities, heads, rows, longest), entries, at], [cacheRows, longest, group, headSize, keyWidth, behind, NaN]);
};
