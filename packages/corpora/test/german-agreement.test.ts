// German agreement, checked without the grammar: what articles and endings may stand before a noun of a gender is written down here
// once more, from the school tables, and every story is searched for combinations that no case allows.

import { describe, expect, it } from 'vitest';
import { sample } from './support.js';

type Gender = 'm' | 'f' | 'n';

/** Nouns that stories use often. Not from the lexicon: a wrong gender there must show up here. */
const nounsByGender: Readonly<Record<Gender, string>> = {
  m: 'Ball Teddybär Kreisel Schal Hut Rucksack Handschuh Eimer Regenschirm Roller Drachen Schuh Knopf Löffel Apfel Keks Pfannkuchen Igel Fuchs Hase Frosch Hund Bär Dachs Biber Hamster Esel Turm Palast Räuber Riese Geist Troll Wolf Tag Morgen Sonntag Kern Samen Kürbis Bruder Junge Bauernhof Graben Brunnen',
  f: 'Puppe Trommel Flöte Murmel Mütze Tasche Kette Laterne Schaufel Maske Spieluhr Socke Feder Nuss Gabel Birne Banane Brezel Waffel Maus Katze Ente Gans Eule Ziege Schildkröte Kröte Amsel Meise Burg Hütte Höhle Brücke Hexe Schlange Stadt Mühle Straße Sonnenblume Melone Gurke Schwester Mutter Grube Krone Eisenbahn',
  n: 'Holzschiff Springseil Armband Stofftier Holzpferd Bilderbuch Spielzeugauto Halstuch Kissen Lineal Blatt Brötchen Butterbrot Käsebrot Eichhörnchen Kaninchen Reh Lamm Schaf Pony Kätzchen Ferkel Kalb Haus Schloss Piratenschiff Raumschiff Gespenst Monster Ungeheuer Dorf Häuschen Veilchen Loch Mädchen Feuerwehrauto',
};

/** Article -> ending of every adjective after it, in all cases of the singular that stories use. */
const allowed: Readonly<Record<Gender, Readonly<Record<string, string>>>> = {
  m: { der: 'e', den: 'en', dem: 'en', ein: 'er', einen: 'en', einem: 'en' },
  f: { die: 'e', der: 'en', eine: 'e', einer: 'en' },
  n: { das: 'e', dem: 'en', ein: 'es', einem: 'en' },
};

const genderOf = new Map((Object.keys(nounsByGender) as Gender[]).flatMap((gender) => nounsByGender[gender].split(' ').map((noun) => [noun, gender] as const)));
/** The accusative and dative of nouns that take -n or -en there. */
const weakForms = new Map([['Hasen', 'Hase'], ['Bären', 'Bär'], ['Teddybären', 'Teddybär'], ['Riesen', 'Riese'], ['Jungen', 'Junge']]);
const weakNouns = new Set(weakForms.values());

/** Not adjectives: a phrase begins at the determiner next to the noun. */
const functionWord = '(?:d(?:er|ie|as|en|em)|[kmds]?eine?[nmr]?|ihre?[nmr]?|jede[nrs]|in|unbedingt|vielleicht)';
const phrase = new RegExp(`(?<!\\p{L})([Dd](?:er|ie|as|en|em)|[KkMmDdSs]?[Ee]ine?[nmr]?|[Ii]hre?[nmr]?) ((?:(?!${functionWord} )\\p{Ll}+ ){0,2})(\\p{Lu}\\p{L}+)`, 'gu');

/** Phrases of article, adjectives and noun that cannot be right in any case. */
function disagreements(text: string): string[] {
  return [...text.matchAll(phrase)].flatMap(([whole, determiner, adjectives, written]) => {
    const noun = weakForms.get(written) ?? written;
    const gender = genderOf.get(noun);
    if (!gender) return [];
    // mein, dein, sein, kein and ihr are declined like ein.
    const article = determiner.toLowerCase().replace(/^(?:[kmds]ein|ihr)/, 'ein');
    const ending = allowed[gender][article];
    if (ending === undefined) return [whole];
    // den Hasen, dem Hasen, but der Hase: the weak form stands exactly where the article is not nominative.
    if (weakNouns.has(noun) && (written !== noun) !== /^(?:den|dem|einen|einem)$/.test(article)) return [whole];
    return adjectives.trim().split(' ').filter(Boolean).every((adjective) => hasEnding(adjective, ending)) ? [] : [whole];
  });
}

/** An ending and no other: „kleine“ ends in -e, „kleinen“ does not. */
function hasEnding(adjective: string, ending: string): boolean {
  return ending === 'e' ? /e$/.test(adjective) : new RegExp(`${ending}$`).test(adjective);
}

/** Prepositions that stories use with one case only, or after a verb that asks for a place, followed by an article of another case. */
const wrongCase = /(?<!\p{L})(?:(?:mit|von|bei|aus|nach|zu) (?:einen|eine|ein|das|die|meine?|seine?|ihre?)|(?:für|durch|ohne) (?:dem|der|einem|einer|seinem|ihrem)|(?:landete|saß|lag|stand) (?:\S+ ){0,3}(?:in|auf|hinter|unter) (?:das|die|einen)) (?:\p{Ll}+ )*\p{Lu}/u;

const texts = sample('de', 4711, 6000);

describe('German noun phrases', () => {
  it('agree in gender, case and ending', () => {
    expect([...new Set(texts.flatMap(disagreements))]).toEqual([]);
  });

  it('are found in large numbers, for every noun of the list', () => {
    const seen = new Map<string, number>();
    for (const text of texts) for (const [, , , noun] of text.matchAll(phrase)) seen.set(noun, (seen.get(noun) ?? 0) + 1);
    expect([...genderOf.keys()].filter((noun) => (seen.get(noun) ?? 0) < 5)).toEqual([]);
  });

  it('follow their prepositions', () => {
    expect(texts.filter((text) => wrongCase.test(text))).toEqual([]);
  });
});

describe('the check itself', () => {
  it.each(['die Hund', 'der kleines Haus', 'einen Katze', 'ein kleine Hund', 'das kleines Haus', 'eine roter Puppe', 'dem Maus', 'Den Reh', 'seine Ball', 'ihrem Mutter', 'keinen Gespenst', 'den Hase', 'der Hasen', 'mit einem roten kleiner Hut'])('finds „%s“', (wrong) => {
    expect(disagreements(`Da war ${wrong}.`)).toHaveLength(1);
  });

  it.each(['der Hund', 'dem kleinen roten Haus', 'eine alte Katze', 'ein kleiner Hund', 'der Maus', 'seinen neuen Ball', 'ihrer Mutter', 'kein Gespenst', 'den Hasen', 'einem jungen Bären', 'Das graue Reh'])('accepts „%s“', (right) => {
    expect(disagreements(`Da war ${right}.`)).toEqual([]);
  });

  it.each(['Er kam mit die Katze.', 'von einen alten Hut', 'für dem Hund', 'Da landete der Ball in die dichte Hecke.'])('finds the wrong case in „%s“', (wrong) => {
    expect(wrongCase.test(wrong)).toBe(true);
  });
});
