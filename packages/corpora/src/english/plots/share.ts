// A child shares its snack with a hungry animal, which gives something back.

import { cast, oneOf, type Node } from '../../grammar/nodes.js';
import { line, say, sometimes, tell } from '../../grammar/template.js';
import { variable } from '../../grammar/words.js';
import { evening, joy, opening, scenery } from '../common.js';
import { animalAdjectives, animals } from '../lexicon/animals.js';
import { sadly, suddenly } from '../lexicon/manner.js';
import { grownUps, hero } from '../lexicon/people.js';
import { seats, sights } from '../lexicon/places.js';
import { snackAdjectives, snacks } from '../lexicon/things.js';
import { a, he, him, his, poss, the } from '../phrases.js';
import { fixed } from '../words.js';

const snack = variable('snack', snacks);
const animal = variable('animal', animals);

const hungry = fixed('hungry', 'I am so hungry', "I haven't eaten since yesterday", 'My tummy is quite empty', 'That smells so good', 'My stomach is growling', "I couldn't find any food today");
const beyond = fixed('beyond', 'behind the hill', 'among the trees', 'behind the bushes', 'at the end of the path', 'on the other side of the stream', 'deep in the woods', 'behind a big rock', 'after the third bend');
const praise = fixed('praise', 'That tastes wonderful', 'That is the best thing I have ever eaten', 'I hardly ever get anything so good', 'Thank you very, very much', 'You have a good heart', "I'll never forget this");

export function share(): Node {
  return cast([hero, snack, animal], tell(
    opening(),
    oneOf('snack',
      line`${grownUps} had given ${hero} ${a(snack, snackAdjectives)}.`,
      line`${hero} packed ${a(snack, snackAdjectives)} and set off.`,
      line`${hero} got ${a(snack, snackAdjectives)} from ${grownUps} and ran outside with it.`,
      line`In ${his(hero)} bag ${hero} had ${a(snack, snackAdjectives)}.`,
    ),
    line`${oneOf('mood', 'looking forward to it', 'hungry', 'in a good mood', 'a little tired')}, ${he(hero)} sat down ${seats}.`,
    scenery(),
    oneOf('arrival',
      line`${suddenly} ${a(animal, animalAdjectives)} appeared ${oneOf('appearing', say`in front of ${him(hero)}`, say`next to ${him(hero)}`, 'from behind a bush', 'between the tall stalks')}.`,
      line`${suddenly} ${a(animal, animalAdjectives)} came ${oneOf('from where', 'out of the bushes', 'around the corner', 'along the path', 'through the tall grass', 'very close')}.`,
      line`Then ${he(hero)} heard a rustling sound, and ${a(animal, animalAdjectives)} ${oneOf('look', 'peeped out', 'came closer', 'looked around the corner')}.`,
    ),
    line`"${hungry}," ${oneOf('said hungry', 'said', 'sighed', 'whispered', 'moaned')} ${the(animal)} ${sadly}.`,
    oneOf('hesitation',
      line`${hero} had really wanted to eat ${the(snack)} all alone.`,
      line`${hero} looked at ${poss(hero, snack)} and thought for a moment.`,
      line`${hero} was very hungry, too, but ${he(hero)} felt sorry for ${the(animal)}.`,
      line`${hero} did not have to think ${oneOf('thinking', 'for long', 'twice', 'about it')}.`,
    ),
    oneOf('sharing',
      line`So ${he(hero)} broke ${the(snack)} in two and gave ${the(animal)} ${oneOf('part', 'half', 'the bigger half', 'a big piece', 'the best piece')}.`,
      line`"Here, this is for you," ${he(hero)} said and gave ${the(animal)} ${oneOf('part', 'half', 'the bigger half', 'a big piece', 'the best piece')}.`,
      line`"Come on, let's share," ${he(hero)} said and broke ${the(snack)} in two.`,
    ),
    line`"${praise}!" ${oneOf('said full', 'said', 'cried', 'cheered', 'mumbled')} ${the(animal)}.`,
    oneOf('return',
      tell(
        line`"Come with me, I ${oneOf('promise', 'want', 'would like', 'have')} to show you something," ${he(animal)} added.`,
        line`${beyond} there was ${sights}.`,
      ),
      tell(
        line`To say thank you, ${the(animal)} took ${hero} to a secret place.`,
        line`${beyond} something wonderful was waiting: ${sights}.`,
      ),
      line`Then ${he(animal)} showed ${hero} ${oneOf('secret', 'a secret path', 'a good hiding place', 'a short way home', 'the prettiest part of the stream')}.`,
    ),
    joy(),
    sometimes('moral', line`"${oneOf('moral', 'Food tastes twice as good when you share it', 'Those who share have more', 'Sharing makes friends', 'Such a small piece and so much joy')}," thought ${hero} ${oneOf('thought how', 'contentedly', 'on the way home', 'happily')}.`),
    oneOf('ending',
      evening(),
      line`Ever since, ${hero} has brought ${the(animal)} something ${oneOf('treat', 'tasty', 'good', 'sweet')} every ${oneOf('weekday', 'day', 'Sunday', 'Saturday', 'morning')}.`,
      line`From then on, the two of them ${oneOf('friendship', 'were friends', 'met every day', 'often visited each other')}.`,
    ),
  ));
}
