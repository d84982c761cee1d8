// Gives working memory to kernels that need more than registers, and tells where the host's memory begins.
//
// Kernels have no heap. Each instance (each thread, later) is given one block of its own; a kernel may use all of it from
// its first to its last instruction and finds it with undefined contents. The host gives at least 64 KiB.
let address: usize = 0;
let bytes: i32 = 0;
/** Working memory of all threads together: what one step of a kernel leaves there, its `...Finish` finds. */
let commonAddress: usize = 0;
let commonBytes: i32 = 0;

/** Names the block; called once per instance by the host. The address is a multiple of 64. */
export function setScratch(blockAddress: usize, blockBytes: i32): void {
  address = blockAddress;
  bytes = blockBytes;
}

export function scratchAddress(): usize {
  return address;
}

export function scratchBytes(): i32 {
  return bytes;
}

/** Names the block that all instances share; without it there is none. The address is a multiple of 64. */
export function setCommonScratch(blockAddress: usize, blockBytes: i32): void {
  commonAddress = blockAddress;
  commonBytes = blockBytes;
}

export function commonScratchAddress(): usize {
  return commonAddress;
}

export function commonScratchBytes(): i32 {
  return commonBytes;
}

/** The first address that belongs to the host: below it lie the constants of the module. */
export function heapBase(): usize {
  return __heap_base;
}
