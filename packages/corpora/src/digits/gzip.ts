// gzip through the engine's own streams: Node from 18, browsers from 2023, workers too.

/** @throws Error if the engine has no CompressionStream */
export async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  if (typeof CompressionStream === 'undefined') throw new Error('this engine has no CompressionStream: expected Node 20 or a browser of 2023 or later');
  return collect(bytes, new CompressionStream('gzip'), Infinity);
}

/**
 * @param most bytes that the contents may have; longer ones are refused before they fill the memory
 * @throws Error if the bytes are no gzip, damaged, cut off or too long, or if the engine has no DecompressionStream
 */
export async function gunzip(bytes: Uint8Array, most: number): Promise<Uint8Array> {
  if (typeof DecompressionStream === 'undefined') throw new Error('this engine has no DecompressionStream: expected Node 20 or a browser of 2023 or later');
  try {
    return await collect(bytes, new DecompressionStream('gzip'), most);
  } catch (error) {
    throw new Error(`the file of drawings cannot be unpacked (${error instanceof Error ? error.message : String(error)}): load it again; expected gzip that writeDrawings made`, { cause: error });
  }
}

async function collect(bytes: Uint8Array, through: CompressionStream | DecompressionStream, most: number): Promise<Uint8Array> {
  const writer = through.writable.getWriter();
  // The reading end reports the same failure; one report is enough.
  writer.write(bytes as Uint8Array<ArrayBuffer>).then(() => writer.close()).catch(() => undefined);
  const reader = through.readable.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > most) {
      await reader.cancel();
      throw new Error(`it unpacks to more than ${most} bytes`);
    }
    chunks.push(next.value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
