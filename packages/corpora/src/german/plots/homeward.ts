// A young animal strays, asks its way in vain, and is led home by a bird.

import { cast, form, oneOf, type Node } from '../../grammar/nodes.js';
import { line, sometimes, tell } from '../../grammar/template.js';
import { variable } from '../../grammar/words.js';
import { scenery } from '../common.js';
import { animalAdjectives, birds, woodAnimals, youngAdjectives } from '../lexicon/animals.js';
import { kindly, sadly } from '../lexicon/manner.js';
import { dens, woodSpots } from '../lexicon/places.js';
import { der, ein, er, poss, relative, sein } from '../phrases.js';
import { fixed, nouns } from '../words.js';

const child = variable('young animal', woodAnimals);
const askedA = variable('first asked', woodAnimals);
const askedB = variable('second asked', woodAnimals);
const bird = variable('bird', birds);
const parent = variable('parent', nouns('parent', 'die Mutter', 'der Vater', 'die Großmutter', 'die Schwester', 'der Bruder'));
const spotA = variable('first place', woodSpots);
const spotB = variable('second place', woodSpots);
const spotC = variable('third place', woodSpots);
const spotD = variable('fourth place', woodSpots);

const lures = fixed('lure', 'einem Schmetterling', 'einem bunten Blatt', 'einer Libelle', 'einer Hummel', 'einem Sonnenstrahl', 'dem kleinen Bach', 'einer Feder im Wind', 'einem Duft nach Honig', 'einer Spur im Sand', 'einem Glühwürmchen');
const astray = fixed('astray', 'immer tiefer in den Wald', 'über Stock und Stein', 'weiter und weiter', 'bis hinter die Hügel', 'über drei Wiesen und zwei Bäche', 'bis auf die andere Seite des Tals');
const shrug = fixed('shrug', 'schüttelte den Kopf', 'zuckte mit den Schultern', 'dachte lange nach', 'gähnte', 'grub weiter', 'kaute weiter', 'kratzte sich am Kopf', 'suchte weiter nach Futter');
const noIdea = fixed('no idea', 'Leider nicht', 'Nein, tut mir leid', 'Da muss ich passen', 'Ich kenne nur diese Gegend', 'Davon weiß ich nichts', 'Frag lieber jemand anderen');
const dusk = fixed('dusk', 'wurde es dunkel', 'wurde es kühl', 'ging die Sonne unter', 'kam der Nebel', 'wurden die Schatten länger', 'begann es zu regnen');
const supper = fixed('supper', 'süße Beeren', 'warmen Haferbrei', 'frische Nüsse', 'Honigkuchen', 'Pilzsuppe', 'Apfelstücke', 'Kastanien', 'Brombeeren mit Honig', 'Kleesalat', 'Haselnusskekse');

export function homeward(): Node {
  return cast([child, [askedA, child], [askedB, child, askedA], bird, parent], tell(
    oneOf('home',
      line`${dens} ${oneOf('lived', 'lebte', 'wohnte')} ${ein(child, 'nom', youngAdjectives)} mit ${poss(child, parent, 'dat')}.`,
      line`Es war einmal ${ein(child, 'nom', youngAdjectives)}, ${relative(child)} ${dens} zu Hause war.`,
    ),
    line`Eines Tages folgte ${er(child)} ${lures} ${astray}.`,
    scenery(),
    oneOf('lost',
      line`Als ${der(child)} sich umsah, kannte ${er(child)} ${oneOf('unknown', 'keinen einzigen Baum', 'den Weg nicht mehr', 'sich gar nicht mehr aus')}.`,
      line`„Wo bin ich nur?“, fragte ${der(child)} ${sadly}.`,
      line`„Ich habe mich verlaufen“, seufzte ${der(child)} ${sadly}.`,
    ),
    cast([spotA, [spotB, spotA]], tell(
      line`${form(spotA, 'wo')} traf ${er(child)} ${ein(askedA, 'akk', animalAdjectives)} und fragte nach dem Weg.`,
      line`„${noIdea}“, ${oneOf('said no', 'sagte', 'brummte', 'meinte', 'antwortete')} ${der(askedA)} und ${shrug}.`,
      oneOf('second asked',
        line`Auch ${ein(askedB, 'nom', animalAdjectives)} ${form(spotB, 'wo')} ${oneOf('no help', 'wusste keinen Rat', 'konnte nicht helfen', 'kannte den Weg nicht')}.`,
        line`Dann kam ${er(child)} ${form(spotB, 'zu')}, aber ${der(askedB)} dort ${shrug}.`,
      ),
    )),
    line`Langsam ${dusk}, und ${der(child)} ${oneOf('fear', 'bekam Angst', 'begann zu weinen', 'zitterte', 'wollte nur noch nach Hause', 'rollte sich traurig zusammen')}.`,
    oneOf('bird',
      line`Da ${oneOf('bird came', 'flatterte', 'kam')} ${ein(bird, 'nom')} vom Baum herab und fragte ${kindly}: „${oneOf('bird asks', 'Warum weinst du', 'Was fehlt dir', 'Hast du dich verlaufen', 'Wohin willst du denn')}?“`,
      line`„${oneOf('bird asks', 'Warum weinst du', 'Was fehlt dir', 'Hast du dich verlaufen', 'Wohin willst du denn')}?“, fragte ${ein(bird, 'nom')} ${oneOf('from above', 'von oben', 'aus einer Tanne', 'vom höchsten Ast')}.`,
    ),
    sometimes('answer', line`„Ich finde nicht nach Hause“, ${oneOf('sobbed', 'schluchzte', 'sagte', 'piepste', 'flüsterte')} ${der(child)} ${sadly}.`),
    oneOf('offer',
      line`„Ich kenne jeden Baum im Wald, folge mir!“, rief ${der(bird)}.`,
      line`„Von oben sehe ich alles, komm mit!“, rief ${der(bird)}.`,
      line`„Keine Angst, ich bringe dich heim“, sagte ${der(bird)}.`,
    ),
    cast([spotC, [spotD, spotC]], line`${oneOf('first', 'zuerst', 'erst')} kamen sie ${form(spotC, 'zu')}, dann ${form(spotD, 'zu')}.`),
    oneOf('reunion',
      line`Und da ${oneOf('waiting', 'stand', 'wartete', 'saß')} schon ${poss(child, parent)} und ${oneOf('hug', 'weinte vor Glück', 'breitete die Arme aus', 'lachte vor Freude', 'jubelte')}.`,
      line`„Da bist du ja!“, rief ${poss(child, parent)} und drückte ${er(child, 'akk')} ${oneOf('tight', 'ganz fest', 'lange an sich', 'an sich')}.`,
    ),
    oneOf('ending',
      line`Zum Abendessen gab es ${supper} und ${oneOf('second course', 'eine lange Geschichte', 'ein Schlaflied', 'viele Umarmungen')}.`,
      line`„Beim nächsten Mal bleibe ich auf dem Weg“, ${oneOf('promised', 'versprach', 'murmelte', 'sagte')} ${der(child)}${oneOf('promise end', ' und schlief ein', ' müde', ' und gähnte')}.`,
      line`Seitdem teilt ${der(child)} ${sein(child, 'e')} Beeren jeden ${oneOf('day', 'Tag', 'Abend', 'Sonntag')} mit ${der(bird, 'dat')}.`,
    ),
  ));
}
