// What needs a language: syllables, readability, and whether verbs agree with their subjects. Syllables and sentences are counted by hand.

import { describe, expect, it } from 'vitest';
import { writeStories } from '@kk/corpora';
import { englishReadability, germanReadability, verbAgreement } from '@kk/corpora/stats';
import { countEnglishSyllables } from '../src/stats/readability-english.js';
import { countGermanSyllables } from '../src/stats/syllables-german.js';

const parts = (words: string): [word: string, syllables: number][] => words.split(' ').map((word) => [word.replaceAll('-', ''), word.split('-').length]);

const germanWords = parts(
  'A-bend O-ma Haus Häu-ser Frau-en schrei-en Bäu-e-rin Feu-er neu-e A-ben-teu-er Quel-le be-quem Fa-mi-li-e Fa-mi-li-en Li-ni-e Fe-ri-en I-ta-li-en sie wie-der nie-mals spie-len ge-hen se-hen Schuh ' +
    'Kö-nigs-toch-ter Frosch-kö-nig See Seen-plat-te I-de-en Ar-me-en Al-le-en Kaf-fee Boot Haar Saal Mu-se-um The-a-ter O-a-se Ra-di-o Vi-de-o Stu-di-um Na-ti-on Du-ell ak-tu-ell Ru-i-ne Po-et Mai Bay-ern Sys-tem ' +
    'Yacht Yo-ga Jahr ja be-en-den be-ei-len ge-ehrt be-er-di-gen ge-eig-net Bee-re Beet be-ob-ach-ten be-ur-tei-len be-un-ru-hi-gen Beu-te beu-gen ge-irrt zu-erst so-e-ben Ka-ka-o Pa-ti-ent O-ri-ent Hy-gi-e-ne Ni-veau ' +
    'Wald Bett Kind lang Tag Stun-de Bru-der schnell Was-ser E-sel I-gel O-fen Ü-ber-mut U-hu ' +
    'Ei Eis Mais Kai-ser Boi-ler Cou-pon Tou-rist Zwie-bel Knie bei-ßen äu-ßern Träu-me Mäd-chen Schne-cke Un-ge-heu-er gru-se-lig Zau-be-rei drei-ein-halb Wet-ter-vor-her-sa-ge Ge-burts-tags-ku-chen Do-nau-dampf-schiff ' +
    'Ka-nin-chen Eich-hörn-chen Schild-krö-te Pi-ra-ten-schiff Re-gen-schirm Mur-mel-tier Lö-we E-le-fant kroch hing schlief trug lach-te wein-te jam-mer-te ant-wor-te-te',
);

describe('syllables', () => {
  it('of German words are right, but for a few exceptions that no rule knows', () => {
    const wrong = germanWords.filter(([word, syllables]) => countGermanSyllables(word) !== syllables).map(([word]) => word);
    expect(germanWords.length).toBeGreaterThan(120);
    expect(wrong).toEqual([]);
    // Known limits: letters of two syllables that stand together by chance.
    expect(countGermanSyllables('naiv')).toBe(1);
  });

  it('count signs that are no letters', () => {
    expect(countGermanSyllables('17')).toBe(2);
    expect(countGermanSyllables('Brr')).toBe(1);
    expect(countGermanSyllables('GEHÖRT')).toBe(2);
    expect(countGermanSyllables('Ha\u0308user'.normalize('NFD'))).toBe(2);
    expect(countEnglishSyllables('42')).toBe(2);
  });

  it('of English words come from rules that mostly hold', () => {
    const words = parts('the queen beau-ti-ful fam-i-ly cre-ate jumped want-ed o-ver ap-ple rhythm lit-tle ev-er-y-thing hap-pi-ness go-ing house hous-es a-gain some-where an-i-mal qui-et');
    const wrong = words.filter(([word, syllables]) => countEnglishSyllables(word) !== syllables).map(([word]) => word);
    expect(wrong).toEqual(['queen', 'rhythm', 'going'].filter((word) => wrong.includes(word)));
    expect(wrong.length).toBeLessThan(words.length / 5);
  });
});

describe('readability', () => {
  it('of German by hand', () => {
    // Ü-ber den Wol-ken muss die Frei-heit wohl gren-zen-los sein. Al-le Ängs-te, sagt man.
    const { wordsPerSentence, syllablesPerWord, fleschAmstad, wienerSachtextformel, ...shape } = germanReadability('Über den Wolken muss die Freiheit wohl grenzenlos sein. Alle Ängste, sagt man.');
    expect(shape).toEqual({ sentences: 2, words: 13, syllables: 20, monosyllables: 7, polysyllables: 1, longWords: 2 });
    expect([wordsPerSentence, syllablesPerWord]).toEqual([6.5, 20 / 13]);
    expect(fleschAmstad).toBeCloseTo(180 - 6.5 - (58.5 * 20) / 13, 10);
    const [ms, es, iw] = [100 / 13, 700 / 13, 200 / 13];
    expect(wienerSachtextformel).toEqual(
      [
        0.1935 * ms + 0.1672 * 6.5 + 0.1297 * iw - 0.0327 * es - 0.875,
        0.2007 * ms + 0.1682 * 6.5 + 0.1373 * iw - 2.779,
        0.2963 * ms + 0.1905 * 6.5 - 1.1144,
        0.2744 * ms + 0.2656 * 6.5 - 1.693,
      ].map((value) => expect.closeTo(value, 10) as number),
    );
  });

  it('of English by hand', () => {
    const result = englishReadability('The cat sat on the mat. It was happy.');
    expect(result).toMatchObject({ sentences: 2, words: 9, syllables: 10, monosyllables: 8, polysyllables: 0, longWords: 0 });
    expect(result.fleschReadingEase).toBeCloseTo(206.835 - 1.015 * 4.5 - (84.6 * 10) / 9, 10);
    expect(result.fleschKincaidGrade).toBeCloseTo(0.39 * 4.5 + (11.8 * 10) / 9 - 15.59, 10);
    expect(englishReadability('').fleschReadingEase).toBeNaN();
  });

  it('tells easy from hard', () => {
    const easy = 'Der Hund bellt. Die Katze schläft. Das Kind lacht laut.';
    const hard = 'Die Berücksichtigung verwaltungsrechtlicher Rahmenbedingungen erfordert insbesondere Abstimmungsgespräche zwischen sämtlichen beteiligten Fachabteilungen.';
    expect(germanReadability(easy).fleschAmstad).toBeGreaterThan(germanReadability(hard).fleschAmstad + 80);
    expect(germanReadability(hard).wienerSachtextformel[0]).toBeGreaterThan(germanReadability(easy).wienerSachtextformel[0] + 10);
  });
});

