// The German words by which a rule is followed.

import { children } from '../../../german/lexicon/people.js';
import { hasWord, type Follows, type PreferenceRule } from './rule.js';

export const germanRules: Readonly<Record<PreferenceRule, Follows>> = {
  // „weiß“ alone is mostly a form of „wissen“.
  colour: hasWord(['(?:(?:knall)?rot|(?:himmel)?blau|grün|gelb|orange|braun|schwarz|grau|türkis|golden|silbern)(?:e[nmrs]?)?', 'weiße[nmrs]?', 'rosa', 'lila']),
  speech: (text) => /„[^“]*\p{L}[^“]*“/u.test(text),
  name: hasWord(children.words.map(({ id }) => `${id}s?`)),
  joy: hasWord([
    'freuden?', 'freut\\w*', 'freudig', 'gefreut', 'fröhlich\\w*', 'glücklich\\w*', 'überglücklich', 'froh\\w*', 'zufrieden\\w*', 'stolz\\w*', 'vergnügt\\w*', 'ausgelassen\\w*', 'begeistert\\w*', 'erleichtert',
    'strahlte\\w*', 'strahlend', 'lach(?:te|end)\\w*', 'lachen', 'lächel\\w*', 'jubel\\w*', 'hurra', 'juhu',
  ]),
  order: hasWord(['zuerst', 'als erstes', 'erst', 'zunächst', 'dann', 'danach', 'als nächstes', 'anschließend', 'endlich', 'schließlich', 'zum schluss', 'am ende']),
};
