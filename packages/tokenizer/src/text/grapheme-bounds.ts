// Says whether a text can be cut at a place without cutting what a reader sees as one character, such as an emoji of several code points or a
// letter with its accents. Source: Unicode Standard Annex 29, extended grapheme clusters, as `Intl.Segmenter` finds them.

/** How many UTF-16 units before a place are looked at: more than any character that people write. Behind more than 255 flags in a row, one may be cut. */
const REACH = 1024;

const isPlain = (unit: number): boolean => unit >= 0x20 && unit < 0x7f;

let segmenter: Intl.Segmenter | undefined;

/**
 * Whether no grapheme cluster of the text spans a place between two code points. Looks only around the place. Always true where the program
 * that runs this has no `Intl.Segmenter`.
 * @param place  in UTF-16 units, not inside a surrogate pair
 */
export function isGraphemeBound(text: string, place: number): boolean {
  // Two plain characters of ASCII never join, so the search begins between two.
  let start = place;
  const least = Math.max(0, place - REACH);
  while (start > least && !(isPlain(text.charCodeAt(start - 1)) && isPlain(text.charCodeAt(start)))) start--;
  if (start === place || place >= text.length || typeof (Intl as Partial<typeof Intl>).Segmenter !== 'function') return true;
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  // Of what follows, only the next code point counts.
  const near = text.slice(start, place + ((text.codePointAt(place) as number) > 0xffff ? 2 : 1));
  return segmenter.segment(near).containing(place - start)?.index === place - start;
}