describe('verbAgreement', () => {
  it.each([
    ['de', 'Er war müde.', [['er', 'war', 1, true]]],
    ['de', 'Er waren müde.', [['er', 'waren', 1, false]]],
    ['de', 'Sie wussten, dass er den roten Ball nicht gefunden hatte.', [['er', 'hatte', 6, true]]],
    ['de', 'Weil wir den Ball suchte, lachte das Tier.', [['wir', 'suchte', 3, false]]],
    ['de', 'Die kleinen Kinder lachten.', [['kinder', 'lachten', 1, true]]],
    ['de', 'Der alte König, der im Schloss wohnte, war reich.', [['könig', 'war', 5, true]]],
    ['de', 'Die Brüder, die im Wald wohnten, hatte Hunger.', [['brüder', 'hatte', 5, false]]],
    ['de', 'Du hast es, und ich will es haben.', [['du', 'hast', 1, true], ['ich', 'will', 1, true]]],
    ['de', 'Sie sagten, dass ich nur ihren Ball haben will.', [['ich', 'will', 5, true]]],
    ['de', 'Der Vater und die Mutter waren da. Ein Hund lief weg, und wir kamen.', [['hund', 'lief', 1, true], ['wir', 'kamen', 1, true]]],
    ['de', 'Die Maus sah sie. Sie waren froh. Gestern ging er heim.', []],
    ['en', 'He was tired.', [['he', 'was', 1, true]]],
    ['en', 'They was tired, and she are not.', [['they', 'was', 1, false], ['she', 'are', 1, false]]],
    ['en', 'The dogs near the old tree were happy.', [['dogs', 'were', 5, true]]],
    ['en', 'The dog near the old trees were happy.', [['dog', 'were', 5, false]]],
    ['en', 'The little fox always runs away.', [['fox', 'runs', 2, true]]],
    ['en', 'He could have gone. They went where we are.', [['we', 'are', 1, true]]],
    ['en', 'If he were here! Tom and I are friends.', []],
    ['en', 'The boy, who lived in the woods, was brave.', [['boy', 'was', 6, true]]],
    ['en', 'You are late; it isn’t far.', [['you', 'are', 1, true], ['it', "isn't", 1, true]]],
  ] as const)('%s: %s', (language, sentence, expected) => {
    const { byDistance, disagreements, pairs, agreeing, share } = verbAgreement(sentence, { language });
    expect(byDistance.flatMap(({ distance, pairs: there, agreeing: right }) => Array.from({ length: there }, (_, at) => `${distance} ${at < right}`)).sort()).toEqual(expected.map(([, , distance, agrees]) => `${distance} ${agrees}`).sort());
    expect(disagreements.map(({ subject, verb, distance }) => [subject, verb, distance])).toEqual(expected.filter(([, , , agrees]) => !agrees).map(([subject, verb, distance]) => [subject, verb, distance]));
    expect([pairs, agreeing]).toEqual([expected.length, expected.filter(([, , , agrees]) => agrees).length]);
    expect(share).toEqual(agreeing / pairs);
  });

  it('finds every verb of the stories right, whose grammar cannot err', () => {
    for (const language of ['de', 'en'] as const) {
      const { share, pairs, byDistance } = verbAgreement(writeStories(language, { seed: 3, bytes: 1_000_000 }), { language });
      expect(share).toBe(1);
      expect(pairs).toBeGreaterThan(800);
      expect(byDistance.length).toBeGreaterThan(3);
    }
  });

  it('finds verbs in the wrong number', () => {
    const wrong = writeStories('de', { seed: 3, bytes: 200_000 }).replace(/\b(war|hatte|wollte|konnte)(en|n)?\b/g, (_, verb: string, ending?: string) => (ending ? verb : verb + (verb === 'war' ? 'en' : 'n')));
    const { byDistance, share, disagreements } = verbAgreement(wrong, { language: 'de' });
    expect(share).toBeLessThan(0.85);
    expect(byDistance.some(({ distance, share: there }) => distance > 1 && there < 0.6)).toBe(true);
    expect(disagreements).toHaveLength(20);
  });

  it('wants a language', () => {
    expect(() => verbAgreement('x', { language: 'fr' as 'de' })).toThrow(/language is "fr": expected "de" or "en"/);
    expect(() => verbAgreement('x')).toThrow(/language is undefined/);
    expect(verbAgreement('', { language: 'de' })).toEqual({ pairs: 0, agreeing: 0, share: NaN, byDistance: [], disagreements: [] });
  });
});
