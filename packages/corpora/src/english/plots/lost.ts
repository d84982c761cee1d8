// Something dear is lost, looked for in vain, and found with a friend's help.

import { cast, oneOf, weighted, type Node } from '../../grammar/nodes.js';
import { line, say, sometimes, tell } from '../../grammar/template.js';
import { variable } from '../../grammar/words.js';
import { both, evening, eveningTogether, joy, opening, sadness } from '../common.js';
import { dismay, first, happily, kindly, next, replied, sad, sadly, startled } from '../lexicon/manner.js';
import { friend, hero, parents } from '../lexicon/people.js';
import { indoorSpots, outdoorSpots } from '../lexicon/places.js';
import { colors, junk, junkLooks, looks, treasures } from '../lexicon/things.js';
import { a, he, him, his, my, poss, the } from '../phrases.js';
import { fixed } from '../words.js';

const toy = variable('treasure', treasures);
const color = variable('color', colors);
const spotA = variable('first spot', indoorSpots);
const spotB = variable('second spot', indoorSpots);
const gardenA = variable('third spot', outdoorSpots);
const gardenB = variable('fourth spot', outdoorSpots);
const gardenC = variable('last spot', outdoorSpots);

const gone = fixed('gone', 'was gone', 'had disappeared', 'had vanished', 'was nowhere to be seen', 'was missing', 'was not there anymore');
const when = fixed('when', 'one day', 'that day', 'after lunch', 'after breakfast', 'all of a sudden', 'after playtime', 'in the afternoon', 'after a long walk');

export function lost(): Node {
  return cast([hero, [friend, hero], toy, color], tell(
    opening(),
    oneOf('treasure',
      line`${hero} had ${a(toy, looks, color)} that ${he(hero)} loved more than anything.`,
      line`${hero} owned ${a(toy, looks, color)} and always took good care of it.`,
      line`${parents} had given ${hero} ${a(toy, looks, color)}.`,
      line`${hero} took ${poss(hero, toy, color)} everywhere.`,
      line`Of all ${his(hero)} things, ${hero} liked ${the(toy, looks, color)} best.`,
      line`For ${his(hero)} birthday, ${hero} had been given ${a(toy, looks, color)}.`,
    ),
    oneOf('loss',
      line`But ${when} ${the(toy)} ${gone}.`,
      line`But ${when} ${the(toy, color)} ${gone}.`,
      line`But today ${he(hero)} could not find ${the(toy)} anywhere.`,
      line`When ${he(hero)} came ${oneOf('coming home', 'home', 'back from playing', 'back from the shop', 'in from the garden')}, ${the(toy)} ${gone}!`,
    ),
    oneOf('cry',
      line`"Where is ${my(toy, color)}?" asked ${hero} ${sadly}.`,
      line`"${dismay}, ${my(toy)} is gone!" cried ${hero} ${startled}.`,
      line`"Has anyone seen ${my(toy, color)}?" asked ${hero}, but ${oneOf('no answer', 'nobody knew anything', 'they all shook their heads', 'nobody answered', 'nobody had noticed a thing')}.`,
    ),
    cast([spotA, [spotB, spotA]], oneOf('search',
      tell(
        line`${first}, ${he(hero)} looked ${spotA}, but there was only ${a(junk, junkLooks)}.`,
        line`${next} ${he(hero)} searched ${spotB}, ${oneOf('second failure', 'but only the cat was sleeping there', 'but there was nothing at all', 'but that did not help either', 'but it was not there either')}.`,
      ),
      tell(line`${he(hero)} looked ${spotA} and ${spotB} and found nothing but ${a(junk, junkLooks)}.`, sometimes('sadness', sadness(), 2, 1)),
      tell(line`${first}, ${he(hero)} looked ${spotA} and then ${spotB}, but all ${he(hero)} found was ${a(junk, junkLooks)}.`, sometimes('sadness', sadness(), 2, 1)),
    )),
    oneOf('friend comes',
      line`Just then ${friend} came by and asked, "Why are you so ${sad}?"`,
      line`There was a knock at the door, and ${friend} asked ${kindly}, "What's the matter?"`,
      line`"What are you looking for?" asked ${friend}, who lived next door.`,
    ),
    line`"${my(toy, color)} is gone," ${oneOf('told', 'said', 'answered', 'sobbed', 'sniffed', 'sighed')} ${hero} ${sadly}.`,
    line`"${oneOf('offer', "Then let's look for it together", "Don't worry, I'll help you", 'Four eyes see more than two', "Come on, I'll help you look")}," ${replied} ${friend} ${kindly}.`,
    cast([gardenA, [gardenB, gardenA], [gardenC, gardenA, gardenB]], tell(
      line`${both()} went outside and looked ${gardenA} and ${gardenB}.`,
      oneOf('find',
        line`And sure enough, ${gardenC} lay ${the(toy, color)}!`,
        line`${oneOf('at last', 'at last', 'finally', 'in the end')} they found ${the(toy, color)} ${gardenC}.`,
        line`"There it is, ${gardenC}!" shouted ${friend} ${happily}.`,
      ),
    )),
    joy(),
    oneOf('thanks',
      line`"Thank you, ${friend}," said ${hero} and ${oneOf('hug', say`hugged ${him(friend)}`, say`gave ${him(friend)} a big hug`, say`shook ${his(friend)} hand`)}.`,
      line`"Without you I would never have found it," said ${hero}.`,
      line`From then on, ${hero} took even better care of ${poss(hero, toy)}.`,
    ),
    oneOf('ending', evening(), weighted(2, eveningTogether())),
  ));
}
