// A typed or pasted text as one line of limited length.

/**
 * @param most  UTF-16 units that fit
 * @returns the line without line breaks and without what does not fit, and whether something did not
 */
export function fitLine(text: string, most: number): { line: string; isCut: boolean } {
  const whole = text.replace(/\s*\n\s*/g, ' ');
  // Half of a character that takes two places is none.
  return { line: whole.slice(0, most).replace(/[\uD800-\uDBFF]$/, ''), isCut: whole.length > most };
}
