// The allocator against a model: blocks never overlap, neighbours merge, memory stays flat under a repeating load.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Allocator, type Block, BLOCK_ALIGNMENT } from '../src/backends/wasm/allocator.js';

const START = 4096;

/** An allocator over imagined memory that grows in steps up to a limit. */
function imagined(limit: number, step = 65_536): { allocator: Allocator; end: () => number } {
  let end = START;
  const allocator = new Allocator(START, (wanted) => {
    const target = Math.ceil(wanted / step) * step;
    if (target <= limit) end = Math.max(end, target);
    return end;
  });
  return { allocator, end: () => end };
}

function expectDisjoint(blocks: readonly { address: number; bytes: number }[], end: number): void {
  const sorted = [...blocks].sort((a, b) => a.address - b.address);
  let previous = START;
  for (const block of sorted) {
    expect(block.address).toBeGreaterThanOrEqual(previous);
    expect(block.address % BLOCK_ALIGNMENT).toBe(0);
    previous = block.address + block.bytes;
  }
  expect(previous).toBeLessThanOrEqual(end);
}

const bytes = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 200_000 }), fc.constantFrom(64, 1024, 1025, 65_536));
const steps = fc.array(fc.record({ bytes, release: fc.double({ min: 0, max: 1, noNaN: true }), index: fc.nat() }), { minLength: 1, maxLength: 200 });

describe('allocator', () => {
  it('gives blocks that hold what was asked and never overlap, and merges all of them when they are freed', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const { allocator, end } = imagined(2 ** 22);
        const live: Block[] = [];
        for (const step of sequence) {
          if (live.length > 0 && step.release < 0.45) {
            allocator.free(live.splice(step.index % live.length, 1)[0]);
          } else {
            const block = allocator.allocate(step.bytes);
            if (block === null) continue;
            expect(block.bytes).toBeGreaterThanOrEqual(step.bytes);
            live.push(block);
          }
          expect(allocator.blocksInUse).toBe(live.length);
          expect(allocator.bytesInUse).toBe(live.reduce((sum, block) => sum + block.bytes, 0));
          expectDisjoint(live, end());
        }
        const held = end() - START;
        for (const block of live) allocator.free(block);
        expect(allocator.bytesInUse).toBe(0);
        expect(allocator.largestFree).toBe(held);
        if (held > 0) {
          const all = allocator.allocate(held);
          expect(all).toMatchObject({ address: START, bytes: held });
        }
      }),
      { numRuns: 200 },
    );
  });

  it('finds a free block that fits whenever there is one of a larger class, without growing', () => {
    const { allocator, end } = imagined(2 ** 24);
    const blocks = [100, 5000, 70_000, 300, 900_000, 64].map((size) => allocator.allocate(size)!);
    const held = end();
    allocator.free(blocks[4]);
    expect(allocator.allocate(500_000)!.address).toBe(blocks[4].address);
    expect(end()).toBe(held);
  });

  it('uses the bytes that were freed last, again and again', () => {
    const { allocator } = imagined(2 ** 24);
    const kept = allocator.allocate(1000)!;
    const first = allocator.allocate(100_000)!;
    const { address } = first;
    allocator.allocate(64);
    allocator.free(first);
    for (let i = 0; i < 100; i++) {
      const block = allocator.allocate(100_000)!;
      expect(block.address).toBe(address);
      allocator.free(block);
    }
    expect(kept.address).toBe(START);
  });

  it('holds no more memory after thousands of steps of the same sizes, in any order of freeing, than after ten', () => {
    fc.assert(
      fc.property(fc.array(bytes, { minLength: 3, maxLength: 40 }), fc.integer(), (sizes, seed) => {
        const { allocator, end } = imagined(2 ** 30, 64);
        // Half of each step's blocks are freed at its end, the others at the end of the next one, in another order each time.
        let state = seed | 1;
        const random = (): number => ((state = Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
        let earlier: Block[] = [];
        let afterTen = 0;
        for (let step = 0; step < 1000; step++) {
          const made = sizes.map((size) => allocator.allocate(size)!);
          const kept = made.filter((_, i) => i % 2 === 1);
          for (const block of [...earlier, ...made.filter((_, i) => i % 2 === 0)].sort(() => random() - 0.5)) allocator.free(block);
          earlier = kept;
          if (step === 10) afterTen = end();
        }
        // Fragments may cost something, but not with every step.
        expect(end() - START).toBeLessThanOrEqual(2 * (afterTen - START));
      }),
      { numRuns: 10 },
    );
  });

  it('is perfectly flat when a step allocates and frees in the same order every time', () => {
    const { allocator, end } = imagined(2 ** 30, 64);
    const sizes = Array.from({ length: 300 }, (_, i) => 64 + ((i * 7919) % 100_000));
    const step = (): void => {
      const blocks: Block[] = [];
      for (const size of sizes) {
        blocks.push(allocator.allocate(size)!);
        if (blocks.length > 40) allocator.free(blocks.splice(7, 1)[0]);
      }
      for (const block of blocks.reverse()) allocator.free(block);
    };
    // The first step finds no memory, the second all of it in one piece; from then on every step is like the second.
    step();
    step();
    const afterTwo = end();
    for (let i = 0; i < 2000; i++) step();
    expect(end()).toBe(afterTwo);
  });

  it('says null when memory is exhausted, and works on', () => {
    const { allocator } = imagined(START + 65_536 * 4);
    const large = allocator.allocate(200_000)!;
    expect(allocator.allocate(100_000)).toBeNull();
    expect(allocator.allocate(2 ** 33)).toBeNull();
    expect(allocator.allocate(2 ** 32 - 1)).toBeNull();
    allocator.free(large);
    expect(allocator.allocate(100_000)).not.toBeNull();
  });

  it('refuses to free a block twice', () => {
    const { allocator } = imagined(2 ** 20);
    const block = allocator.allocate(10)!;
    allocator.allocate(10);
    allocator.free(block);
    expect(() => allocator.free(block)).toThrow('free already');
  });
});
