// Tells where the rows of one head of one sequence lie in the buffers of a kernel, and which keys its queries see. All attention
// kernels find their rows and their masks here.
import { scratchAddress } from '../scratch';

/**
 * Lies in the scratch memory of its thread, since kernels have no heap. A kernel sets the sizes and the buffers that it has (0 for
 * the others), then goes from head to head with `enter`.
 *
 * Rows of the gradients lie as the rows that they are gradients of. Query heads that share a head of keys and values follow each other.
 */
@unmanaged
export class Head {
  batch: i32;
  heads: i32;
  keyValueHeads: i32;
  headSize: i32;
  /** Queries of a sequence, and keys that they may see. */
  queries: i32;
  keys: i32;
  /** How far a query sees, in positions before and after its own. */
  behind: i32;
  ahead: i32;
  /** 1 / sqrt(headSize) */
  scale: f32;

  // Buffers, and bytes from one row to the next.
  query: usize;
  key: usize;
  value: usize;
  queryStride: usize;
  keyStride: usize;
  y: usize;
  yStride: usize;
  maximum: usize;
  sum: usize;
  dy: usize;
  dQuery: usize;
  dKey: usize;
  dValue: usize;
  keyRanges: usize;
  segments: usize;
  keySegments: usize;
  prefixLengths: usize;
  mask: usize;
  alibiSlopes: usize;
  /** The leading axes of the mask: 1, or the sequences; 1, or the heads. */
  maskBatch: i32;
  maskHeads: i32;
  /** The key and the step of dropout, if weights are dropped; see `../dropout.ts`. */
  dropoutState: usize;
  dropout: f32;
  stream: i32;

  // Of the head that was entered: bytes from the beginning of the buffers to its first row.
  queryOffset: usize;
  keyOffset: usize;
  yOffset: usize;
  rowOffset: usize;
  segmentsOffset: usize;
  keySegmentsOffset: usize;
  /** The real keys are [keysFrom, keysEnd). */
  keysFrom: i32;
  keysEnd: i32;
  /** Keys before this one are the prefix. */
  prefixEnd: i32;
  maskOffset: usize;
  /** ALiBi's factor of the distance. */
  slope: f32;

  /** Goes to a query head of a sequence, and so to the head of keys and values that serves it. */
  enter(sequence: i32, head: i32): void {
    const keyHead = head / (this.heads / this.keyValueHeads);
    this.queryOffset = usize(sequence) * usize(this.queries) * this.queryStride + (usize(head * this.headSize) << 2);
    this.keyOffset = usize(sequence) * usize(this.keys) * this.keyStride + (usize(keyHead * this.headSize) << 2);
    this.yOffset = usize(sequence) * usize(this.queries) * this.yStride + (usize(head * this.headSize) << 2);
    this.rowOffset = (usize(sequence) * usize(this.heads) + usize(head)) * (usize(this.queries) << 2);
    this.segmentsOffset = usize(sequence) * (usize(this.queries) << 2);
    this.keySegmentsOffset = usize(sequence) * (usize(this.keys) << 2);
    this.keysFrom = 0;
    this.keysEnd = this.keys;
    if (this.keyRanges) {
      const range = this.keyRanges + (usize(sequence) << 3);
      this.keysFrom = min(max(load<i32>(range), 0), this.keys);
      this.keysEnd = min(max(load<i32>(range, 4), 0), this.keys);
    }
    this.prefixEnd = this.prefixLengths ? load<i32>(this.prefixLengths + (usize(sequence) << 2)) : 0;
    const maskOf = (this.maskBatch > 1 ? sequence : 0) * this.maskHeads + (this.maskHeads > 1 ? head : 0);
    this.maskOffset = usize(maskOf) * usize(this.queries) * (usize(this.keys) << 2);
    this.slope = this.alibiSlopes ? load<f32>(this.alibiSlopes + (usize(head) << 2)) : 0;
  }

  // ---- addresses of rows: query number i, key number j

  queryRow(i: i32): usize {
    return this.query + this.queryOffset + usize(i) * this.queryStride;
  }
  keyRow(j: i32): usize {
    return this.key + this.keyOffset + usize(j) * this.keyStride;
  }
  valueRow(j: i32): usize {
    return this.value + this.keyOffset + usize(j) * this.keyStride;
  }
  yRow(i: i32): usize {
    return this.y + this.yOffset + usize(i) * this.yStride;
  }
  dyRow(i: i32): usize {
    return this.dy + this.yOffset + usize(i) * this.yStride;
  }
  dQueryRow(i: i32): usize {
    return this.dQuery + this.queryOffset + usize(i) * this.queryStride;
  }
  dKeyRow(j: i32): usize {
    return this.dKey + this.keyOffset + usize(j) * this.keyStride;
  }
  dValueRow(j: i32): usize {
    return this.dValue + this.keyOffset + usize(j) * this.keyStride;
  }
  /** Where the greatest score of query i stands. */
  maximumOf(i: i32): usize {
    return this.maximum + this.rowOffset + (usize(i) << 2);
  }
  sumOf(i: i32): usize {
    return this.sum + this.rowOffset + (usize(i) << 2);
  }
  segmentOf(i: i32): usize {
    return this.segments + this.segmentsOffset + (usize(i) << 2);
  }
  keySegmentOf(j: i32): usize {
    return this.keySegments + this.keySegmentsOffset + (usize(j) << 2);
  }

