// What a passage says and does not say. Every fact follows from the choices of the story, so no answer is guessed from the text.

import type { InspectedStory, StoryChoice } from '../inspect.js';
import { covers, placeOf, type Passage } from './passages.js';

/** The questions that a passage may or may not answer. */
export type FactName = 'first child' | 'second child' | 'home' | 'found' | 'noise' | 'stuck' | 'lost';

/** A fact about a passage. Without an answer the passage does not say it. */
export interface Finding {
  /** The words of the story that answer: a name, a place, or the id of a noun. */
  readonly answer: string | undefined;
  /** Who or what the question is about: a name or the id of a noun. */
  readonly about?: string;
}

export interface Fact {
  /** The plots whose stories can hold the answer. */
  readonly told: readonly string[];
  /** Other plots about which the same question can be asked, in vain. */
  readonly untold: readonly string[];
  /** @returns undefined if it is not certain whether the passage says it, or if the question cannot be asked */
  readonly find: (passage: Passage) => Finding | undefined;
}

const withChildren = ['lost', 'share', 'noise', 'rescue', 'build', 'gift', 'quarrel', 'garden'];
const ofAnimals = ['homeward', 'practice'];
const allPlots = [...withChildren, ...ofAnimals];

const choice = (story: InspectedStory, name: string): StoryChoice | undefined => story.choices.find((one) => one.name === name);

/** The children that a passage names, in its order. */
function childrenIn({ story, text }: Passage): string[] {
  return ['hero', 'friend']
    .flatMap((name) => choice(story, name)?.chosen ?? [])
    .map((child) => ({ child, place: placeOf(text, child) }))
    .filter(({ place }) => place >= 0)
    .sort((a, b) => a.place - b.place)
    .map(({ child }) => child);
}

/** From the word „in“ before a place to the end of the place: „in einer kleinen Hütte am Meer“. */
function phraseWithIn({ text }: InspectedStory, from: number, to: number): string {
  const before = Math.max(text.lastIndexOf(' in ', from), text.lastIndexOf(' In ', from)) + 1;
  return text.slice(text.startsWith('In ') && before === 0 ? 0 : before, to);
}

/** Where the hero lives, as the opening says it, and where in the story that stands. */
function homeOf(story: InspectedStory): { phrase: string; place: number } | undefined {
  const den = choice(story, 'den');
  if (den) return { phrase: story.text.slice(den.start, den.end), place: den.start };
  const [look, place] = [choice(story, 'home look'), choice(story, 'home place')];
  return look && place && { phrase: phraseWithIn(story, look.start, place.end), place: look.start };
}

function home(passage: Passage): Finding | undefined {
  const about = (choice(passage.story, 'hero') ?? choice(passage.story, 'young animal'))?.chosen;
  if (about === undefined || placeOf(passage.text, about) < 0) return undefined;
  const told = homeOf(passage.story);
  return { about, answer: told && covers(passage, told.place) ? told.phrase : undefined };
}

function found(passage: Passage): Finding | undefined {
  const [thing, spot] = [choice(passage.story, 'treasure'), choice(passage.story, 'last spot')];
  if (!thing || !spot || placeOf(passage.text, thing.chosen) < 0) return undefined;
  return { about: thing.chosen, answer: covers(passage, spot.start) ? spot.chosen : undefined };
}

function noise(passage: Passage): Finding | undefined {
  const spot = passage.story.plot === 'noise' ? choice(passage.story, 'spot') : undefined;
  if (spot && covers(passage, spot.start)) return { answer: spot.chosen };
  // Where the animal is found, the spot is named again, but not as the place of the noise.
  if (spot && passage.text.toLowerCase().includes(spot.chosen)) return undefined;
  return { answer: undefined };
}

function stuck(passage: Passage): Finding | undefined {
  const about = (choice(passage.story, 'animal') ?? choice(passage.story, 'young animal'))?.chosen;
  if (about === undefined || placeOf(passage.text, about) < 0) return undefined;
  const [look, last] = [choice(passage.story, 'hole look'), choice(passage.story, 'hole')];
  if (!look || !last || !covers(passage, look.start)) return { about, answer: undefined };
  return { about, answer: phraseWithIn(passage.story, look.start, passage.story.text.indexOf(last.chosen, look.start) + last.chosen.length) };
}

/** `treasure` is the name of the lost thing and, before it in German and after it in English, of the sentence that presents it. */
function lost(passage: Passage): Finding | undefined {
  const { story } = passage;
  if (story.plot !== 'lost') return { answer: undefined };
  const [thing, loss, ...others] = ['treasure', 'loss', 'cry', 'told'].map((name) => choice(story, name)!);
  if ([loss, ...others].some(({ start }) => covers(passage, start))) return { answer: thing.chosen };
  // Before the loss the thing is only presented. After it, a passage that names the thing may let a reader infer that it was lost.
  return passage.end <= loss.start || placeOf(passage.text, thing.chosen) < 0 ? { answer: undefined } : undefined;
}

export const facts: Readonly<Record<FactName, Fact>> = {
  'first child': { told: withChildren, untold: ofAnimals, find: (passage) => ({ answer: childrenIn(passage).at(0) }) },
  'second child': { told: withChildren, untold: ofAnimals, find: (passage) => ({ answer: childrenIn(passage).at(1) }) },
  home: { told: allPlots, untold: [], find: home },
  found: { told: ['lost'], untold: [], find: found },
  // In the others something rustles, cracks or breaks.
  noise: { told: ['noise'], untold: ['lost', 'build', 'gift', 'garden'], find: noise },
  stuck: { told: ['rescue'], untold: ['share', 'homeward', 'practice'], find: stuck },
  // In the others a toy flies over a fence, an animal strays, or February is missing from a calendar.
  lost: { told: ['lost'], untold: ['share', 'noise', 'rescue', 'build', 'practice', 'garden'], find: lost },
};
