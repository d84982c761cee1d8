// Reads a text file piece by piece, so that the page stays responsive, and refuses what is no text or too much of it.

export type ReadText = { text: string } | { problem: 'too long' | 'no text' };

/** @param longest  in UTF-16 units */
export async function readTextFile(file: Blob, longest: number): Promise<ReadText> {
  if (file.size > 4 * longest) return { problem: 'too long' }; // no character takes more than four bytes
  const pieces: string[] = [];
  let length = 0;
  try {
    const reader = file.stream().pipeThrough(new TextDecoderStream('utf-8', { fatal: true })).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (value.includes('\0')) throw new Error('binary');
      length += value.length;
      if (length > longest) {
        await reader.cancel();
        return { problem: 'too long' };
      }
      pieces.push(value);
    }
  } catch {
    return { problem: 'no text' }; // not UTF-8, a folder, or it cannot be read
  }
  return { text: pieces.join('').replaceAll('\r\n', '\n') };
}
