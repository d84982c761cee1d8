// People: names, relatives, adjectives and habits of children.

import { variable } from '../../grammar/words.js';
import { adjectives, beings, fixed, names } from '../words.js';

export const children = names('child',
  ['Lily', 'Emma', 'Mia', 'Zoe', 'Anna', 'Ella', 'Grace', 'Ruby', 'Lucy', 'Nora', 'Alice', 'Clara', 'Daisy', 'Eva', 'Hazel', 'Ivy', 'Jane', 'Kate', 'Leah', 'Molly',
    'Nina', 'Olive', 'Penny', 'Rosie', 'Sara', 'Tess', 'Violet', 'Wendy', 'Amira', 'Priya', 'Maya', 'Poppy', 'Sophie', 'Hannah', 'Stella', 'Yara'],
  ['Tom', 'Ben', 'Sam', 'Max', 'Leo', 'Jack', 'Noah', 'Oscar', 'Finn', 'Theo', 'Henry', 'Eli', 'Adam', 'Billy', 'Charlie', 'Dan', 'Felix', 'George', 'Hugo', 'Ian',
    'Jacob', 'Kofi', 'Luke', 'Milo', 'Ned', 'Owen', 'Peter', 'Rafi', 'Simon', 'Toby', 'Victor', 'Will', 'Omar', 'Jonah', 'Kai', 'Arthur']);

/** The child a story is about, and a second child. */
export const hero = variable('hero', children);
export const friend = variable('friend', children);

/** Grown-ups, named as a child calls them. */
export const grownUps = names('grown-up', ['Mom', 'Grandma', 'Aunt Polly', 'Aunt June', 'Aunt Ruth', 'Granny Flo'], ['Dad', 'Grandpa', 'Uncle Joe', 'Uncle Bert', 'Uncle Ravi', 'Grandpa Gus']);
export const parents = names('parent', ['Mom', 'Grandma'], ['Dad', 'Grandpa']);
export const siblings = beings('sibling', 'he big brother', 'she big sister', 'he little brother', 'she little sister');

export const childAdjectives = adjectives('character', 'brave', 'cheerful', 'clever', 'funny', 'curious', 'friendly', 'wild', 'quiet', 'kind', 'nimble', 'dreamy', 'bright', 'shy', 'lively', 'thoughtful', 'patient', 'merry');
export const ages = fixed('age', 'four', 'five', 'six', 'seven', 'eight', 'nine');

/** Continues "Anna ..." or "a girl who ...". */
export const habits = fixed('habit',
  'loved to climb trees', 'liked to draw animals', 'sang all day long', 'collected shiny stones', 'read thick books', 'always ran barefoot', 'loved to play hide-and-seek',
  'told jokes at breakfast', 'liked to help in the kitchen', 'danced in the rain', 'counted the stars at night', 'baked cookies every Sunday', 'dreamed of the sea', 'asked a thousand questions',
  'built tall towers', 'knew every bird in the garden', 'could run very fast', 'laughed a lot', 'was kind to every animal', 'always wore odd socks', 'could already count to a hundred', 'jumped into every puddle');
