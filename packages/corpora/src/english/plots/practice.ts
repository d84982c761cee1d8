// A young animal wants to learn something that nobody believes it can learn.

import { cast, oneOf, type Node } from '../../grammar/nodes.js';
import { line, sometimes, tell } from '../../grammar/template.js';
import { variable } from '../../grammar/words.js';
import { animalAdjectives, mockingAdjectives, woodAnimals, youngAdjectives } from '../lexicon/animals.js';
import { glad, happily, joyCries, kindly, sad } from '../lexicon/manner.js';
import { dens } from '../lexicon/places.js';
import { a, he, the } from '../phrases.js';
import { beings, fixed } from '../words.js';

const child = variable('young animal', woodAnimals);
const mocker = variable('mocker', woodAnimals);
const helper = variable('helper', woodAnimals);
/** None of these is a wood animal, so that a guest is never the same animal as the hero. */
const guests = beings('guest', 'he stork', 'he donkey', 'he raven', 'he rooster', 'he stag', 'he peacock', 'he billy goat', 'he ox', 'she owl', 'she magpie', 'she hen', 'she dove', 'she cow', 'she sheep', 'she pony', 'she calf');
const guestA = variable('guest', guests);
const guestB = variable('other guest', guests);

const skill = variable('skill', fixed('skill',
  'dance', 'juggle', 'turn a somersault', 'stand on one leg', 'run backward', 'turn a cartwheel', 'jump over the stream', 'climb tall trees', 'waltz', 'jump rope', 'do a headstand', 'walk on stilts', 'ride a unicycle', 'do a handstand',
  'walk a tightrope', 'roller-skate', 'balance on a ball', 'ride a scooter', 'tap-dance'));
const mishaps = fixed('mishap',
  'fell into a puddle', 'tripped over a root', 'rolled down the hill', 'landed in the nettles', 'slipped on a wet leaf', 'tumbled backward into the stream', 'fell flat on the ground', 'bumped into a tree', 'lost all balance', 'sat down with a bump',
  'crashed into a heap of leaves', 'toppled headfirst into the clover', 'went round and round and fell over');
const mishapA = variable('first mishap', mishaps);
const mishapB = variable('second mishap', mishaps);

const advice = fixed('advice',
  'Practice makes perfect', 'Try again, very slowly', 'I fell down, too, when I began', 'Take a deep breath and believe in yourself', 'Nobody can do it the first time', "A little every day, and you'll do it", 'If you fall down, you may get up again', "I'll show you how");
const dayTimes = fixed('time of day', 'morning', 'evening', 'day', 'afternoon');
const anyWeather = fixed('any weather', ' in sun and rain', ', even when it was cold', ' until the sun went down', ' without giving up', ', even when nobody was watching', ' and got better and better', ' until nothing wobbled anymore', ' with a lot of patience');
const feasts = fixed('feast', 'forest fair', 'summer party', 'autumn festival', 'spring festival', 'harvest festival', 'lantern feast', 'berry festival', 'moonlight dance');
const applause = fixed('applause', 'clapped', 'was amazed', 'cheered', 'whistled with delight', 'was impressed', 'took a bow', 'stared in wonder');
const triumph = fixed('triumph', 'it worked', 'everything went well', 'nothing went wrong', 'it looked so easy');

export function practice(): Node {
  return cast([child, [mocker, child], [helper, child, mocker], skill], tell(
    oneOf('wish',
      line`Once upon a time there was ${a(child, youngAdjectives)} who wanted very much to ${skill}.`,
      line`${dens} lived ${a(child, youngAdjectives)} who wished that ${he(child)} could ${skill}.`,
      tell(line`${dens} lived ${a(child, youngAdjectives)}.`, line`"I want to learn to ${skill}," ${he(child)} said every ${dayTimes}.`),
    ),
    oneOf('mockery',
      line`"${a(child)} can't ${skill}!" laughed ${a(mocker, mockingAdjectives)}.`,
      line`"You'll never learn that," ${oneOf('mocked', 'mocked', 'grumbled', 'said')} ${a(mocker, mockingAdjectives)}.`,
      line`${a(mocker, mockingAdjectives)} only laughed and said, "${oneOf('mock words', 'Not you', "You're too small for that", "I'd like to see that", 'Forget about it')}!"`,
    ),
    cast([mishapA, [mishapB, mishapA]], tell(
      line`The first time, ${the(child)} ${mishapA}.`,
      line`The ${oneOf('second', 'second time', 'next time', 'time after that')}, ${he(child)} ${mishapB}.`,
    )),
    oneOf('discouraged',
      line`Then ${the(child)} was very ${sad}.`,
      line`"I'll never do it," ${oneOf('sighed', 'sighed', 'sobbed', 'murmured')} ${the(child)}.`,
      line`${the(child)} almost gave up.`,
    ),
    line`${a(helper, animalAdjectives)} ${oneOf('watched', 'had seen it all', 'came by', 'sat down nearby')} and said ${kindly}, "${advice}."`,
    line`From then on, ${the(child)} practiced every ${dayTimes}${anyWeather}.`,
    line`Then came the day of the ${feasts}.`,
    sometimes('audience', cast([guestA, [guestB, guestA]], line`In the front row ${oneOf('sitting', 'sat', 'stood')} ${a(guestA, animalAdjectives)} and ${a(guestB, animalAdjectives)}.`), 3, 1),
    oneOf('success',
      line`All the animals held their breath, and ${triumph}!`,
      line`In front of all the animals, ${the(child)} showed what ${he(child)} had learned, and ${triumph}.`,
    ),
    line`Even ${the(mocker)} ${applause}.`,
    oneOf('pride',
      line`"${joyCries}!" cried ${the(helper)} ${happily}.`,
      line`"I knew it all along," said ${the(helper)} ${happily}.`,
      line`${the(child)} had never been so ${glad} before.`,
    ),
    sometimes('moral', oneOf('moral',
      line`If you practice, you can learn a lot.`,
      line`Since then, nobody in the woods has said, "You can't do that."`,
      line`The next day ${the(mocker)} asked quietly, "Can you teach me, too?"`,
      line`Today ${the(child)} teaches all the children in the woods how to do it.`,
    ), 3, 1),
  ));
}
