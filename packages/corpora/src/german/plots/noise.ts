// A noise in the night, a brave look, and no monster at all.

import { capital, cast, oneOf, type Node } from '../../grammar/nodes.js';
import { line, sometimes, tell } from '../../grammar/template.js';
import { variable } from '../../grammar/words.js';
import { caughtDoing, smallAdjectives, smallAnimals } from '../lexicon/animals.js';
import { kindly, said, suddenly, whispered } from '../lexicon/manner.js';
import { ages, habits, hero, siblings } from '../lexicon/people.js';
import { homeAdjectives, homePlaces, homes, nightSpots } from '../lexicon/places.js';
import { junk, junkLooks, monsters } from '../lexicon/things.js';
import { der, ein, er, inForm, kein, poss } from '../phrases.js';
import { adjectives, fixed } from '../words.js';

const spot = variable('spot', nightSpots);
const monster = variable('monster', monsters);
const otherMonster = variable('other monster', monsters);
const animal = variable('animal', smallAnimals);
const sibling = variable('sibling', siblings);

const sounds = fixed('sound', 'kratzte', 'raschelte', 'klopfte', 'polterte', 'quietschte', 'knackte', 'knisterte', 'schnaufte', 'scharrte', 'klapperte', 'brummte', 'fiepte');
const eerie = adjectives('eerie', 'seltsam', 'unheimlich', 'merkwürdig', 'leise|leis', 'komisch', 'fremd', 'sonderbar', 'dumpf');
const night = fixed('night',
  'Es war mitten in der Nacht', 'Es war schon spät am Abend', 'Der Mond stand hell am Himmel', 'Draußen war es stockdunkel', 'Die Uhr schlug Mitternacht', 'Der Wind heulte um das Haus', 'Regen klopfte an die Scheiben',
  'Alle schliefen schon', 'Im ganzen Haus war es still', 'Über den Dächern funkelten die Sterne');
const fright = fixed('fright',
  'zog die Decke bis zum Kinn', 'hielt den Atem an', 'kroch unter die Decke', 'zitterte am ganzen Körper', 'wagte kaum zu atmen', 'machte sich ganz klein', 'drückte den Teddy an sich', 'lag da wie erstarrt', 'biss die Zähne zusammen');
const light = fixed('light', 'eine Taschenlampe', 'eine kleine Lampe', 'eine Kerze', 'eine Laterne', 'einen Kochlöffel', 'einen Besen', 'ein Kissen');

export function noise(): Node {
  return cast([hero, sibling, spot, animal, monster, [otherMonster, monster]], tell(
    oneOf('evening before',
      line`${hero} war ${ages} Jahre alt und wohnte in ${ein(homes, 'dat', homeAdjectives)} ${homePlaces}.`,
      line`${hero} ${habits}, aber im Dunkeln hatte ${er(hero)} ${oneOf('afraid', 'Angst', 'ein wenig Angst', 'große Angst')}.`,
      line`${hero} und ${poss(hero, sibling)} schliefen in ${oneOf('room', 'einem Zimmer', 'einem großen Bett', 'der Dachkammer', 'zwei Betten nebeneinander')}.`,
    ),
    line`${night}, und ${hero} ${oneOf('awake', 'lag wach im Bett', 'konnte nicht schlafen', 'wachte auf', 'war noch wach')}.`,
    oneOf('noise',
      line`${suddenly} hörte ${er(hero)} ein ${inForm(eerie, 'es')} Geräusch.`,
      line`${suddenly} war da ein ${inForm(eerie, 'es')} Geräusch.`,
    ),
    line`Es ${sounds} ${spot}!`,
    sometimes('fright', line`${hero} ${fright}.`, 2, 1),
    oneOf('question',
      line`„Ist da ${ein(monster)} oder ${ein(otherMonster)}?“, ${whispered} ${er(hero)}.`,
      line`„Das ist bestimmt ${ein(monster)} oder ${ein(otherMonster)}“, dachte ${er(hero)}.`,
      line`War das vielleicht ${ein(monster)} oder gar ${ein(otherMonster)}?`,
    ),
    oneOf('waking',
      line`Leise weckte ${hero} ${poss(hero, sibling, 'akk')}.`,
      line`Da wachte auch ${poss(hero, sibling)} auf.`,
      line`Schnell lief ${hero} zu ${poss(hero, sibling, 'dat')}.`,
    ),
    oneOf('courage',
      line`„Wir sehen zusammen nach“, ${said} ${der(sibling)} ${kindly}.`,
      line`„Hab keine Angst, ich komme mit“, ${said} ${der(sibling)} ${kindly}.`,
      line`„Zu zweit sind wir ${oneOf('strong', 'stark', 'mutig')}“, ${said} ${der(sibling)} ${kindly}.`,
    ),
    line`Sie nahmen ${light} und ${oneOf('sneaking', 'schlichen', 'gingen', 'tappten')} ${oneOf('sneaking how', 'auf Zehenspitzen', 'barfuß', 'Hand in Hand', 'mit klopfendem Herzen', 'ganz langsam')} los.`,
    sometimes('false alarm', line`${oneOf('at first', 'zuerst', 'erst')} sahen sie nur ${ein(junk, 'akk', junkLooks)}.`),
    oneOf('discovery',
      line`Doch dann sahen sie es: ${capital}${spot} saß ${ein(animal, 'nom', smallAdjectives)} und ${caughtDoing}!`,
      line`Da saß ${spot} ${ein(animal, 'nom', smallAdjectives)} und ${caughtDoing}.`,
    ),
    oneOf('relief',
      line`„Du bist ja gar ${kein(monster)}!“, lachte ${hero}.`,
      line`„Das ist ja gar ${kein(monster)}, das ist nur ${ein(animal)}!“, rief ${hero}.`,
      line`${hero} musste ${oneOf('laughing', 'laut lachen', 'kichern', 'vor Erleichterung lachen')}.`,
    ),
    oneOf('care',
      line`Sie gaben ${der(animal, 'dat')} ${oneOf('gift', 'ein Stück Brot', 'ein Schälchen Wasser', 'ein paar Krümel', 'ein Stück Apfel', 'eine warme Decke')} und ${oneOf('care too', 'streichelten', 'trösteten', 'beruhigten')} ${er(animal, 'akk')}.`,
      line`Sie setzten ${der(animal, 'akk')} ${oneOf('new bed', 'in eine Kiste mit Heu', 'auf ein weiches Kissen', 'an den warmen Ofen', 'in einen Korb mit Decken', 'in eine alte Mütze', 'auf eine flauschige Decke')}.`,
    ),
    oneOf('after',
      line`Danach schlief ${hero} ${oneOf('sleep', 'tief und fest', 'wunderbar', 'wie ein Stein', 'ohne Angst', 'bis zum Morgen')}.`,
      line`Seit dieser Nacht hatte ${hero} keine Angst mehr ${oneOf('fear of', 'im Dunkeln', 'vor Geräuschen', 'vor Gespenstern', 'vor der Nacht')}.`,
      line`„Wer nachsieht, muss sich nicht fürchten“, sagte ${hero} am nächsten Morgen ${oneOf('proud', 'stolz', 'beim Frühstück', 'und gähnte')}.`,
    ),
  ));
}
