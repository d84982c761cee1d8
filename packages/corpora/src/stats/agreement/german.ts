// German subjects and verbs for the agreement probe. „sie“ and „ihr“ are excluded, since each can be singular or plural, and so is „es“,
// which also precedes plurals („es waren drei Hasen“).
import { featuresOf, FIRST, PLURAL, SECOND, setOf, THIRD, type ProbeLanguage } from './language.js';

const masculine =
  'König Mann Vater Bruder Sohn Junge Knabe Wolf Fuchs Bauer Soldat Jäger Prinz Königssohn Riese Zwerg Hund Vogel Hase Bär Müller Schneider Teufel Wirt Frosch Esel Kater Igel Dachs Biber Rabe Spatz ' +
  'Hamster Otter Storch Specht Großvater Onkel Freund Ball Drachen Turm Baum Tag Abend Morgen Wald Weg Räuber Geist Affe Elefant Tiger Löwe Waschbär Maulwurf Dackel Hahn Welpe';
const feminine =
  'Frau Mutter Tochter Schwester Königin Königstochter Prinzessin Hexe Katze Maus Großmutter Tante Freundin Stiefmutter Braut Sonne Ente Gans Eule Ziege Amsel Kröte Taube Henne Elster Meise Schildkröte ' +
  'Magd Jungfrau Puppe Tür Nacht Stadt';
const neuter = 'Kind Tier Männchen Pferd Königskind Haus Schloß Schloss Kätzchen Kaninchen Eichhörnchen Reh Lamm Schaf Pony Ferkel Kalb Fohlen Gespenst Ungeheuer Boot Feuer Wasser Mädchen';
/** Plural forms of nouns; with „die“ also those of „Mädchen“ and „Räuber“. */
const plural =
  'Kinder Brüder Söhne Töchter Schwestern Tiere Männer Frauen Leute Eltern Vögel Hunde Freunde Freundinnen Jungen Geschwister Könige Soldaten Bauern Riesen Zwerge Katzen Mäuse Hasen Gänse Enten Pferde Mädchen ' +
  'Räuber Menschen Bäume';

/** Past tenses in -te; the plural adds -n. */
const weak =
  'sagte fragte antwortete machte legte setzte stellte hörte dachte brachte holte lebte wohnte wollte sollte konnte mußte musste durfte mochte hatte wurde wusste wußte spielte lachte weinte suchte kaufte kletterte rannte ' +
  'zeigte führte wartete schickte glaubte meinte merkte freute jubelte kicherte flüsterte staunte steckte öffnete könnte würde wäre hätte schrie';
/** Strong past tenses; the plural adds -en. */
const strong =
  'ging kam sprach rief sah stand lief saß nahm gab fand hielt ließ fiel lag schlief trug schlug zog sprang blieb bat aß trank sang flog warf half traf fing hing kroch ritt schien schnitt stieg starb trat verlor vergaß war';

const withEnding = (words: string, ending: string): string => words.split(' ').map((word) => word + ending).join(' ');

// Marked as pure, so that bundlers can remove it if agreement is not used.
export const german: ProbeLanguage = /* @__PURE__ */ (() => ({
  pronouns: featuresOf([[FIRST, 'ich'], [SECOND, 'du'], [THIRD, 'er man'], [PLURAL, 'wir']]),
  initialPronouns: featuresOf([[THIRD, 'jemand niemand'], [PLURAL, 'beide']]),
  nounPhrases: [
    { features: THIRD, determiners: setOf('der dieser jener ein kein mein dein sein jeder'), nouns: setOf(masculine) },
    { features: THIRD, determiners: setOf('die diese jene eine keine meine deine seine jede'), nouns: setOf(feminine) },
    { features: THIRD, determiners: setOf('das dieses jenes ein kein mein dein sein jedes'), nouns: setOf(neuter) },
    { features: PLURAL, determiners: setOf('die diese jene keine meine deine seine alle viele beide zwei drei sieben zwölf'), nouns: setOf(plural) },
  ],
  doubtful: setOf('ich du er sie es wir ihr man wer'),
  verbs: featuresOf([
    [FIRST, 'bin'],
    [SECOND, 'bist hast wirst warst hattest kannst willst mußt musst sollst darfst magst könntest würdest hättest wärst'],
    [THIRD, 'ist hat wird'],
    [FIRST | THIRD, `habe werde kann will muß muss soll darf mag ${weak} ${strong}`],
    [PLURAL, `sind haben werden können wollen müssen sollen dürfen mögen ${withEnding(weak, 'n')} ${withEnding(strong, 'en')}`],
  ]),
  notSurelyFinite: setOf('haben werden können wollen müssen sollen dürfen mögen verloren'),
  beforeInfinitive: setOf('zu'),
  verbFinal: true,
  ends: () => false,
  between: undefined,
  hypothetical: setOf(''),
  conjunctions: setOf('daß dass weil als wenn ob bis da nachdem bevor obwohl während sobald denn indem was wie wo warum woher wohin'),
  coordinators: setOf('und oder aber sondern sowie'),
  relatives: setOf('der die das dem den dessen deren denen welcher welche welches welchem welchen'),
}))();
