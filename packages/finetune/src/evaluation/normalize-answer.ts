// Makes answers comparable that differ only in what a reader does not see.

/**
 * Unicode's form NFC, every run of white space as one space, none at both ends. Case, punctuation and words stay: an answer without its full stop is
 * another answer.
 */
export function normalizeAnswer(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim();
}
