// English subjects and verbs for the agreement probe. Only am, is, are, was, were, has, have, does, do and the -s of the present tense show
// person and number.
import { featuresOf, FIRST, PLURAL, SECOND, setOf, THIRD, type ProbeLanguage } from './language.js';

const singular =
  'king man father brother son boy wolf fox farmer soldier prince giant dog bird hare bear miller tailor devil frog donkey cat queen woman mother daughter sister girl princess witch mouse grandmother grandfather ' +
  'uncle aunt friend child animal house duck goose owl goat hen rabbit lamb pony squirrel monkey lion tiger ball tower tree day night door sun moon city town world';
const plural =
  'kings men fathers brothers sons boys wolves foxes farmers soldiers princes giants dogs birds hares bears frogs donkeys cats queens women daughters sisters girls witches mice friends children animals houses ducks ' +
  'geese owls goats hens rabbits lambs ponies squirrels monkeys lions tigers trees days people parents';

/** The base form, and the form of the third person singular. */
const present = (): string[][] => ['say says', 'go goes', 'come comes', 'look looks', 'make makes', 'know knows', 'want wants', 'get gets', 'take takes', 'see sees', 'think thinks', 'live lives', 'give gives', 'run runs', 'stand stands', 'love loves', 'seem seems'].map((pair) => pair.split(' '));

/** Finite verbs that show no person, and words that are followed only by an infinitive or a participle. */
const without =
  'can could will would shall should may might must did had to not let let\'s cannot said went came saw took got made knew found gave told thought ran sat stood fell left kept held brought began wrote put met heard felt ' +
    'became began lost led meant paid read sent spoke spent stood taught won wore cut hit hurt broke chose drew drove ate flew grew hid rode rose sang sank shook shone slept stole swam threw woke being been having like than';

const determiners = 'the my your his her our their no';

// Marked as pure, so that bundlers can remove it if agreement is not used.
export const english: ProbeLanguage = /* @__PURE__ */ (() => {
  const bases = present().map(([base]) => base).join(' ');
  const endings = setOf(without);
  return {
    pronouns: featuresOf([[FIRST, 'i'], [THIRD, 'he she'], [PLURAL, 'we they']]),
    initialPronouns: featuresOf([[THIRD, 'it everyone everybody nobody somebody someone'], [SECOND, 'you'], [PLURAL, 'these those']]),
    nounPhrases: [
      { features: THIRD, determiners: setOf(`${determiners} a an this each every`), nouns: setOf(singular) },
      { features: PLURAL, determiners: setOf(`${determiners} these those all both many some two three four five six seven`), nouns: setOf(plural) },
    ],
    doubtful: setOf('i he she we they you it who'),
    verbs: featuresOf([
      [FIRST, `am was wasn't have haven't do don't ${bases}`],
      [THIRD, `is isn't was wasn't has hasn't does doesn't ${present().map(([, third]) => third).join(' ')}`],
      [SECOND | PLURAL, `are aren't were weren't have haven't do don't ${bases}`],
    ]),
    notSurelyFinite: setOf(`have do ${bases}`),
    beforeInfinitive: setOf('to'),
    verbFinal: false,
    ends: (word) => endings.has(word) || /(?:ed|'ll|'d|n't)$/.test(word),
    between: {
      adverbs: setOf('not never always also still really only just often ever then now both all soon already almost probably certainly perhaps even once again too quite almost surely truly usually sometimes'),
      prepositions: setOf('of in on at by near with behind under over beside between from without among above below across next'),
    },
    hypothetical: setOf('if as though unless lest whether although'),
    conjunctions: setOf('that because when while if as lest whether before after until till since though although unless where why how what who which whom whose for'),
    coordinators: setOf('and or but nor yet so'),
    relatives: setOf('who which that whom whose'),
  };
})();
