// Finds places where a long text can be cut without cutting a token: spaces between two words. If there is none, it finds another place.

/** A space between two letters or digits. Modifier letters are excluded, because some normalize to a space with a sign. */
const wordGap = /(?<=[\p{Lu}\p{Ll}\p{Lo}\p{Nd}]) (?=[\p{Lu}\p{Ll}\p{Lo}\p{Nd}])/gu;

/**
 * The offset of the last space between two words; 0 if there is none.
 * @param from  where the search begins
 * @param isSafe  returns false to refuse a place
 */
export function lastWordGap(text: string, from: number, isSafe: (cut: number) => boolean = () => true): number {
  let cut = 0;
  wordGap.lastIndex = from;
  for (let match = wordGap.exec(text); match; match = wordGap.exec(text)) if (isSafe(match.index)) cut = match.index;
  return cut;
}

/**
 * The offset before the white space of the last line break; without a line break, the end of the last whole character. Never 0 for a text
 * of two units or more.
 */
export function lastResort(text: string): number {
  const beforeLineBreak = text.slice(0, Math.max(0, text.lastIndexOf('\n'))).trimEnd().length;
  return beforeLineBreak > 0 ? beforeLineBreak : wholeCharacters(text);
}

/** The length of the text without the first half of a surrogate pair at its end. */
export function wholeCharacters(text: string): number {
  return (text.charCodeAt(text.length - 1) & 0xfc00) === 0xd800 ? text.length - 1 : text.length;
}