  /** Where the mask's number for query i and key j stands. */
  maskAt(i: i32, j: i32): usize {
    return this.mask + this.maskOffset + ((usize(i) * usize(this.keys) + usize(j)) << 2);
  }

  /** The place of the weight of query i and key j among all weights (batch, heads, queries, keys). */
  weightNumber(i: i32, j: i32): u32 {
    return (u32(this.rowOffset >> 2) + i) * this.keys + j;
  }

  // ---- which keys a query sees: those in [firstKey, endKey) of its own segment. Both grow with the query. Of the prefix, a query
  // sees as far ahead as behind. (What the mask hides has the score -infinity; the kernels that make products do not ask.)

  /** The position of query i among the keys. */
  positionOf(i: i32): i32 {
    return i + this.keys - this.queries;
  }
  firstKey(i: i32): i32 {
    return max(this.keysFrom, this.positionOf(i) - this.behind);
  }
  endKey(i: i32): i32 {
    const position = this.positionOf(i);
    return min(this.keysEnd, max(position + this.ahead + 1, min(this.prefixEnd, position + this.behind + 1)));
  }
  /** Queries in [firstQuery, endQuery) have key j within their reach. */
  firstQuery(j: i32): i32 {
    return max(0, j - (this.keys - this.queries) - (j < this.prefixEnd ? max(this.behind, this.ahead) : this.ahead));
  }
  endQuery(j: i32): i32 {
    return min(this.queries, j - (this.keys - this.queries) + this.behind + 1);
  }

  sees(i: i32, j: i32): bool {
    if (j < this.firstKey(i) || j >= this.endKey(i)) return false;
    if (this.segments && load<i32>(this.segmentOf(i)) != load<i32>(this.keySegmentOf(j))) return false;
    return this.mask == 0 || load<f32>(this.maskAt(i, j)) != f32.NEGATIVE_INFINITY;
  }

  // Keys in [commonKeysFrom(last), commonKeysEnd(first)) are seen by all queries from `first` to `last`. With segments nothing is
  // known of all of them: each key is looked at.
  commonKeysFrom(last: i32): i32 {
    return this.segments ? this.keys : this.firstKey(last);
  }
  commonKeysEnd(first: i32): i32 {
    return this.endKey(first);
  }

  /** All ones in the lanes (query `first` + lane number) that see key j, unless the mask hides it. */
  visibleLanes(first: i32, j: i32): v128 {
    const positions = i32x4.add(i32x4(0, 1, 2, 3), i32x4.splat(this.positionOf(first)));
    const from = i32x4.max_s(i32x4.sub(positions, i32x4.splat(this.behind)), i32x4.splat(this.keysFrom));
    const prefixEnd = i32x4.min_s(i32x4.add(positions, i32x4.splat(this.behind + 1)), i32x4.splat(this.prefixEnd));
    const end = i32x4.min_s(i32x4.max_s(i32x4.add(positions, i32x4.splat(this.ahead + 1)), prefixEnd), i32x4.splat(this.keysEnd));
    const key = i32x4.splat(j);
    const reached = v128.and(i32x4.le_s(from, key), i32x4.gt_s(end, key));
    if (this.segments == 0) return reached;
    return v128.and(reached, i32x4.eq(v128.load(this.segmentOf(first)), v128.load32_splat(this.keySegmentOf(j))));
  }
}

/** Bytes that the head takes at the beginning of scratch memory, whole cache lines; the rest is the kernels' to use. */
const HEAD_BYTES: usize = (offsetof<Head>() + 63) & ~63;

/** The head of this thread, with all sizes set and no buffers. */
export function headOf(batch: i32, queries: i32, keys: i32, heads: i32, keyValueHeads: i32, headSize: i32, behind: i32, ahead: i32): Head {
  const head = changetype<Head>(scratchAddress());
  memory.fill(changetype<usize>(head), 0, HEAD_BYTES);
  head.batch = batch;
  head.heads = heads;
  head.keyValueHeads = keyValueHeads;
  head.headSize = headSize;
  head.queries = queries;
  head.keys = keys;
  head.behind = behind;
  head.ahead = ahead;
  head.scale = f32(1) / sqrt<f32>(f32(headSize));
  head.queryStride = usize(heads * headSize) << 2;
  head.keyStride = usize(keyValueHeads * headSize) << 2;
  head.yStride = head.queryStride;
  return head;
}

/** Query, key and value lie side by side in the rows of one buffer. */
export function setSideBySide(head: Head, qkv: usize): void {
  const keyColumns = usize(head.keyValueHeads * head.headSize) << 2;
  head.query = qkv;
  head.key = qkv + head.yStride;
  head.value = head.key + keyColumns;
  head.queryStride = head.yStride + 2 * keyColumns;
  head.keyStride = head.queryStride;
}

/** 64 bytes that are for whoever needs them, from one instruction to the next. */
export function spareOf(head: Head): usize {
  return changetype<usize>(head) + HEAD_BYTES;
}

/** The first byte of scratch memory behind the head. */
export function scratchBehind(head: Head): usize {
  return spareOf(head) + 64;
}
