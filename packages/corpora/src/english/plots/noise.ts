// A noise in the night, a brave look, and no monster at all.

import { cast, oneOf, type Node } from '../../grammar/nodes.js';
import { line, say, sometimes, tell } from '../../grammar/template.js';
import { variable } from '../../grammar/words.js';
import { caughtDoing, smallAdjectives, smallAnimals } from '../lexicon/animals.js';
import { kindly, said, suddenly, whispered } from '../lexicon/manner.js';
import { ages, habits, hero, siblings } from '../lexicon/people.js';
import { homeAdjectives, homePlaces, homes, nightSpots } from '../lexicon/places.js';
import { junk, junkLooks, monsters } from '../lexicon/things.js';
import { a, he, his, poss, the } from '../phrases.js';
import { adjectives, fixed, nouns } from '../words.js';

const spot = variable('spot', nightSpots);
const monster = variable('monster', monsters);
const otherMonster = variable('other monster', monsters);
const animal = variable('animal', smallAnimals);
const sibling = variable('sibling', siblings);

const noises = nouns('noise', 'noise', 'sound');
const eerie = adjectives('eerie', 'strange', 'creepy', 'odd', 'soft', 'funny', 'eerie', 'peculiar', 'dull', 'mysterious');
const sounds = fixed('sound', 'scratched', 'rustled', 'knocked', 'rumbled', 'squeaked', 'crackled', 'snuffled', 'scraped', 'rattled', 'growled', 'thumped', 'tapped');
const night = fixed('night',
  'it was the middle of the night', 'it was late in the evening', 'the moon was shining brightly', 'it was pitch-dark outside', 'the clock struck midnight', 'the wind howled around the house', 'rain tapped against the window',
  'everyone else was asleep', 'the whole house was quiet', 'the stars twinkled above the roofs');
const light = fixed('light', 'a flashlight', 'a little lamp', 'a candle', 'a lantern', 'a wooden spoon', 'a broom', 'a pillow');

export function noise(): Node {
  return cast([hero, sibling, spot, animal, monster, [otherMonster, monster]], tell(
    oneOf('evening before',
      line`${hero} was ${ages} years old and lived in ${a(homes, homeAdjectives)} ${homePlaces}.`,
      line`${hero} ${habits}, but ${he(hero)} was ${oneOf('afraid', 'afraid', 'a little afraid', 'very afraid')} of the dark.`,
      line`${hero} and ${poss(hero, sibling)} slept in ${oneOf('room', 'the same room', 'one big bed', 'a tiny attic room', 'two beds side by side')}.`,
    ),
    line`${night}, and ${hero} ${oneOf('awake', 'lay awake in bed', 'could not sleep', 'was still awake', 'was wide awake')}.`,
    oneOf('noise',
      line`${suddenly} ${he(hero)} heard ${a(noises, eerie)}.`,
      line`${suddenly} there was ${a(noises, eerie)}.`,
    ),
    line`Something ${sounds} ${spot}!`,
    sometimes('fright', line`${hero} ${oneOf('fright',
      'hid under the blanket', 'trembled all over', 'hardly dared to breathe', 'lay as still as a stone',
      say`pulled the blanket up to ${his(hero)} chin`, say`held ${his(hero)} breath`, say`hugged ${his(hero)} teddy bear`, say`clenched ${his(hero)} teeth`)}.`, 2, 1),
    oneOf('question',
      line`"Is it ${a(monster)} or ${a(otherMonster)}?" ${he(hero)} ${whispered}.`,
      line`"It must be ${a(monster)} or ${a(otherMonster)}," ${he(hero)} thought.`,
      line`Was it perhaps ${a(monster)}, or even ${a(otherMonster)}?`,
    ),
    oneOf('waking',
      line`${hero} quietly woke ${poss(hero, sibling)}.`,
      line`Now ${poss(hero, sibling)} woke up, too.`,
      line`Quickly ${hero} ran to ${poss(hero, sibling)}.`,
    ),
    oneOf('courage',
      line`"We'll go and look together," ${said} ${poss(hero, sibling)} ${kindly}.`,
      line`"Don't be afraid, I'm coming with you," ${said} ${poss(hero, sibling)} ${kindly}.`,
      line`"The two of us are ${oneOf('strong', 'strong', 'brave')}," ${said} ${poss(hero, sibling)} ${kindly}.`,
    ),
    line`They took ${light} and ${oneOf('sneaking', 'crept', 'walked', 'tiptoed')} off ${oneOf('sneaking how', 'in bare feet', 'hand in hand', 'with pounding hearts', 'very slowly', 'without a sound')}.`,
    sometimes('false alarm', line`At first they saw only ${a(junk, junkLooks)}.`),
    oneOf('discovery',
      line`But then they saw it: ${spot} sat ${a(animal, smallAdjectives)}, ${caughtDoing}!`,
      line`There, ${spot}, sat ${a(animal, smallAdjectives)}, ${caughtDoing}.`,
    ),
    oneOf('relief',
      line`"You're not ${a(monster)} at all!" laughed ${hero}.`,
      line`"That's not ${a(monster)}, that's only ${a(animal)}!" cried ${hero}.`,
      line`${hero} had to ${oneOf('laughing', 'laugh out loud', 'giggle', 'laugh with relief')}.`,
    ),
    oneOf('care',
      line`They gave ${the(animal)} ${oneOf('gift', 'a piece of bread', 'a bowl of water', 'a few crumbs', 'a slice of apple', 'a warm blanket')} and ${oneOf('care too', 'petted it', 'comforted it', 'made it feel at home')}.`,
      line`They put ${the(animal)} ${oneOf('new bed', 'in a box of hay', 'on a soft pillow', 'next to the warm stove', 'in a basket with blankets', 'into an old hat', 'on a fluffy blanket')}.`,
    ),
    oneOf('after',
      line`After that, ${hero} slept ${oneOf('sleep', 'soundly', 'wonderfully', 'like a log', 'without fear', 'until morning')}.`,
      line`Since that night, ${hero} has never been afraid ${oneOf('fear of', 'of the dark', 'of noises', 'of ghosts', 'at night')} again.`,
      line`"If you take a look, you don't have to be afraid," said ${hero} the next morning ${oneOf('proud', 'proudly', 'at breakfast', 'with a yawn')}.`,
    ),
  ));
}
