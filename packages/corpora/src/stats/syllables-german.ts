// Syllables of German words, counted by their vowels: nearly every group of vowels that is one syllable is written as one of a dozen, so
// that no dictionary is needed. Hyphenation patterns would not do: they never part a single letter („A-bend“, „O-ma“).

/** Vowels that make one syllable together; every other vowel makes one of its own. */
const nucleus = /eau|aa|ee|oo|ie|[ae][iy]|[aeäo]u|o[iy]|[aeiouyäöüàáâãåæèéêëìíîïòóôõøùúûýÿ]/gu;

/** Places where letters that look like one syllable are two: „be-enden“, „Ide-en“, „Muse-um“, „Famili-e“, „Ori-ent“. */
const boundaries = [
  /(?<=^(?:un)?(?:be|ge))(?=e(?:[hn]|r[bdntz])|u[nr]|irr)/u,
  /(?<=e)(?=en$|um$)/u,
  /(?<=(?:akti|arteri|asi|besti|famili|feri|fossili|itali|kastani|komödi|lili|lini|materiali|medi|petersili|prämi|prinzipi|seri|spani|studi|tragödi))(?=en?$)/u,
  /(?<=(?:hygi|kli|ori|pati|quoti))(?=en)/u,
];

/**
 * Letters that no syllable is made of: q's u, and a y before a vowel. Digits are spoken one by one, as one syllable each.
 *
 * @param word one word, in any case
 * @returns at least 1
 */
export function countGermanSyllables(word: string): number {
  const letters = word.toLowerCase().normalize('NFC').replaceAll('qu', 'q').replace(/^y(?=[aeou])/u, 'j');
  const parted = boundaries.reduce((text, boundary) => text.replace(boundary, '|'), letters);
  const digits = letters.match(/\p{N}/gu)?.length ?? 0;
  return Math.max(1, (parted.match(nucleus)?.length ?? 0) + digits);
}
