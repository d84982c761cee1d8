// An animal has fallen into a hole; two children try one thing after another until it is free.

import { cast, form, oneOf, type Node } from '../../grammar/nodes.js';
import { line, sometimes, tell } from '../../grammar/template.js';
import { variable } from '../../grammar/words.js';
import { both, evening, eveningTogether, joy, opening, scenery } from '../common.js';
import { smallAdjectives, smallAnimals } from '../lexicon/animals.js';
import { dismay, atLast, first, happily, kindly, next, replied, said, startled, suddenly } from '../lexicon/manner.js';
import { friend, hero } from '../lexicon/people.js';
import { outdoors } from '../lexicon/places.js';
import { a, the } from '../phrases.js';
import { adjectives, fixed, nouns, table } from '../words.js';

const animal = variable('animal', smallAnimals);
const place = variable('place', outdoors);
const holes = nouns('hole', 'ditch', 'pit', 'hole', 'crack in the rocks', 'well', 'burrow', 'trench');
const holeAdjectives = adjectives('hole look', 'deep', 'dark', 'narrow', 'cold', 'hidden', 'gloomy');

/** Ways to get something out of a hole. */
const means = table('means', ['did', 'failure', 'success'],
  'threw down a rope | the rope was too short | with the rope',
  'held out a long branch | the branch broke | along the branch',
  'slid a board into it | the board was too slippery | over the board',
  'lowered a bucket | the bucket tipped over | in the bucket',
  'fetched a ladder | the ladder was too short | up the ladder',
  'tied two scarves together | the knot came undone | with the scarves',
  'rolled a stone into it | the stone was too small | over the stone',
  'built some steps of wood | the steps slipped away | up the steps',
  'let down a basket | the basket got stuck | in the basket',
  'hung a jacket into it | the jacket was too short | on the jacket',
  'shoveled some sand into it | the sand kept sliding away | over the sand',
  'threw down a net | the net had a big hole | in the net',
);
const meansA = variable('first attempt', means);
const meansB = variable('second attempt', means);
const meansC = variable('last attempt', means);

const pleas = fixed('plea', 'Help', 'Help me', "I can't get out", 'Get me out of here', 'I am down here', 'Please help me');
const thanks = fixed('thanks', 'Thank you', 'You saved me', "I'll never forget this", 'Thank you so very much', 'You are the best', 'You are true friends');

export function rescue(): Node {
  return cast([hero, [friend, hero], animal, meansA, [meansB, meansA], [meansC, meansA, meansB]], tell(
    opening(),
    cast([place], oneOf('outing',
      line`${hero} and ${friend} ${oneOf('play', 'were playing', 'were running around', 'were collecting leaves', 'were collecting stones', 'were looking for snails', 'were playing tag', 'were playing hide-and-seek', 'were flying paper planes')} ${form(place, 'at')}.`,
      line`${hero} went ${form(place, 'to')} with ${friend}.`,
      line`Together with ${friend}, ${hero} walked ${form(place, 'to')}.`,
    )),
    scenery(),
    oneOf('plea',
      line`${suddenly} a ${oneOf('voice', 'faint', 'weak', 'thin', 'sad', 'frightened')} voice called, "${pleas}!"`,
      line`${suddenly} they heard somebody shout, "${pleas}!"`,
    ),
    line`In ${a(holes, holeAdjectives)} sat ${a(animal, smallAdjectives)} that ${oneOf('trapped', 'could not get out', 'shivered with cold', 'looked up at them', 'did not know what to do', 'cried bitterly')}.`,
    sometimes('shock', oneOf('shock',
      line`"${dismay}, ${the(animal)} is stuck!" cried ${friend} ${startled}.`,
      line`"Don't be afraid, we'll help you," ${replied} ${friend} ${kindly}.`,
    ), 2, 1),
    line`${first}, ${hero} ${meansA}, but ${form(meansA, 'failure')}.`,
    line`${next} ${friend} ${meansB}, but ${form(meansB, 'failure')}.`,
    sometimes('not giving up', oneOf('not giving up',
      line`What could they do now?`,
      line`"We won't give up," ${said} ${friend} ${oneOf('firmly', 'firmly', 'bravely', 'calmly', 'at once')}.`,
      line`Then ${hero} had a ${oneOf('idea', 'good', 'clever', 'new', 'better')} idea.`,
    )),
    line`${atLast}, ${hero} ${meansC}, and ${form(meansC, 'success')} ${the(animal)} came ${oneOf('out', 'out', 'up', 'back into the daylight', 'safely to the top')}.`,
    line`"${thanks}!" ${oneOf('said free', 'cried', 'cheered', 'said', 'squeaked')} ${the(animal)} ${happily}.`,
    sometimes('joy', joy()),
    oneOf('ending',
      line`Then ${the(animal)} ran back to its family.`,
      line`${both()} often ${oneOf('later', 'visited', 'met', 'saw')} ${the(animal)} again ${oneOf('where again', 'at the edge of the woods', 'in the meadow', 'by the stream', 'in the garden')}.`,
      line`"If you don't give up, you find a way," said ${friend} ${oneOf('moral how', 'contentedly', 'on the way home', 'with a laugh')}.`,
      line`Sometimes you just have to try three times.`,
      evening(),
      eveningTogether(),
    ),
  ));
}
