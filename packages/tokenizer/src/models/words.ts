// Cuts a piece of several words before the spaces between them, so that single words are found in the cache of a model.

const letterOrDigit = /^[\p{L}\p{N}]/u;

const YES = 1;
const NO = 2;
/** For every UTF-16 unit that is a character: whether it is a letter or digit; 0 if it was not looked up yet. */
const known = /* @__PURE__ */ new Uint8Array(0x10000);

function isLetterOrDigit(character: number): boolean {
  const answer = character < 0x10000 ? known[character] : 0;
  if (answer !== 0) return answer === YES;
  const found = letterOrDigit.test(String.fromCodePoint(character));
  if (character < 0x10000) known[character] = found ? YES : NO;
  return found;
}

/** The character that ends before a place of a text without lone surrogates. */
function characterBefore(text: string, place: number): number {
  const unit = text.charCodeAt(place - 1);
  return (unit & 0xfc00) === 0xdc00 ? (text.codePointAt(place - 2) as number) : unit;
}

/**
 * Calls `visit` for the parts of a piece, from left to right. A part begins at every gap between two letters or digits.
 * @param gaps  the space characters to cut before; up to three
 */
export function forEachWord(piece: string, gaps: string, visit: (word: string) => void): void {
  const first = gaps.charCodeAt(0);
  const second = gaps.charCodeAt(1);
  const third = gaps.charCodeAt(2);
  let start = 0;
  for (let place = 1; place < piece.length - 1; place++) {
    const unit = piece.charCodeAt(place);
    if (unit !== first && unit !== second && unit !== third) continue;
    if (!isLetterOrDigit(characterBefore(piece, place)) || !isLetterOrDigit(piece.codePointAt(place + 1) as number)) continue;
    visit(piece.slice(start, place));
    start = place;
  }
  visit(start === 0 ? piece : piece.slice(start));
}
