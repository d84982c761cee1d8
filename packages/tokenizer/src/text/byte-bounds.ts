// Finds the character that each UTF-8 byte of a text belongs to.

/** For every UTF-8 byte of a range: the start and end of its character, in UTF-16 units of the text. */
export function byteBounds(text: string, start: number, end: number): { starts: number[]; ends: number[] } {
  const starts: number[] = [];
  const ends: number[] = [];
  for (let i = start; i < end; ) {
    const code = text.codePointAt(i) as number;
    const units = code > 0xffff ? 2 : 1;
    const bytes = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (let j = 0; j < bytes; j++) {
      starts.push(i);
      ends.push(i + units);
    }
    i += units;
  }
  return { starts, ends };
}
