// People: names, relatives, adjectives and habits of children.

import { variable } from '../../grammar/words.js';
import { adjectives, fixed, names, nouns } from '../words.js';

export const children = names('child',
  ['Anna', 'Mia', 'Emma', 'Lena', 'Lea', 'Clara', 'Paula', 'Ida', 'Frieda', 'Greta', 'Lotte', 'Nele', 'Marie', 'Sophie', 'Johanna', 'Luisa',
    'Ella', 'Nora', 'Romy', 'Lilli', 'Eva', 'Rosa', 'Tilda', 'Jule', 'Maja', 'Pia', 'Stella', 'Amelie', 'Helene', 'Merle', 'Carla', 'Elif', 'Leyla', 'Aylin', 'Mina', 'Antonia'],
  ['Paul', 'Ben', 'Emil', 'Anton', 'Jakob', 'Oskar', 'Leo', 'Noah', 'Finn', 'Tim', 'Tom', 'Jonathan', 'David', 'Karl', 'Oliver', 'Theo',
    'Mika', 'Samuel', 'Simon', 'Erik', 'Jan', 'Nico', 'Henri', 'Ole', 'Till', 'Kai', 'Fabian', 'Florian', 'Julian', 'Adrian', 'Emre', 'Ali', 'Milan', 'Konrad', 'Gustav', 'Peter']);

/** The child a story is about, and a second child. */
export const hero = variable('hero', children);
export const friend = variable('friend', children);

/** Grown-ups, named as a child calls them, without an article. */
export const grownUps = names('grown-up', ['Mama', 'Oma', 'Tante Inge', 'Tante Rosi', 'Frau Sommer', 'Frau Berger'], ['Papa', 'Opa', 'Onkel Willi', 'Onkel Heiner', 'Onkel Juri', 'Opa Gustl']);
export const parents = names('parent', ['Mama', 'Oma'], ['Papa', 'Opa']);
export const siblings = nouns('sibling', 'der Bruder', 'die Schwester', 'der Cousin', 'die Cousine');

export const childAdjectives = adjectives('character', 'mutig', 'fröhlich', 'klug', 'lustig', 'neugierig', 'freundlich', 'wild', 'still', 'nett', 'flink', 'verträumt', 'aufgeweckt', 'schüchtern', 'lebhaft', 'pfiffig', 'geduldig');
export const ages = fixed('age', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun');

/** Continues „Er ...“ or „Anna ...“. */
export const habits = fixed('habit',
  'kletterte gern auf Bäume', 'malte gern Tiere', 'sang den ganzen Tag', 'sammelte bunte Steine', 'las gern dicke Bücher', 'lief am liebsten barfuß',
  'spielte gern Verstecken', 'erzählte gern Witze', 'half gern in der Küche', 'tanzte gern im Regen', 'zählte abends die Sterne', 'backte gern Kekse',
  'träumte oft vom Meer', 'stellte tausend Fragen', 'baute gern hohe Türme', 'kannte alle Vögel im Garten', 'konnte sehr schnell rennen', 'lachte gern und laut',
  'mochte alle Tiere', 'trug immer bunte Socken', 'konnte schon bis hundert zählen', 'sprang gern in Pfützen');
