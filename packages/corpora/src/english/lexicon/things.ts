// Things: toys and treasures, food and drink, buildings, and their adjectives.

import { adjectives, fixed, nouns } from '../words.js';

/** What a child can carry, lose and miss. */
export const treasures = nouns('treasure',
  'ball', 'teddy bear', 'kite', 'spinning top', 'scarf', 'hat', 'backpack', 'mitten', 'toy rabbit', 'bucket', 'umbrella', 'scooter', 'doll', 'drum', 'flute', 'marble', 'cap', 'bag', 'necklace', 'lantern',
  'whistle', 'shovel', 'mask', 'music box', 'wooden ship', 'jump rope', 'bracelet', 'toy horse', 'picture book', 'toy car', 'blanket', 'paintbrush');

/** Toys that two children can quarrel about. */
export const toys = nouns('toy',
  'ball', 'kite', 'spinning top', 'scooter', 'digger', 'puppet', 'doll', 'drum', 'toy train', 'crown', 'shovel', 'lantern', 'toy coach', 'wooden ship', 'jump rope', 'fire truck', 'rocking horse', 'sailboat', 'airplane', 'toy crane');

/** Things that are found while looking for something else. */
export const junk = nouns('junk',
  'shoe', 'button', 'spoon', 'pencil', 'cork', 'broom', 'pot', 'slipper', 'sock', 'feather', 'nut', 'fork', 'tin can', 'brush', 'string', 'newspaper', 'pillow', 'ruler', 'leaf', 'handkerchief', 'rubber band', 'glass', 'envelope', 'onion');

export const colors = adjectives('color', 'red', 'blue', 'green', 'yellow', 'white', 'orange', 'brown', 'black', 'golden', 'silver', 'purple', 'pink', 'striped', 'spotted', 'bright red', 'sky-blue');
export const looks = adjectives('look', 'little', 'old', 'new', 'pretty', 'lovely', 'beautiful', 'wonderful', 'special');
export const junkLooks = adjectives('junk look', 'old', 'dusty', 'lonely', 'forgotten', 'tiny', 'dirty', 'lost', 'single', 'plain', 'gray');

export const snacks = nouns('snack',
  'apple', 'cookie', 'pancake', 'gingerbread man', 'muffin', 'apple pie', 'pear', 'banana', 'pretzel', 'carrot', 'waffle', 'cinnamon roll', 'plum', 'peach', 'bun', 'cheese sandwich', 'honey cake', 'jam sandwich', 'raisin roll', 'cupcake');
export const snackAdjectives = adjectives('taste', 'big', 'tasty', 'fresh', 'wonderful', 'delicious', 'sweet', 'lovely', 'juicy', 'perfect');

/** Eaten at home. */
export const meals = fixed('meal',
  'pancakes with syrup', 'hot soup', 'noodles with tomato sauce', 'mashed potatoes', 'a big piece of cake', 'fresh waffles', 'bread with honey', 'sweet porridge', 'strawberry pudding', 'rice with cinnamon',
  'fried potatoes', 'thick cheese sandwiches', 'chocolate cookies', 'berries with cream', 'crispy pretzels', 'apple pie');
export const drinks = fixed('drink', 'hot cocoa', 'warm milk', 'apple juice', 'tea with honey', 'cold lemonade', 'raspberry juice', 'mint tea', 'grape juice');

/** Things to build, and their materials. */
export const buildings = nouns('building', 'tower', 'palace', 'lighthouse', 'fort', 'hut', 'cave', 'bridge', 'castle', 'house', 'pirate ship', 'spaceship', 'den');
export const buildingAdjectives = adjectives('building look', 'big', 'tall', 'splendid', 'huge', 'secret', 'wonderful', 'real', 'cozy', 'proud', 'enormous');
export const materials = fixed('material', 'branches', 'boards', 'stones', 'boxes', 'blankets', 'sticks', 'cardboard', 'cushions', 'twigs', 'wooden blocks', 'leaves', 'chairs', 'ropes', 'bales of straw', 'rugs', 'old sheets');
export const roles = fixed('role', 'knights', 'pirates', 'kings', 'robbers', 'explorers', 'sailors', 'wizards', 'dragons', 'firefighters', 'ghosts', 'detectives', 'astronauts');

/** Imagined dangers at night. */
export const monsters = nouns('monster', 'dragon', 'robber', 'giant', 'ghost', 'troll', 'goblin', 'burglar', 'wolf', 'witch', 'giant spider', 'snake', 'monster', 'ogre', 'vampire');
