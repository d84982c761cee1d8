// Cuts a text at an end of a sentence.

/** A sentence that is longer than this may be cut, so that texts have nearly equal lengths. */
const LONG = 300;

/** The longest beginning of at most this many characters that ends with a sentence; with a word or anywhere, if there is no such end. */
export function cutAtSentence(text: string, most: number): string {
  if (text.length <= most) return text;
  const start = text.slice(0, most + 1);
  const end = Math.max(...[...start.matchAll(/[.!?…]["“”«»‘’)]*(?=\s)/g)].map((match) => match.index + match[0].length), 0);
  if (end > Math.max(most / 2, most - LONG)) return text.slice(0, end);
  const space = start.lastIndexOf(' ');
  return text.slice(0, space > most / 2 ? space : most);
}
