// A young animal strays, asks its way in vain, and is led home by a bird.

import { cast, oneOf, type Node } from '../../grammar/nodes.js';
import { line, say, sometimes, tell } from '../../grammar/template.js';
import { variable } from '../../grammar/words.js';
import { scenery } from '../common.js';
import { animalAdjectives, birds, woodAnimals, youngAdjectives } from '../lexicon/animals.js';
import { kindly, sadly } from '../lexicon/manner.js';
import { dens, woodSpots } from '../lexicon/places.js';
import { a, he, him, his, poss, the } from '../phrases.js';
import { beings, fixed } from '../words.js';

const child = variable('young animal', woodAnimals);
const askedA = variable('first asked', woodAnimals);
const askedB = variable('second asked', woodAnimals);
const bird = variable('bird', birds);
const parent = variable('parent', beings('parent', 'she mother', 'he father', 'she grandmother', 'he grandfather', 'she sister', 'he brother'));
const spotA = variable('first place', woodSpots);
const spotB = variable('second place', woodSpots);
const spotC = variable('third place', woodSpots);
const spotD = variable('fourth place', woodSpots);

const lures = fixed('lure', 'a butterfly', 'a bright leaf', 'a dragonfly', 'a bumblebee', 'a sunbeam', 'the little stream', 'a feather in the wind', 'a smell of honey', 'a trail in the sand', 'a firefly', 'a rolling acorn');
const astray = fixed('astray', 'deeper and deeper into the woods', 'over sticks and stones', 'farther and farther', 'far beyond the hills', 'across three meadows and two streams', 'to the other side of the valley');
const shrug = fixed('shrug', 'thought for a long time', 'yawned', 'went on digging', 'went on chewing', 'looked the other way', 'went on looking for food', 'fell asleep again');
const noIdea = fixed('no idea', "I'm afraid not", "No, I'm sorry", "I really can't say", 'I only know this part of the woods', 'I know nothing about that', "You'd better ask someone else");
const dusk = fixed('dusk', 'it grew dark', 'it grew cold', 'the sun went down', 'the fog came in', 'the shadows grew longer', 'it began to rain');
const supper = fixed('supper', 'sweet berries', 'warm porridge', 'fresh nuts', 'honey cake', 'mushroom soup', 'slices of apple', 'roasted chestnuts', 'blackberries with honey', 'clover salad', 'acorn cookies');
const questions = fixed('bird asks', 'Why are you crying', "What's wrong", 'Are you lost', 'Where are you going');

export function homeward(): Node {
  return cast([child, [askedA, child], [askedB, child, askedA], bird, parent], tell(
    oneOf('home',
      line`${dens} lived ${a(child, youngAdjectives)} with ${poss(child, parent)}.`,
      line`Once upon a time there was ${a(child, youngAdjectives)} who lived ${dens} with ${poss(child, parent)}.`,
    ),
    line`One day ${he(child)} followed ${lures} ${astray}.`,
    scenery(),
    oneOf('lost',
      line`When ${the(child)} looked around, ${he(child)} ${oneOf('unknown', 'did not know a single tree', 'could not find the way back', 'did not know where to go')}.`,
      line`"Where am I?" asked ${the(child)} ${sadly}.`,
      line`"I'm lost," sighed ${the(child)} ${sadly}.`,
    ),
    cast([spotA, [spotB, spotA]], tell(
      line`Near ${spotA} ${he(child)} met ${a(askedA, animalAdjectives)} and asked the way.`,
      line`"${noIdea}," ${oneOf('said no', 'said', 'grumbled', 'replied', 'answered')} ${the(askedA)} and ${shrug}.`,
      oneOf('second asked',
        line`${a(askedB, animalAdjectives)} near ${spotB} ${oneOf('no help', 'did not know the way', 'could not help', 'was no help')}, either.`,
        line`Then ${he(child)} came to ${spotB}, but ${the(askedB)} there only ${shrug}.`,
      ),
    )),
    line`Slowly ${dusk}, and ${the(child)} ${oneOf('fear', 'was afraid', 'began to cry', 'trembled', 'just wanted to go home', 'curled up sadly')}.`,
    oneOf('bird',
      line`Then ${a(bird)} ${oneOf('bird came', 'fluttered', 'flew', 'hopped')} down from a tree and asked ${kindly}, "${questions}?"`,
      line`"${questions}?" asked ${a(bird)} ${oneOf('from above', 'from above', 'from a fir tree', 'from the highest branch')}.`,
    ),
    sometimes('answer', line`"I can't find my way home," ${oneOf('sobbed', 'sobbed', 'said', 'squeaked', 'whispered')} ${the(child)} ${sadly}.`),
    oneOf('offer',
      line`"I know every tree in the woods, follow me!" called ${the(bird)}.`,
      line`"From above I can see everything, come along!" called ${the(bird)}.`,
      line`"Don't be afraid, I'll take you home," said ${the(bird)}.`,
    ),
    cast([spotC, [spotD, spotC]], line`First they came to ${spotC}, then to ${spotD}.`),
    oneOf('reunion',
      line`And there was ${poss(child, parent)}, ${oneOf('waiting', 'waiting', 'looking out')} for ${him(child)} and ${oneOf('welcome', 'crying for joy', 'laughing with joy', 'calling with open arms')}.`,
      line`"There you are!" cried ${poss(child, parent)} and ${oneOf('tight', say`hugged ${him(child)} tight`, say`held ${him(child)} close`, say`did not let go of ${him(child)} for a long time`)}.`,
    ),
    oneOf('ending',
      line`They had ${supper} for supper, and then came ${oneOf('second course', 'a long story', 'a lullaby', 'a lot of hugs')}.`,
      line`"Next time I'll stay on the path," ${oneOf('promised', 'promised', 'murmured', 'said')} ${the(child)}${oneOf('promise end', ' and fell asleep', ' sleepily', ' with a yawn')}.`,
      line`Ever since, ${the(child)} has shared ${his(child)} berries with ${the(bird)} every ${oneOf('day', 'day', 'evening', 'Sunday')}.`,
    ),
  ));
}
