// Keeps buffers that were given back for the next of their size: a training step that is not captured asks for the same sizes
// over and over, and a new buffer on a GPU costs more than the shader that fills it.

/** Unused buffers may take as much as those in use, and this in any case. */
const ALWAYS_KEPT_BYTES = 64 * 2 ** 20;

interface Sized {
  readonly length: number;
}

/** Lengths are rounded up: to 64 numbers, and where that is more, to an eighth of a power of two. */
export function roundedLength(length: number): number {
  const step = Math.max(64, 2 ** (Math.floor(Math.log2(Math.max(1, length))) - 3));
  return Math.max(step, Math.ceil(length / step) * step);
}

export class BufferPool<B extends Sized> {
  readonly #unused = new Map<number, B[]>();
  readonly #used = new Set<B>();
  #usedBytes = 0;
  #unusedBytes = 0;

  readonly #create: (length: number) => B;
  readonly #destroy: (buffer: B) => void;

  constructor(
    create: (length: number) => B,
    destroy: (buffer: B) => void,
  ) {
    this.#create = create;
    this.#destroy = destroy;
  }

  /** Bytes of all buffers, unused ones included. */
  get bytes(): number {
    return this.#usedBytes + this.#unusedBytes;
  }

  /** @param length already rounded */
  take(length: number): B {
    let buffer = this.#unused.get(length)?.pop();
    if (buffer) this.#unusedBytes -= 4 * length;
    else buffer = this.#create(length);
    this.#used.add(buffer);
    this.#usedBytes += 4 * length;
    return buffer;
  }

  give(buffer: B): void {
    if (!this.#used.delete(buffer)) throw new Error('gpu: this buffer was freed before. Free a buffer once, after its last use.');
    this.#usedBytes -= 4 * buffer.length;
    const same = this.#unused.get(buffer.length);
    if (same) same.push(buffer);
    else this.#unused.set(buffer.length, [buffer]);
    this.#unusedBytes += 4 * buffer.length;
    if (this.#unusedBytes > ALWAYS_KEPT_BYTES && this.#unusedBytes > this.#usedBytes) this.#dropUnused();
  }

  #dropUnused(): void {
    for (const buffers of this.#unused.values()) for (const buffer of buffers) this.#destroy(buffer);
    this.#unused.clear();
    this.#unusedBytes = 0;
  }

  dispose(): void {
    this.#dropUnused();
    for (const buffer of this.#used) this.#destroy(buffer);
    this.#used.clear();
    this.#usedBytes = 0;
  }
}
