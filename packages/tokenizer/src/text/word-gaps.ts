// Where a long text may be cut so that no token is cut: at the space between two words. And where else, when there is no such place.

/** A space between two letters or digits. Modifier letters are excluded, because some normalize to a space with a sign. */
const wordGap = /(?<=[\p{Lu}\p{Ll}\p{Lo}\p{Nd}]) (?=[\p{Lu}\p{Ll}\p{Lo}\p{Nd}])/gu;

/**
 * The last space between two words, as an offset into the text; 0 when there is none.
 * @param from  where to begin to look
 * @param isSafe  refuses a place
 */
export function lastWordGap(text: string, from: number, isSafe: (cut: number) => boolean = () => true): number {
  let cut = 0;
  wordGap.lastIndex = from;
  for (let match = wordGap.exec(text); match; match = wordGap.exec(text)) if (isSafe(match.index)) cut = match.index;
  return cut;
}

/** The last line break, before the white space that it ends; without one, the end of the last whole character. Never 0 for a text of two units or more. */
export function lastResort(text: string): number {
  const beforeLineBreak = text.slice(0, Math.max(0, text.lastIndexOf('\n'))).trimEnd().length;
  return beforeLineBreak > 0 ? beforeLineBreak : wholeCharacters(text);
}

/** The text's length, less the first half of a surrogate pair at its end. */
export function wholeCharacters(text: string): number {
  return (text.charCodeAt(text.length - 1) & 0xfc00) === 0xd800 ? text.length - 1 : text.length;
}
