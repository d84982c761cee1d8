// The English instructions: wordings, nouns with their articles, small talk, sentences in two tenses.

import { animals, smallAnimals, woodAnimals } from '../english/lexicon/animals.js';
import { children } from '../english/lexicon/people.js';
import { outdoors } from '../english/lexicon/places.js';
import { snacks, toys, treasures } from '../english/lexicon/things.js';
import type { Category } from '../grammar/words.js';
import type { DrawFrom, InstructionLanguage, NounPhrase, TwoTenses } from './language.js';

const nouns = new Set([animals, smallAnimals, woodAnimals, treasures, toys, snacks].flatMap(({ words }) => words.map(({ id }) => id)));
const childNames = children.words.map(({ id }) => id);

function phrase(id: string): NounPhrase {
  if (nouns.has(id)) return { nom: `the ${id}`, akk: `the ${id}` };
  if (!childNames.includes(id)) throw new Error(`the English lexicon has no noun "${id}"`);
  return { nom: id, akk: id };
}

/** Where the main clause of a sentence of the stories ends: before a second clause. */
const clauseEnd = /, (?:and|but) | (?:who|when) /u;

function mainClause(sentence: string): string | undefined {
  const end = sentence.search(clauseEnd);
  // "When she came home, ..." begins with a subordinate clause; "asked ..., who lived next door" is part of a speech.
  if (end < 0 || /["?:]|^When /u.test(sentence)) return undefined;
  return `${sentence.slice(0, end)}.`;
}

/** Verb in the present and in the past, and what follows: a thing, a place, a direction, a child, or words as they are. */
const verbs: readonly (readonly [present: string, past: string, follows: string])[] = [
  ['looks for', 'looked for', '{thing} {at}'], ['finds', 'found', '{thing} {at}'], ['loses', 'lost', '{thing} {at}'], ['sees', 'saw', '{thing} {at}'], ['fetches', 'fetched', '{thing}'],
  ['carries', 'carried', '{thing} {to}'], ['brings', 'brought', '{child} {thing}'], ['gives', 'gave', '{child} {thing}'], ['shows', 'showed', '{child} {thing}'], ['takes', 'took', '{thing} along'],
  ['forgets', 'forgot', '{thing} {at}'], ['hides', 'hid', '{thing} {at}'], ['eats', 'ate', '{snack} {at}'], ['shares', 'shared', '{snack} with {child}'], ['plays', 'played', '{at}'],
  ['sits', 'sat', '{at}'], ['sleeps', 'slept', '{at}'], ['waits', 'waited', 'for {child} {at}'], ['goes', 'went', '{to}'], ['runs', 'ran', 'quickly {to}'], ['walks', 'walked', '{to}'],
  ['comes', 'came', '{to} with {child}'], ['sings', 'sang', 'a song {at}'], ['dances', 'danced', '{at}'], ['helps', 'helped', '{child} {at}'], ['calls', 'called', 'for {child}'], ['thinks', 'thought', 'of {child}'],
  ['paints', 'painted', 'a picture {at}'], ['builds', 'built', 'a tower {at}'], ['reads', 'read', 'a book {at}'], ['stands', 'stood', 'alone {at}'], ['lies', 'lay', '{at} and dreams|{at} and dreamed'], ['laughs', 'laughed', 'at {child}'],
  ['meets', 'met', '{child} {at}'], ['hears', 'heard', 'a noise {at}'], ['jumps', 'jumped', 'over a stone {at}'], ['stays', 'stayed', '{at} until the evening'], ['is', 'was', 'afraid'], ['is', 'was', 'glad'], ['falls', 'fell', 'down {at}'],
  ['writes', 'wrote', '{child} a letter'], ['promises', 'promised', '{child} a present'], ['knows', 'knew', 'the way {to}'], ['cries', 'cried', '{at}'], ['has', 'had', 'a plan'],
];

function drawTenses(draw: DrawFrom): TwoTenses {
  const [present, past, follows] = draw(verbs);
  const child = draw(childNames);
  const subject = draw([child, child, `The ${draw(animals.words).id}`]);
  const [now, then = now] = follows.split('|');
  const named = (from: Category) => `the ${draw(from.words).id}`;
  const place = draw(outdoors.words).forms;
  const filled: Readonly<Record<string, string>> = {
    thing: named(draw([treasures, toys])), snack: named(snacks), at: place.at, to: place.to, child: draw(childNames.filter((name) => name !== child)),
  };
  const write = (verb: string, rest: string) => `${subject} ${verb} ${rest.replace(/\{(\w+)\}/g, (_, slot: string) => filled[slot])}.`;
  return { present: write(present, now), past: write(past, then) };
}

export const englishInstructions: InstructionLanguage = {
  notSaid: 'The story does not say.',
  phrase, mainClause, drawTenses, childNames,
  caseOfAnswer: () => 'nom',
  placeWords: ['In', 'At', 'On', 'By', 'Under', 'Behind', 'Beside', 'Among', 'Next', 'Between', 'Near', 'Deep'],
  articles: ['The'],
  questions: {
    'first word': {
      training: ['What is the first word?', 'Which word does the story begin with?', 'Name the first word of the story.', 'Which word comes first?'],
      test: ['Which word does the story start with?', 'Tell me the first word of the story.'],
    },
    'last word': {
      training: ['What is the last word?', 'Which word does the story end with?', 'Name the last word of the story.', 'Which word comes last?'],
      test: ['Which word does the story close with?', 'Tell me the last word of the story.'],
    },
    'first child': {
      training: ['Which child is named first?', 'What is the name of the first child?', 'Who is the first child in the story?', 'Name the child that comes first.'],
      test: ['Which child comes first?', 'Tell me the name of the first child.'],
    },
    'second child': {
      training: ['Which child is named second?', 'What is the name of the second child?', 'Who is the second child in the story?', 'Name the child that comes second.'],
      test: ['Which child comes second?', 'Tell me the name of the second child.'],
    },
    home: {
      training: ['Where does {nom} live?', 'Where is the home of {nom}?', 'Where is {nom} at home?', 'Tell me where {nom} lives.'],
      test: ['In what place does {nom} live?', 'Tell me where the home of {nom} is.'],
    },
    found: {
      training: ['Where was {nom}?', 'Where was {nom} found?', 'Where did the children find {nom}?', 'Tell me where {nom} was.'],
      test: ['Where did they find {nom}?', 'Tell me where {nom} was found.'],
    },
    noise: {
      training: ['Where was the noise?', 'Where did the noise come from?', 'Where did something make a noise?', 'Tell me where the noise was.'],
      test: ['Where could the noise be heard?', 'Tell me where the noise came from.'],
    },
    stuck: {
      training: ['Where was {nom} stuck?', 'Where was {nom} trapped?', 'Where was {nom} caught?', 'Tell me where {nom} was stuck.'],
      test: ['Where did {nom} get stuck?', 'Tell me where {nom} was trapped.'],
    },
    lost: {
      training: ['What is missing?', 'What was lost?', 'What has the child lost?', 'What does the child miss?'],
      test: ['Which thing was lost?', 'What did the child lose?'],
    },
    'next sentence': {
      training: ['Which sentence follows this one?', 'What is the sentence after this one?', 'What comes after this sentence?', 'Name the sentence that follows this one.'],
      test: ['Which sentence comes after this one?', 'Name the sentence after this one.'],
    },
    continue: {
      training: ['Continue the story.', 'How does the story go on?', 'Write the next sentence.', 'Go on with the story.'],
      test: ['Carry on with the story.', 'What happens next in the story?'],
    },
    shorten: {
      training: ['Shorten this sentence.', 'Write this sentence in fewer words.', 'What is the short form of this sentence?', 'Keep only the main clause of this sentence.'],
      test: ['Make this sentence shorter.', 'Write only the main clause.'],
    },
    past: {
      training: ['Write the sentence in the past.', 'Put the sentence into the past.', 'What is the sentence in the past?', 'That was long ago. How does the sentence go then?'],
      test: ['Tell the sentence in the past.', 'Change the sentence to the past.'],
    },
  },
  smallTalk: [
    { training: ['Who are you?', 'What are you?', 'Introduce yourself.', 'Tell me who you are.'], test: ['Who am I talking to?', 'Tell me what you are.'], answer: 'I am a small language model.' },
    { training: ['What can you do?', 'What can you help with?', 'What may I ask you?', 'Which tasks can you do?'], test: ['What can you help me with?', 'What can I ask you?'], answer: 'I answer questions about short stories.' },
    { training: ['What did you learn from?', 'What have you read?', 'How did you learn to write?', 'How do you know the words?'], test: ['What did you learn to write from?', 'How did you learn to read?'], answer: 'I have read many little stories.' },
    { training: ['Are you human?', 'Are you a living being?', 'Are you alive?', 'Do you have a body?'], test: ['Are you a real human?', 'Do you have hands and feet?'], answer: 'No, I am a program.' },
    { training: ['Do you have feelings?', 'Are you sad?', 'Are you glad?', 'Are you tired?'], test: ['Are you happy?', 'Are you afraid?'], answer: 'No, I only compute with numbers.' },
    { training: ['Do you know everything?', 'Do you know the whole world?', 'Do you know what happens tomorrow?', 'Can you answer every question?'], test: ['Do you know all there is?', 'Do you know the weather of tomorrow?'], answer: 'No, I only know my stories.' },
    { training: ['How do you work?', 'How do you write?', 'How do you find the next word?', 'How does your answer come about?'], test: ['How do you find your words?', 'How does your text come about?'], answer: 'I predict the next piece of text, again and again.' },
    { training: ['Do you make mistakes?', 'Are you sometimes wrong?', 'Can I believe all you say?', 'Are you always right?'], test: ['Do you sometimes make mistakes?', 'Can I always believe you?'], answer: 'I can be wrong, so check my answers.' },
    { training: ['Hello!', 'Good day!', 'Good morning!', 'Hello there!'], test: ['Good evening!', 'Hello, good day!'], answer: 'Hello! Ask me something about a story.' },
    { training: ['Thanks!', 'Thank you!', 'Thank you very much!', 'Thanks, that was good.'], test: ['Thanks, that was nice.', 'Many thanks!'], answer: 'You are welcome!' },
  ],
};
