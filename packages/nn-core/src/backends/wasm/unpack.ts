// Unpacks the kernels' binaries, which travel inside a script as text: compressed, because base64 of the plain bytes compresses
// badly afterwards. They are nearly the same, so they lie in one stream, block by block in turns: the compressor, which looks back
// 32 KiB, then finds each block of the second one in the first, and both together take little more than one of them.

/** As scripts/build-kernels.mjs writes it. */
export interface PackedBinaries {
  /** Bytes of each binary by its name, in the order of their blocks. */
  readonly lengths: Readonly<Record<string, number>>;
  /** Bytes of a block; the last one of each binary is shorter. */
  readonly block: number;
  /** Base64 of a zlib stream. */
  readonly text: string;
}

/** One of the binaries. */
export async function unpack({ lengths, block, text }: PackedBinaries, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = await decompress(text);
  const binary = new Uint8Array(lengths[name]);
  let from = 0;
  for (let to = 0; from < stream.length; to += block) {
    for (const [other, length] of Object.entries(lengths)) {
      const size = Math.max(0, Math.min(block, length - to));
      if (other === name && size > 0) binary.set(stream.subarray(from, from + size), to);
      from += size;
    }
  }
  return binary;
}

async function decompress(text: string): Promise<Uint8Array> {
  const compressed = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const reader = new Blob([compressed]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
  const chunks: Uint8Array[] = [];
  for (let next = await reader.read(); !next.done; next = await reader.read()) chunks.push(next.value);
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
