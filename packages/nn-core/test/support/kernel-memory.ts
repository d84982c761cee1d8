// Buffers in the memory of a kernel instance, for tests that call kernels directly.
import type { KernelFunction, KernelInstance } from '../../src/backends/wasm/instance.js';

export interface KernelMemory {
  /** The kernel of that name; throws when there is none. */
  kernel(name: string): KernelFunction;
  /** A copy of the numbers in memory; its address. Everything before the last `clear` is kept. */
  place(numbers: Float32Array): number;
  /** A buffer full of NaN, so that what is not written shows; its address. */
  blank(length: number): number;
  /** A copy of what lies there. */
  read(address: number, length: number): Float32Array;
  /** Forgets all buffers. */
  clear(): void;
}

/** @param others kernels besides the instance's own, on the same memory */
export function kernelMemory(instance: KernelInstance, others: Readonly<Record<string, KernelFunction>> = {}): KernelMemory {
  let top = instance.start;
  const reserve = (length: number): number => {
    const address = top;
    top += Math.ceil(length / 16) * 64;
    if (instance.grow(top) < top) throw new Error(`No memory for ${length} numbers.`);
    return address;
  };
  const view = (address: number, length: number): Float32Array => new Float32Array(instance.memory.buffer, address, length);
  return {
    kernel(name) {
      const kernel = others[name] ?? instance.kernel(name);
      if (!kernel) throw new Error(`There is no kernel ${name}.`);
      return kernel;
    },
    place(numbers) {
      const address = reserve(numbers.length);
      view(address, numbers.length).set(numbers);
      return address;
    },
    blank(length) {
      const address = reserve(length);
      view(address, length).fill(NaN);
      return address;
    },
    read: (address, length) => view(address, length).slice(),
    clear() {
      top = instance.start;
    },
  };
}

/** Numbers in [-1, 1) from a seed (mulberry32). */
export function noise(length: number, seed: number): Float32Array {
  let a = seed;
  return Float32Array.from({ length }, () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  });
}

/** First position at which the bits differ, or -1. */
export function firstDifference(a: Float32Array, b: Float32Array): number {
  const [x, y] = [a, b].map((numbers) => new Int32Array(numbers.buffer, numbers.byteOffset, numbers.length));
  if (x.length !== y.length) return Math.min(x.length, y.length);
  return x.findIndex((bits, i) => bits !== y[i]);
}

/** The greatest |a - b| over the greatest |b| or 1; NaN if there is any. */
export function distance(a: Float32Array, b: Float32Array): number {
  let [difference, largest] = [0, 1];
  a.forEach((value, i) => {
    difference = Math.max(difference, Math.abs(value - b[i]));
    largest = Math.max(largest, Math.abs(b[i]));
  });
  return difference / largest;
}
