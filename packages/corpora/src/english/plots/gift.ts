// A birthday is near, the money box is empty, and two presents go wrong before one goes right.

import { cast, form, oneOf, type Node } from '../../grammar/nodes.js';
import { line, sometimes, tell } from '../../grammar/template.js';
import { variable } from '../../grammar/words.js';
import { opening, sadness } from '../common.js';
import { dismay, atLast, first, kindly, next, said, startled } from '../lexicon/manner.js';
import { friend, grownUps, hero } from '../lexicon/people.js';
import { drinks, meals } from '../lexicon/things.js';
import { a, he, him } from '../phrases.js';
import { adjectives, fixed, nouns, table } from '../words.js';

const person = variable('person', grownUps);

/** Presents: the attempt, and its failure. */
const presents = table('present', ['did', 'failure'],
  'painted a picture | the paint ran',
  'baked a cake | the cake burned in the oven',
  'knitted a scarf | the wool was too short',
  'threaded a necklace | the string snapped',
  'shaped a cup out of clay | the cup broke',
  'picked a bunch of flowers | a goat ate the flowers',
  'wrote a poem | it just would not rhyme',
  'built a birdhouse | the roof was crooked',
  'made a lantern | the paper got a hole',
  'sewed a cushion | the seam came undone',
  'wove a basket | the bottom fell out',
  'cooked a jar of jam | the jam boiled over',
  'crocheted a hat | the hat was much too small',
  'baked a box of cookies | the dog ate them all',
  'drew a calendar | February was missing',
  'carved a wooden bird | the beak broke off',
);
const presentA = variable('first present', presents);
const presentB = variable('second present', presents);
const presentC = variable('last present', presents);

const wrappings = adjectives('wrapping color', 'red', 'blue', 'green', 'yellow', 'white', 'orange', 'golden', 'silver', 'pink', 'striped', 'spotted', 'shiny');
const ribbons = nouns('ribbon', 'ribbon', 'bow', 'string', 'cord');
const money = fixed('money', 'the money box was empty', 'everything in the shop was much too expensive', 'all the pocket money was gone', 'there was only a button in the money box', 'three small coins were not enough', 'the shops were already closed');
const wishes = fixed('wish', 'Happy birthday', 'Many happy returns', 'This is for you', 'We made this ourselves', 'Surprise');
const praise = fixed('praise', 'This is the best present of all', 'I have never had anything so beautiful', 'You are real artists', 'What a surprise', 'You did this wonderfully well', 'This makes me so happy');
const soon = fixed('soon', 'coming soon', 'only three days away', 'on Sunday', 'almost here', 'only a week away', 'the next day');

export function gift(): Node {
  return cast([hero, [friend, hero], person, presentA, [presentB, presentA], [presentC, presentA, presentB]], tell(
    opening(),
    oneOf('birthday',
      line`${person}'s birthday was ${soon}, and ${hero} wanted to give ${him(person)} something ${oneOf('kind of present', 'nice', 'special', 'really great', 'beautiful')}.`,
      line`"What can I give ${person} for a birthday present?" wondered ${hero}.`,
      line`${hero} was looking for a present for ${person}, whose birthday was ${soon}.`,
    ),
    line`But ${money}.`,
    sometimes('decision', line`"Then I'll make something myself," ${oneOf('decided', 'decided', 'said', 'thought')} ${hero}.`, 2, 1),
    line`${first}, ${he(hero)} ${presentA}, but ${form(presentA, 'failure')}.`,
    line`${next} ${he(hero)} ${presentB}, but ${form(presentB, 'failure')}.`,
    oneOf('despair',
      line`"${dismay}, I can't do it!" cried ${hero} ${startled}.`,
      sadness(),
    ),
    oneOf('help',
      line`Then ${friend} came to visit and said ${kindly}, "We can do it together."`,
      line`"Let's do it together," ${said} ${friend} ${kindly}.`,
      line`"It is easier with two," ${said} ${friend} ${kindly}.`,
    ),
    oneOf('success',
      line`Together they ${presentC}, and ${atLast} ${oneOf('worked', 'everything went well', 'it worked', 'it turned out just right', 'it was beautiful')}.`,
      line`The two of them ${presentC}, and it took them ${oneOf('how long', 'all afternoon', 'all morning', 'two hours', 'until the evening')}.`,
    ),
    sometimes('wrapping', line`They wrapped everything in ${wrappings} paper and tied ${a(ribbons, wrappings)} around it.`, 2, 1),
    line`"${wishes}!" cried ${hero} and ${friend} ${oneOf('when given', 'when the day came', 'at the door', 'on the big day', 'at the party')}.`,
    line`"${praise}!" ${oneOf('said moved', 'said', 'cried')} ${person} ${oneOf('moved how', 'with a big smile', 'with shining eyes', 'with a laugh', 'happily', 'and wiped away a tear')}.`,
    oneOf('party',
      line`Then everyone had ${meals} and ${drinks}.`,
      line`${person} gave both of them a big hug.`,
      line`Homemade presents are ${oneOf('moral', 'the best', 'better than anything from a shop', 'worth more than gold')}.`,
      line`Then they sang and danced until ${oneOf('until', 'the moon rose', 'they were all tired', 'the candles went out', 'the neighbors came and joined in')}.`,
    ),
  ));
}
