// Animals and their adjectives.

import { adjectives, beings, fixed, nouns } from '../words.js';

/** Animals of wood, meadow and farm; in stories they can talk. */
export const animals = beings('animal',
  'he hedgehog', 'he fox', 'he hare', 'he frog', 'he sparrow', 'he raven', 'he badger', 'he donkey', 'he dog', 'he beaver', 'he mole', 'he woodpecker', 'he raccoon', 'he hamster', 'he otter', 'he rooster', 'he goat', 'he crow', 'he toad', 'he bear cub',
  'she mouse', 'she duck', 'she cat', 'she owl', 'she squirrel', 'she rabbit', 'she goose', 'she turtle', 'she hen', 'she deer', 'she lamb', 'she pony', 'she kitten', 'she piglet', 'she dove', 'she magpie', 'she sheep', 'she foal');

/** Small ones that fall into holes or sit in wardrobes. */
export const smallAnimals = nouns('small animal',
  'hedgehog', 'bunny', 'hamster', 'puppy', 'frog', 'raccoon', 'mouse', 'cat', 'turtle', 'duckling', 'toad', 'kitten', 'rabbit', 'guinea pig', 'chick', 'squirrel', 'lamb', 'piglet', 'otter', 'ferret');

/** Young animals that are heroes themselves. */
export const woodAnimals = beings('wood animal',
  'he hedgehog', 'he fox', 'he hare', 'he bear', 'he badger', 'he beaver', 'he raccoon', 'he otter', 'he frog', 'he mole', 'he toad', 'he skunk',
  'she mouse', 'she duck', 'she goose', 'she turtle', 'she squirrel', 'she rabbit', 'she deer', 'she piglet', 'she chipmunk', 'she lamb', 'she lynx', 'she vole');

export const birds = beings('bird', 'he sparrow', 'he raven', 'he woodpecker', 'he cuckoo', 'he starling', 'he finch', 'he robin', 'she blackbird', 'she magpie', 'she dove', 'she lark', 'she swallow', 'she thrush', 'she wren');
export const insects = nouns('insect', 'butterfly', 'ladybug', 'beetle', 'bee', 'bumblebee', 'dragonfly', 'cricket', 'ant', 'snail', 'caterpillar', 'grasshopper');

export const animalAdjectives = adjectives('animal look', 'little', 'old', 'gray', 'brown', 'plump', 'thin', 'young', 'friendly', 'clever', 'funny', 'cheeky', 'shy', 'curious', 'wise', 'gentle', 'round', 'polite');
export const mockingAdjectives = adjectives('mocking look', 'cheeky', 'proud', 'plump', 'gray', 'old', 'loud', 'vain', 'bossy', 'young', 'brown', 'grumpy', 'sly');
export const smallAdjectives = adjectives('small look', 'tiny', 'little', 'gray', 'brown', 'wet', 'skinny', 'black', 'white', 'round', 'sweet', 'young', 'shy', 'hungry', 'sleepy', 'sad', 'muddy');
export const youngAdjectives = adjectives('young look', 'little', 'young', 'curious', 'cheeky', 'shy', 'brave', 'dreamy', 'cheerful', 'nimble', 'clumsy', 'bold', 'lively');

/** What a small animal is doing when it is found. */
export const caughtDoing = fixed('caught doing',
  'nibbling a cookie', 'washing its face', 'blinking in the light', 'staring back at them', 'playing with a button', 'chewing an old sock', 'yawning', 'rolling a nut to and fro',
  'rustling in some paper', 'scratching its head', 'looking for something to eat', 'munching a piece of cheese', 'hiding under a hat', 'licking a spoon');
