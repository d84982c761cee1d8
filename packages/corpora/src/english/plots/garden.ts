// A child plants a seed and learns to wait.

import { cast, oneOf, type Node } from '../../grammar/nodes.js';
import { line, say, sometimes, tell } from '../../grammar/template.js';
import { variable } from '../../grammar/words.js';
import { evening, eveningTogether, joy, opening } from '../common.js';
import { insects } from '../lexicon/animals.js';
import { kindly, said } from '../lexicon/manner.js';
import { friend, grownUps, hero } from '../lexicon/people.js';
import { a, he, his, the } from '../phrases.js';
import { adjectives, fixed, nouns } from '../words.js';

const seed = variable('seed', nouns('seed', 'seed', 'seed pod', 'pip', 'flower seed'));
const seedAdjectives = adjectives('seed look', 'little', 'tiny', 'brown', 'round', 'mysterious', 'plain', 'smooth', 'black', 'wrinkled', 'odd');
const plant = variable('plant', nouns('plant', 'pumpkin', 'foxglove', 'rosebush', 'poppy', 'sunflower', 'melon', 'cucumber', 'marigold', 'bluebell', 'daisy', 'violet', 'apple tree', 'pansy', 'tulip', 'orchid', 'iris'));
const plantAdjectives = adjectives('plant look', 'huge', 'splendid', 'beautiful', 'glorious', 'proud', 'bright', 'strong', 'magnificent', 'lovely', 'strange', 'amazing');
const person = variable('person', grownUps);

const beds = fixed('bed', 'in a flower bed', 'in an old pot', 'next to the fence', 'under the window', 'in a box of earth', 'in the middle of the garden', 'behind the house', 'in an old boot', 'beside the pond', 'in the soft earth', 'next to the garden bench');
const nothing = fixed('nothing', 'there was only brown earth', 'there was nothing to see', 'there was only a worm', 'there was only a stone', 'nothing stirred at all', 'there was only a beetle');
const patience = fixed('patience', 'Be patient', 'Good things take time', 'Everything grows when it is ready', 'Plants do not like to hurry', 'Just wait and see', 'A lot is going on under the earth');
const cares = fixed('care', 'watered the earth', 'pulled up the weeds', 'sang a little song', 'brought fresh water', 'told the earth a story', 'made sure that all was well', 'carried away the snails', 'loosened the soil', 'did a rain dance', 'counted the days');
const careA = variable('first care', cares);
const careB = variable('second care', cares);
const nibbler = variable('nibbler', insects);
const defences = fixed('defence', 'built a little fence', 'put up a sign', 'put a net over it', 'put some lettuce beside it', 'kept a good lookout', 'scolded loudly', 'politely said no');
const sizes = fixed('size', 'bigger than all the others', 'taller than the fence', 'prettier than in a picture book', 'as big as a barrel', 'as colorful as a rainbow', 'as if from a fairy tale', 'finer than in the garden of a king');

export function garden(): Node {
  return cast([hero, [friend, hero], person, seed, plant], tell(
    opening(),
    oneOf('seed',
      line`${person} gave ${hero} ${a(seed, seedAdjectives)}.`,
      line`By the wayside ${hero} found ${a(seed, seedAdjectives)} and showed it to ${person}.`,
      line`In ${oneOf('found in', 'an old box', 'a coat pocket', 'a basket of apples', 'a drawer')} ${hero} found ${a(seed, seedAdjectives)}.`,
    ),
    line`Right away, ${hero} ${oneOf('planting', 'planted', 'buried')} ${the(seed)} ${beds}.`,
    oneOf('impatience',
      line`The next ${oneOf('next time', 'day', 'morning', 'evening')} ${he(hero)} ran to look, but ${nothing}.`,
      line`For three days ${he(hero)} looked again and again, but ${nothing}.`,
    ),
    line`"When will you grow?" asked ${hero} ${oneOf('impatiently', 'impatiently', 'every day', say`and stamped ${his(hero)} foot`, 'with a frown', 'again and again')}.`,
    line`"${patience}," ${said} ${person} ${kindly}.`,
    cast([careA, [careB, careA]], line`So every ${oneOf('care time', 'morning', 'day', 'evening')} ${he(hero)} ${careA} and ${careB}.`),
    line`After ${oneOf('weeks', 'two weeks', 'three weeks', 'a month', 'ten days', 'a warm rain')}, ${oneOf('sprout', 'a green leaf', 'a tender shoot', 'a green tip', 'a tiny stalk')} ${oneOf('sprouting', 'peeped', 'poked', 'came')} out of the earth.`,
    sometimes('danger', cast([nibbler], line`Once ${a(nibbler)} wanted to nibble at it, but ${hero} ${defences}.`)),
    line`${oneOf('season', 'in July', 'in August', 'in the summer', 'after many weeks', 'one morning', 'in September')} there stood ${a(plant, plantAdjectives)}, ${sizes}.`,
    joy(),
    oneOf('sharing',
      line`${hero} called ${friend}, and together they admired ${the(plant)}.`,
      line`"Come quickly!" called ${hero} and showed ${friend} ${the(plant)}.`,
      line`Even ${friend} came to see ${the(plant)}.`,
    ),
    oneOf('ending',
      line`"It was worth the wait," said ${person} ${kindly}.`,
      line`The next year, ${hero} and ${friend} planted ${oneOf('next garden', 'a whole garden full', 'a hundred seeds', 'many more', 'a whole field')}.`,
      evening(),
      eveningTogether(),
    ),
  ));
}
