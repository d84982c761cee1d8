// Decides which bytes of one linear memory belong to which buffer. It touches no memory itself.
//
// Two-level segregated fit (Masmano et al. 2004): free blocks hang in lists by size, sixteen lists per power of two, and
// bitmaps find the next list that is not empty, so that allocating and freeing take a few steps whatever the history. Free
// neighbours are merged at once. What was freed last is used first, and a list is searched for a close fit before a larger
// block is cut: a program that allocates and frees the same sizes over and over keeps using the same bytes.

/** All blocks begin and end on these boundaries, so that two threads never write to one cache line. */
export const BLOCK_ALIGNMENT = 64;

/** log2 of the number of size classes per power of two. */
const CLASS_BITS = 4;
const CLASSES = 1 << CLASS_BITS;
/** Block sizes are counted in units of BLOCK_ALIGNMENT; 2^26 of them are the whole 4 GiB. */
const LIST_COUNT = (26 - CLASS_BITS + 2) * CLASSES;
/** How many blocks of the request's own class are looked at before a larger class is taken. */
const SEARCH_LENGTH = 16;

/** A stretch of memory, free or in use. Sizes and addresses are in bytes. */
export class Block {
  free = true;
  /** Neighbours in memory. */
  before: Block | null = null;
  after: Block | null = null;
  /** Neighbours in the list of free blocks. */
  previousFree: Block | null = null;
  nextFree: Block | null = null;

  constructor(public address: number, public bytes: number) {}
}

/** The list for free blocks of this many units: exact below 16 units, then sixteen classes per power of two. */
function listOf(units: number): number {
  if (units < CLASSES) return units;
  const exponent = 31 - Math.clz32(units);
  return ((exponent - CLASS_BITS + 1) << CLASS_BITS) + ((units >>> (exponent - CLASS_BITS)) & (CLASSES - 1));
}

export class Allocator {
  readonly #lists: (Block | null)[] = new Array<Block | null>(LIST_COUNT).fill(null);
  /** Bit i of word w: list 32 w + i is not empty. */
  readonly #occupied = new Int32Array(LIST_COUNT / 32);
  #last: Block | null = null;
  #end: number;
  #bytesInUse = 0;
  #blocksInUse = 0;

  /** Asked for memory up to an end; answers up to where there is memory now. */
  readonly #grow: (end: number) => number;

  /**
   * @param start first byte that may be used, a multiple of 64
   * @param grow asked for memory up to the given end (in bytes) at least; answers up to where there is memory now, which
   *   is less than that when there is no more to be had
   */
  constructor(start: number, grow: (end: number) => number) {
    this.#grow = grow;
    this.#end = start;
  }

  /** Bytes in blocks that are in use, rounded up to whole blocks. */
  get bytesInUse(): number {
    return this.#bytesInUse;
  }

  get blocksInUse(): number {
    return this.#blocksInUse;
  }

  /** The largest block that could be allocated without growing, in bytes. */
  get largestFree(): number {
    let largest = 0;
    for (const head of this.#lists) for (let block = head; block; block = block.nextFree) largest = Math.max(largest, block.bytes);
    return largest;
  }

  /** A block of at least this many bytes, or null when there is no memory. */
  allocate(bytes: number): Block | null {
    const wanted = Math.max(BLOCK_ALIGNMENT, Math.ceil(bytes / BLOCK_ALIGNMENT) * BLOCK_ALIGNMENT);
    if (wanted >= 2 ** 32) return null;
    const block = this.#find(wanted) ?? this.#extend(wanted);
    if (block === null) return null;
    this.#unlist(block);
    if (block.bytes > wanted) this.#split(block, wanted);
    block.free = false;
    this.#bytesInUse += block.bytes;
    this.#blocksInUse++;
    return block;
  }

  /** Gives a block back; the object must not be used afterwards. */
  free(block: Block): void {
    if (block.free) throw new Error(`The block at ${block.address} is free already: free a block once.`);
    this.#bytesInUse -= block.bytes;
    this.#blocksInUse--;
    block.free = true;
    const { before, after } = block;
    if (after?.free) {
      this.#unlist(after);
      this.#absorb(block, after);
    }
    if (before?.free) {
      this.#unlist(before);
      this.#absorb(before, block);
      this.#list(before);
    } else {
      this.#list(block);
    }
  }

  #find(wanted: number): Block | null {
    const own = listOf(wanted / BLOCK_ALIGNMENT);
    let best: Block | null = null;
    let block = this.#lists[own];
    for (let seen = 0; block && seen < SEARCH_LENGTH; seen++, block = block.nextFree) {
      if (block.bytes === wanted) return block;
      if (block.bytes > wanted && (best === null || block.bytes < best.bytes)) best = block;
    }
    return best ?? this.#firstAbove(own);
  }

  /** A block from the first list above the given one that has any: all of its blocks are large enough. */
  #firstAbove(list: number): Block | null {
    let word = (list + 1) >>> 5;
    if (word >= this.#occupied.length) return null;
    let bits = this.#occupied[word] & (-1 << ((list + 1) & 31));
    while (bits === 0) {
      word++;
      if (word >= this.#occupied.length) return null;
      bits = this.#occupied[word];
    }
    return this.#lists[word * 32 + 31 - Math.clz32(bits & -bits)];
  }

  /** Asks for more memory; the new bytes join the last block when that is free. */
  #extend(wanted: number): Block | null {
    const spare = this.#last?.free ? this.#last.bytes : 0;
    const needed = this.#end - spare + wanted;
    const end = Math.floor(this.#grow(needed) / BLOCK_ALIGNMENT) * BLOCK_ALIGNMENT;
    if (end > this.#end) {
      const added = new Block(this.#end, end - this.#end);
      added.before = this.#last;
      if (this.#last) this.#last.after = added;
      this.#end = end;
      const last = this.#last;
      this.#last = added;
      if (last?.free) {
        this.#unlist(last);
        this.#absorb(last, added);
        this.#list(last);
      } else {
        this.#list(added);
      }
    }
    return end >= needed ? this.#last : null;
  }

  /** Makes the block `bytes` long and the rest a free block after it. */
  #split(block: Block, bytes: number): void {
    const rest = new Block(block.address + bytes, block.bytes - bytes);
    block.bytes = bytes;
    rest.before = block;
    rest.after = block.after;
    if (rest.after) rest.after.before = rest;
    else this.#last = rest;
    block.after = rest;
    this.#list(rest);
  }

  /** Joins a block with the one that follows it in memory; neither is in a list. */
  #absorb(block: Block, next: Block): void {
    block.bytes += next.bytes;
    block.after = next.after;
    if (next.after) next.after.before = block;
    else this.#last = block;
  }

  #list(block: Block): void {
    const list = listOf(block.bytes / BLOCK_ALIGNMENT);
    const head = this.#lists[list];
    block.previousFree = null;
    block.nextFree = head;
    if (head) head.previousFree = block;
    this.#lists[list] = block;
    this.#occupied[list >>> 5] |= 1 << (list & 31);
  }

  #unlist(block: Block): void {
    const { previousFree, nextFree } = block;
    if (nextFree) nextFree.previousFree = previousFree;
    if (previousFree) {
      previousFree.nextFree = nextFree;
      return;
    }
    const list = listOf(block.bytes / BLOCK_ALIGNMENT);
    this.#lists[list] = nextFree;
    if (nextFree === null) this.#occupied[list >>> 5] &= ~(1 << (list & 31));
  }
}
