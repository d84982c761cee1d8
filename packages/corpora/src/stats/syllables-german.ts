// Counts the syllables of German words by their vowels. Nearly every group of vowels that is one syllable is one of a dozen spellings, so
// no dictionary is needed. Hyphenation patterns would be wrong, because they never separate a single letter („A-bend“, „O-ma“).

/** Vowels that form one syllable together; every other vowel is a syllable of its own. */
const nucleus = /eau|aa|ee|oo|ie|[ae][iy]|[aeäo]u|o[iy]|[aeiouyäöüàáâãåæèéêëìíîïòóôõøùúûýÿ]/gu;

/** Places where letters that look like one syllable are two: „be-enden“, „Ide-en“, „Muse-um“, „Famili-e“, „Ori-ent“. */
const boundaries = [
  /(?<=^(?:un)?(?:be|ge))(?=e(?:[hn]|r[bdntz])|u[nr]|irr)/u,
  /(?<=e)(?=en$|um$)/u,
  /(?<=(?:akti|arteri|asi|besti|famili|feri|fossili|itali|kastani|komödi|lili|lini|materiali|medi|petersili|prämi|prinzipi|seri|spani|studi|tragödi))(?=en?$)/u,
  /(?<=(?:hygi|kli|ori|pati|quoti))(?=en)/u,
];

/**
 * Counts the syllables of a word. The u of qu and a y before a vowel form no syllable. Each digit counts as one syllable.
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
