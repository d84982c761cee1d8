// Two children build something, it falls down, and they build it again, better.

import { cast, oneOf, type Node } from '../../grammar/nodes.js';
import { line, sometimes, tell } from '../../grammar/template.js';
import { variable } from '../../grammar/words.js';
import { both, eveningTogether, joy, opening, sadness } from '../common.js';
import { dismay, kindly, replied, said, startled } from '../lexicon/manner.js';
import { friend, grownUps, hero } from '../lexicon/people.js';
import { outdoors } from '../lexicon/places.js';
import { buildingAdjectives, buildings, materials, roles } from '../lexicon/things.js';
import { a, the } from '../phrases.js';
import { fixed } from '../words.js';

const building = variable('building', buildings);
const materialA = variable('first material', materials);
const materialB = variable('second material', materials);
const materialC = variable('third material', materials);
const roleA = variable('role', roles);
const roleB = variable('other role', roles);

const brought = fixed('brought', 'fetched', 'collected', 'dragged in', 'looked for', 'carried');
const toil = fixed('toil', 'all morning', 'for hours', 'until noon', 'without a break', 'as fast as they could', 'for half the day');
const disasters = fixed('disaster',
  'there was a gust of wind', 'a storm broke loose', 'a dog ran into it', 'a billy goat jumped into it', 'a ball flew against it', 'the wind shook it', 'it began to rain', 'a foal stumbled over it', 'a cow leaned against it',
  'there was a heavy shower', 'a big branch fell on it');
const collapse = fixed('collapse', 'fell down', 'collapsed', 'came crashing down', 'broke apart', 'tipped over', 'fell to pieces');
const lessons = fixed('lesson', 'how to tie strong knots', 'how to prop up a wall', 'what matters when you build', 'how to make a good roof', 'where the ground was firmest', 'how to join everything well');
const until = fixed('until', 'until it grew dark', 'until the sun went down', 'until the stars came out', 'until they were tired', 'until supper was ready', 'until somebody called them');

export function build(): Node {
  return cast([hero, [friend, hero], building, materialA, [materialB, materialA], [materialC, materialA, materialB]], tell(
    opening(),
    oneOf('plan',
      line`${hero} and ${friend} wanted to build ${a(building, buildingAdjectives)} ${outdoors}.`,
      line`"Shall we build ${a(building)}?" asked ${hero}, and ${friend} liked the idea at once.`,
      line`"Today we'll build ${a(building, buildingAdjectives)}," ${said} ${friend} to ${hero}.`,
    ),
    line`${hero} ${brought} ${materialA}, and ${friend} ${brought} ${materialB}.`,
    oneOf('work',
      line`${both()} worked ${toil}.`,
      line`Bit by bit ${the(building)} ${oneOf('growing', 'grew', 'took shape', 'grew taller')}.`,
      line`Out of ${materialA} and ${materialB} they slowly made ${a(building, buildingAdjectives)}.`,
    ),
    line`But ${oneOf('then', 'then', 'suddenly', 'all at once', 'a little later')} ${disasters}, and ${the(building)} ${collapse}!`,
    oneOf('reaction',
      line`"${dismay}, ${oneOf('all that work', 'all that work', 'it was all for nothing', 'our beautiful work', 'that took us so long')}!" cried ${hero} ${startled}.`,
      sadness(),
    ),
    oneOf('comfort',
      line`"Then we'll just build it again," ${replied} ${friend} ${kindly}.`,
      line`"Don't be sad, this time we'll do it ${oneOf('better', 'better', 'more carefully', 'in a smarter way', 'with more patience')}," ${replied} ${friend} ${kindly}.`,
    ),
    oneOf('lesson',
      line`${grownUps} ${oneOf('helper came', 'came by', 'had seen it all', 'laughed kindly')} and showed them ${lessons}.`,
      line`"I'll show you ${lessons}," said ${grownUps}.`,
    ),
    oneOf('second try',
      line`This time they used ${materialC} as well and ${oneOf('care', 'took their time', 'tied everything twice', 'helped each other', 'checked every part')}.`,
      line`With ${materialC}, ${the(building)} became ${oneOf('improvement', 'much stronger', 'even prettier', 'even bigger', 'much safer')} than before.`,
    ),
    oneOf('done',
      line`In the ${oneOf('time done', 'evening', 'afternoon', 'end')} ${the(building)} stood ${oneOf('standing', 'strong and safe', 'proudly in the sun', 'there as if in a fairy tale', 'firm and did not wobble one bit')}.`,
      joy(friend),
    ),
    cast([roleA, [roleB, roleA]], line`There they played ${roleA} and ${roleB} ${until}.`),
    sometimes('ending', eveningTogether(), 3, 1),
  ));
}
