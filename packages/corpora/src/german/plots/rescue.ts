// An animal has fallen into a hole; two children try one thing after another until it is free.

import { cast, form, oneOf, type Node } from '../../grammar/nodes.js';
import { line, say, sometimes, tell } from '../../grammar/template.js';
import { variable } from '../../grammar/words.js';
import { both, evening, eveningTogether, joy, opening, scenery } from '../common.js';
import { smallAdjectives, smallAnimals } from '../lexicon/animals.js';
import { dismay, atLast, first, happily, kindly, next, replied, said, startled, suddenly } from '../lexicon/manner.js';
import { friend, hero } from '../lexicon/people.js';
import { outdoors } from '../lexicon/places.js';
import { der, ein, sein } from '../phrases.js';
import { adjectives, fixed, nouns, table } from '../words.js';

const animal = variable('animal', smallAnimals);
const place = variable('place', outdoors);
const hole = variable('hole', nouns('hole', 'der Graben', 'der Schacht', 'die Grube', 'die Felsspalte', 'das Loch', 'das Erdloch', 'der Brunnen'));
const holeAdjectives = adjectives('hole look', 'tief', 'dunkel|dunkl', 'schmal', 'eng', 'kalt', 'versteckt');

/** Ways to get something out of a hole: „Zuerst warf Anna ein Seil hinunter, aber das Seil war zu kurz.“ */
const means = table('means', ['what', 'did', 'failure', 'success'],
  'ein Seil hinunter | warf | das Seil war zu kurz | an dem Seil',
  'einen langen Ast hinein | hielt | der Ast brach ab | an dem Ast',
  'ein Brett hinein | schob | das Brett war zu glatt | über das Brett',
  'einen Eimer hinab | ließ | der Eimer kippte um | in dem Eimer',
  'eine Leiter | holte | die Leiter war zu kurz | über die Leiter',
  'zwei Schals zusammen | knotete | der Knoten ging auf | an den Schals',
  'einen Stein hinein | rollte | der Stein war zu klein | über den Stein',
  'eine Treppe aus Ästen | baute | die Äste rutschten weg | über die Treppe',
  'einen Korb hinunter | ließ | der Korb blieb hängen | in dem Korb',
  'eine Strickjacke hinein | hängte | die Jacke war zu kurz | an der Jacke',
  'Sand hinein | schaufelte | der Sand rutschte immer wieder weg | über den Sand',
  'ein Netz hinab | warf | das Netz hatte ein großes Loch | in dem Netz',
);
const meansA = variable('first attempt', means);
const meansB = variable('second attempt', means);
const meansC = variable('last attempt', means);

const pleas = fixed('plea', 'Hilfe', 'Helft mir', 'Ich komme nicht mehr heraus', 'Holt mich hier heraus', 'Ich bin hier unten', 'Bitte helft mir');
const thanks = fixed('thanks', 'Danke', 'Ihr habt mich gerettet', 'Das vergesse ich euch nie', 'Vielen, vielen Dank', 'Ihr seid die Besten', 'Ihr seid wahre Freunde');

export function rescue(): Node {
  return cast([hero, [friend, hero], animal, hole, meansA, [meansB, meansA], [meansC, meansA, meansB]], tell(
    opening(),
    oneOf('outing',
      line`${hero} und ${friend} ${oneOf('play', 'spielten', 'tobten', 'sammelten Blätter', 'sammelten Steine', 'suchten Schnecken', 'spielten Fangen', 'spielten Verstecken', 'ließen Papierflieger fliegen')} ${outdoors}.`,
      line`${hero} lief mit ${friend} ${toPlace()}.`,
      line`Zusammen mit ${friend} wanderte ${hero} ${toPlace()}.`,
    ),
    scenery(),
    oneOf('plea',
      line`${suddenly} rief eine ${oneOf('voice', 'leise', 'schwache', 'dünne', 'klägliche', 'ängstliche')} Stimme: „${pleas}!“`,
      line`${suddenly} hörten sie jemanden rufen: „${pleas}!“`,
    ),
    line`In ${ein(hole, 'dat', holeAdjectives)} saß ${ein(animal, 'nom', smallAdjectives)} und ${oneOf('trapped', 'kam nicht mehr heraus', 'zitterte vor Kälte', 'schaute zu ihnen hinauf', 'wusste nicht weiter', 'weinte bitterlich')}.`,
    sometimes('shock', oneOf('shock',
      line`„${dismay}, ${der(animal)} sitzt fest!“, rief ${friend} ${startled}.`,
      line`„Hab keine Angst, wir helfen dir“, ${replied} ${friend} ${kindly}.`,
    ), 2, 1),
    line`${first} ${form(meansA, 'did')} ${hero} ${meansA}, aber ${form(meansA, 'failure')}.`,
    line`${next} ${form(meansB, 'did')} ${friend} ${meansB}, doch ${form(meansB, 'failure')}.`,
    sometimes('not giving up', oneOf('not giving up',
      line`Jetzt war guter Rat teuer.`,
      line`„Wir geben nicht auf“, ${said} ${friend} ${oneOf('firmly', 'entschlossen', 'tapfer', 'ruhig', 'mutig')}.`,
      line`Da hatte ${hero} eine ${oneOf('idea', 'gute', 'kluge', 'neue', 'bessere')} Idee.`,
    )),
    line`${atLast} ${form(meansC, 'did')} ${hero} ${meansC}, und ${form(meansC, 'success')} kam ${der(animal)} ${oneOf('out', 'heraus', 'nach oben', 'wieder ans Licht', 'ins Freie')}.`,
    line`„${thanks}!“, ${oneOf('said free', 'rief', 'jubelte', 'sagte', 'seufzte')} ${der(animal)} ${happily}.`,
    sometimes('joy', joy()),
    oneOf('ending',
      line`Dann lief ${der(animal)} zu ${sein(animal, 'er')} Familie zurück.`,
      line`Noch oft ${oneOf('later', 'besuchten', 'trafen', 'sahen')} ${both()} ${der(animal, 'akk')} ${oneOf('where again', 'am Waldrand', 'auf der Wiese', 'am Bach', 'im Garten')}.`,
      line`„Wer nicht aufgibt, findet einen Weg“, sagte ${friend} ${oneOf('moral how', 'zufrieden', 'auf dem Heimweg', 'und lachte')}.`,
      line`Manchmal muss man eben dreimal anfangen.`,
      evening(),
      eveningTogether(),
    ),
  ));
}

const toPlace = () => cast([place], say`${form(place, 'wohin')}`);
