// Something dear is lost, looked for in vain, and found with a friend's help.

import { capital, cast, oneOf, weighted, type Node } from '../../grammar/nodes.js';
import { line, say, sometimes, tell } from '../../grammar/template.js';
import { variable } from '../../grammar/words.js';
import { both, evening, eveningTogether, joy, opening, sadness } from '../common.js';
import { dismay, first, happily, kindly, next, replied, sad, sadly, startled } from '../lexicon/manner.js';
import { friend, hero, parents } from '../lexicon/people.js';
import { indoorSpots, outdoorSpots } from '../lexicon/places.js';
import { colours, junk, junkLooks, looks, treasures } from '../lexicon/things.js';
import { der, ein, er, mein, poss, relative, sein } from '../phrases.js';
import { fixed } from '../words.js';

const toy = variable('treasure', treasures);
const colour = variable('colour', colours);
const spotA = variable('first spot', indoorSpots);
const spotB = variable('second spot', indoorSpots);
const gardenA = variable('third spot', outdoorSpots);
const gardenB = variable('fourth spot', outdoorSpots);
const gardenC = variable('last spot', outdoorSpots);

const gone = fixed('gone', 'verschwunden', 'weg', 'nicht mehr da', 'fort', 'wie vom Erdboden verschluckt', 'spurlos verschwunden');
const when = fixed('when', 'eines Tages', 'an diesem Tag', 'nach dem Mittagessen', 'nach dem Frühstück', 'auf einmal', 'nach dem Spielen', 'am Nachmittag', 'nach einem langen Spaziergang');

export function lost(): Node {
  return cast([hero, [friend, hero], toy, colour], tell(
    opening(),
    oneOf('treasure',
      line`${hero} hatte ${ein(toy, 'akk', looks, colour)}, ${relative(toy, 'akk')} ${er(hero)} über alles liebte.`,
      line`${hero} besaß ${ein(toy, 'akk', looks, colour)} und passte immer gut darauf auf.`,
      line`Von ${parents} hatte ${hero} ${ein(toy, 'akk', looks, colour)} bekommen.`,
      line`Überallhin nahm ${hero} ${poss(hero, toy, 'akk', colour)} mit.`,
      line`Von all ${sein(hero, 'en')} Sachen mochte ${hero} ${der(toy, 'akk', looks, colour)} am liebsten.`,
      line`Zum Geburtstag hatte ${hero} ${ein(toy, 'akk', looks, colour)} bekommen.`,
    ),
    oneOf('loss',
      line`Doch ${when} war ${der(toy)} ${gone}.`,
      line`Aber ${when} war ${der(toy, 'nom', colour)} ${gone}.`,
      line`Doch heute konnte ${er(hero)} ${der(toy, 'akk')} nirgends finden.`,
      line`Als ${er(hero)} ${oneOf('coming home', 'nach Hause kam', 'vom Spielen kam', 'vom Einkaufen kam', 'aus dem Garten kam')}, war ${der(toy)} ${gone}!`,
    ),
    oneOf('cry',
      line`„Wo ist nur ${mein(toy, 'nom', colour)}?“, fragte ${hero} ${sadly}.`,
      line`„${dismay}, ${mein(toy)} ist weg!“, rief ${hero} ${startled}.`,
      line`„Hat jemand ${mein(toy, 'akk', colour)} gesehen?“, fragte ${hero}, aber ${oneOf('no answer', 'niemand wusste etwas', 'alle schüttelten den Kopf', 'keiner antwortete', 'niemand hatte etwas bemerkt')}.`,
    ),
    cast([spotA, [spotB, spotA]], oneOf('search',
      tell(
        line`${first} suchte ${er(hero)} ${spotA}, aber dort lag nur ${ein(junk, 'nom', junkLooks)}.`,
        line`${next} schaute ${er(hero)} ${spotB} nach, ${oneOf('second failure', 'doch da schlief nur die Katze', 'aber da war nichts', 'doch auch da war nichts zu sehen', 'aber auch das half nicht')}.`,
      ),
      tell(line`${er(hero)} suchte ${spotA} und ${spotB} und fand nichts als ${ein(junk, 'akk', junkLooks)}.`, sometimes('sadness', sadness(), 2, 1)),
      tell(line`${first} schaute ${er(hero)} ${spotA} nach, ${next} ${spotB}, aber da war nur ${ein(junk, 'nom', junkLooks)}.`, sometimes('sadness', sadness(), 2, 1)),
    )),
    oneOf('friend comes',
      line`Da kam ${friend} vorbei und fragte: „Warum bist du so ${sad}?“`,
      line`Da klopfte ${friend} an die Tür und fragte ${kindly}: „Was ist denn los?“`,
      line`„Was suchst du denn?“, fragte ${friend}, ${relative(friend)} nebenan wohnte.`,
    ),
    line`„${mein(toy, 'nom', colour)} ist weg“, ${oneOf('told', 'sagte', 'antwortete', 'klagte', 'schluchzte', 'erwiderte')} ${hero} ${sadly}.`,
    line`„${oneOf('offer', 'Dann suchen wir eben zusammen', 'Keine Sorge, ich helfe dir', 'Vier Augen sehen mehr als zwei', 'Komm, ich helfe dir suchen')}“, ${replied} ${friend} ${kindly}.`,
    cast([gardenA, [gardenB, gardenA], [gardenC, gardenA, gardenB]], tell(
      line`${both()} gingen hinaus und suchten ${gardenA} und ${gardenB}.`,
      oneOf('find',
        line`Und wirklich: ${capital}${gardenC} lag ${der(toy, 'nom', colour)}!`,
        line`${oneOf('at last', 'endlich', 'schließlich', 'ganz zuletzt')} fanden sie ${der(toy, 'akk', colour)} ${gardenC}.`,
        line`„Da liegt ${er(toy)} ja, ${gardenC}!“, rief ${friend} ${happily}.`,
      ),
    )),
    joy(),
    oneOf('thanks',
      line`„Danke, ${friend}“, sagte ${hero} und ${oneOf('hug', say`umarmte ${er(friend, 'akk')}`, say`drückte ${er(friend, 'akk')} ganz fest`, say`gab ${er(friend, 'dat')} die Hand`)}.`,
      line`„Ohne dich hätte ich ${er(toy, 'akk')} nie gefunden“, sagte ${hero}.`,
      line`Von nun an passte ${hero} noch besser auf ${poss(hero, toy, 'akk')} auf.`,
    ),
    oneOf('ending', evening(), weighted(2, eveningTogether())),
  ));
}
