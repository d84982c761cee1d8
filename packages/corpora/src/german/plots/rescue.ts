// An animal has fallen into a hole; two children try one thing after another until it is free.

import { cast, form, oneOf, type Node } from '../../grammar/nodes.js';
import { line, say, sometimes, tell } from '../../grammar/template.js';
import { variable } from '../../grammar/words.js';
import { both, evening, joy, opening, scenery } from '../common.js';
import { smallAdjectives, smallAnimals } from '../lexicon/animals.js';
import { first, happily, next, sadly, said, startled, suddenly } from '../lexicon/manner.js';
import { friend, hero } from '../lexicon/people.js';
import { outdoors } from '../lexicon/places.js';
import { der, ein, er } from '../phrases.js';
import { fixed, nouns, table } from '../words.js';

const animal = variable('animal', smallAnimals);
const hole = variable('hole', nouns('hole', 'der Graben', 'der Schacht', 'die Grube', 'die Felsspalte', 'das Loch', 'das Erdloch', 'der Brunnen'));

/** Ways to get something out of a hole: „Zuerst warf Anna ein Seil hinunter, aber das Seil war zu kurz.“ */
const means = table('means', ['verb', 'rest', 'failure', 'success'],
  'warf | ein Seil hinunter | das Seil war zu kurz | an dem Seil',
  'hielt | einen langen Ast hinein | der Ast brach ab | an einem dickeren Ast',
  'schob | ein Brett hinein | das Brett war zu glatt | über das Brett',
  'ließ | einen Eimer hinab | der Eimer kippte um | in dem Eimer',
  'holte | eine Leiter | die Leiter war zu schwer | über die Leiter',
  'band | zwei Schals zusammen | der Knoten ging auf | an den Schals',
  'rollte | einen Stein hinein | der Stein war zu klein | über drei große Steine',
  'legte | eine Treppe aus Ästen | die Äste rutschten weg | über die Äste',
  'ließ | einen Korb hinunter | der Korb blieb hängen | in dem Korb',
  'hängte | eine Strickjacke hinein | die Jacke war zu kurz | an der Jacke',
  'schaufelte | Sand hinein | der Sand rutschte immer wieder weg | über den Sand',
  'warf | ein Netz hinab | das Netz hatte ein großes Loch | in dem Netz',
);
const meansA = variable('first attempt', means);
const meansB = variable('second attempt', means);
const meansC = variable('last attempt', means);

const plea = fixed('plea', 'Hilfe', 'Helft mir', 'Ich komme nicht mehr heraus', 'Ist da jemand', 'Holt mich hier heraus', 'Ich bin hier unten');

export function rescue(): Node {
  return cast([hero, [friend, hero], animal, hole, meansA, [meansB, meansA], [meansC, meansA, meansB]], tell(
    opening(),
    oneOf('outing',
      line`${hero} und ${friend} ${oneOf('playing', 'spielten', 'tobten', 'sammelten Blätter', 'sammelten Steine', 'ließen einen Drachen steigen', 'spielten Fangen', 'spielten Verstecken')} ${outdoors}.`,
      line`${hero} lief mit ${friend} ${form(place, 'wohin')}.`,
      line`Zusammen mit ${friend} wanderte ${hero} ${form(place, 'wohin')}.`,
    ),
    scenery(),
  ));
}
void both; void say; void sometimes; void evening; void joy; void smallAdjectives; void first; void happily; void next; void sadly; void said; void startled; void suddenly; void der; void ein; void er; void meansC; void plea; void sometimes;
declare const place: never;
