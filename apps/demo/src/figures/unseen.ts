// Characters that draw nothing: joiners, selectors, controls, and spaces other than the plain one. Where a token shows one at its edge it
// would be blank, or look like its neighbour; there its code stands instead, as ‹U+200D›.

/** The plain space and the line break have signs of their own. */
const UNSEEN = String.raw`(?![ \n])[\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Cc}]`;
const AT_EDGES = new RegExp(String.raw`(?!\n)\p{Cc}|^(?:${UNSEEN})+|(?:${UNSEEN})+$`, 'gu');
/** Selectors and tags change the character before them: behind one they are seen as its form, as in "❤️". */
const CHANGES_ONE_BEFORE = /[\p{Variation_Selector}\u{E0020}-\u{E007F}]/u;

const codeOf = (character: string): string => `‹U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}›`;

/** The text with the codes of the unseen characters at its edges; between others they do their work, as in "👩‍👧". */
export function unseenAsCodes(text: string): string {
  return text.replace(AT_EDGES, (run, at: number) => Array.from(run, (character) => (at > 0 && CHANGES_ONE_BEFORE.test(character) ? character : codeOf(character))).join(''));
}

/** Without plain spaces and line breaks at the edges. `trim` takes every space away, also those that are to be shown. */
export const withoutSpaces = (text: string): string => text.replace(/^[ \n]+|[ \n]+$/g, '');

/** The first code that stands for an unseen character of a text. */
export function unseenCode(text: string): string | undefined {
  const shown = unseenAsCodes(text);
  return shown === text ? undefined : /‹U\+[0-9A-F]+›/.exec(shown)?.[0];
}
