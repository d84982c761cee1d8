// Two friends want the same toy, damage or lose it, and make up.

import { agree, cast, oneOf, sequence, type Node } from '../../grammar/nodes.js';
import { line, sometimes, tell } from '../../grammar/template.js';
import { category, variable } from '../../grammar/words.js';
import { both, eveningTogether, opening, sadness } from '../common.js';
import { sadly, whispered } from '../lexicon/manner.js';
import { friend, hero } from '../lexicon/people.js';
import { outdoors, seats } from '../lexicon/places.js';
import { colors, looks, toys } from '../lexicon/things.js';
import { a, the } from '../phrases.js';
import { fixed } from '../words.js';

const toy = variable('toy', toys);
const color = variable('color', colors);
const seatA = variable('seat', seats);
const seatB = variable('other seat', seats);

/** What happens to the toy; this determines how the quarrel is resolved. */
const mishap = variable('mishap', category('mishap', 'noun', ['broken', 'dirty', 'away'].map((kind) => ({ id: kind, forms: { noun: kind }, features: { kind } }))));
const byMishap = (broken: Node, dirty: Node, away: Node) => agree(mishap, 'kind', { broken, dirty, away });

const angrily = fixed('angrily', 'angrily', 'loudly', 'crossly', 'furiously', 'with a red face', 'with clenched fists', 'stubbornly', 'in a rage', 'with flashing eyes');
const angerA = variable('angrily', angrily);
const angerB = variable('angrily too', angrily);
const tools = fixed('repair tool', 'glue', 'a strong piece of string', 'a bit of wire', 'sticky tape', 'needle and thread', 'a hammer and some nails', 'a colorful ribbon');
const cleaning = fixed('cleaning tool', 'soap and water', 'a wet cloth', 'an old brush', 'a sponge', 'fresh rainwater', 'a lot of patience');
const nextGames = fixed('next game', 'made up a new game', 'played on until evening', 'built a racetrack', 'played circus', 'played store', 'told each other stories');

export function quarrel(): Node {
  return cast([hero, [friend, hero], toy, color, mishap, angerA, [angerB, angerA]], tell(
    opening(),
    oneOf('finding a toy',
      line`${hero} and ${friend} were playing ${outdoors} when they found ${a(toy, looks, color)}.`,
      line`In the toy box ${hero} and ${friend} found ${a(toy, looks, color)}.`,
      line`${hero} was visiting ${friend}, and between them ${oneOf('lay', 'lay', 'stood')} ${a(toy, looks, color)}.`,
    ),
    oneOf('claim',
      line`"I want ${the(toy)}!" shouted ${hero} ${angerA}.`,
      line`"It's mine!" shouted ${hero} ${angerA}.`,
      line`"Give me ${the(toy, color)}!" shouted ${hero} ${angerA}.`,
    ),
    line`"${oneOf('counterclaim', 'No, I had it first', "No, it's my turn now", "That's not fair", 'You always want everything', "You're mean", 'Let go at once')}!" ${oneOf('shouted', 'shouted', 'yelled', 'screamed')} ${friend} ${angerB}.`,
    line`They ${oneOf('tug', 'pulled and tugged', 'pushed and pulled', 'argued and tugged')} ${byMishap(
      sequence('until there was a ', oneOf('breaking', 'loud crack', 'nasty crunch', 'sharp snap'), ', and ', the(toy), ' was broken'),
      sequence('until ', the(toy), ' ', oneOf('falling', 'fell', 'flew', 'dropped'), ' ', oneOf('mud', 'into the mud', 'into a puddle', 'into the dirt')),
      sequence('until ', the(toy), ' ', oneOf('flying', 'flew', 'sailed', 'went'), ' ', oneOf('over', 'over the fence', 'over the wall', 'into the thick hedge')),
    )}.`,
    cast([seatA, [seatB, seatA]], oneOf('apart',
      line`${hero} sat down ${seatA} and ${friend} ${seatB}.`,
      line`Nobody said a word, and ${hero} sat down ${seatA} and ${friend} ${seatB}.`,
    )),
    oneOf('loneliness',
      line`But playing alone was ${oneOf('no fun', 'no fun', 'not nice at all', 'no fun at all')}.`,
      line`Without ${friend}, everything was ${oneOf('dull', 'boring', 'too quiet', 'only half as nice', 'dull and empty')}.`,
      sadness(),
    ),
    oneOf('apology',
      line`After a while ${hero} went over to ${friend} and ${whispered} ${sadly}, "I'm sorry."`,
      line`"I'm sorry, ${friend}," ${whispered} ${hero} ${sadly}.`,
      line`"Shall we be friends again?" asked ${hero} ${sadly}.`,
    ),
    line`"${oneOf('forgiving', "I'm sorry, too", 'I was mean, too', "Come on, let's make up", 'Quarreling is silly', 'You matter more to me than any toy')}," ${oneOf('answered', 'said', 'answered', 'mumbled')} ${friend}.`,
    line`Then ${both()} ${byMishap(
      sequence(oneOf('repair', 'mended', 'fixed'), ' ', the(toy), ' with ', tools),
      sequence(oneOf('wash', 'cleaned', 'washed'), ' ', the(toy), ' with ', cleaning),
      sequence(oneOf('fetch', 'fetched', 'rescued'), ' ', the(toy), ' ', oneOf('fetch how', 'together', 'side by side', 'with a long stick')),
    )}.`,
    oneOf('turns',
      line`Now they took turns: first ${friend}, then ${hero}.`,
      line`From then on they took turns and ${nextGames}.`,
      line`In the end all was ${oneOf('settled', 'well again', 'forgotten', 'forgiven')}, and they ${nextGames}.`,
    ),
    sometimes('ending', eveningTogether()),
  ));
}
