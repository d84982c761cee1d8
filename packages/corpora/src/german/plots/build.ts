// Two children build something, it falls down, and they build it again, better.

import { cast, form, oneOf, type Node } from '../../grammar/nodes.js';
import { line, sometimes, tell } from '../../grammar/template.js';
import { variable } from '../../grammar/words.js';
import { both, eveningTogether, joy, opening, sadness } from '../common.js';
import { dismay, kindly, replied, said, startled } from '../lexicon/manner.js';
import { friend, grownUps, hero } from '../lexicon/people.js';
import { outdoors } from '../lexicon/places.js';
import { buildingAdjectives, buildings, materials, roles } from '../lexicon/things.js';
import { der, ein, er } from '../phrases.js';
import { fixed } from '../words.js';

const building = variable('building', buildings);
const materialA = variable('first material', materials);
const materialB = variable('second material', materials);
const materialC = variable('third material', materials);
const roleA = variable('role', roles);
const roleB = variable('other role', roles);

const brought = fixed('brought', 'holte', 'sammelte', 'schleppte', 'suchte', 'trug');
const toil = fixed('toil', 'den ganzen Vormittag', 'Stunde um Stunde', 'bis zum Mittag', 'ohne Pause', 'so schnell sie konnten', 'den halben Tag');
const disasters = fixed('disaster',
  'kam ein Windstoß', 'brach ein Gewitter los', 'rannte der Hund vom Nachbarn dagegen', 'sprang ein Ziegenbock hinein', 'flog ein Ball dagegen', 'rüttelte der Sturm daran', 'begann es zu regnen',
  'stolperte ein Fohlen darüber', 'lehnte sich eine Kuh dagegen', 'kam ein heftiger Regenguss', 'fiel ein großer Ast herab');
const collapse = fixed('collapse', 'stürzte ein', 'fiel in sich zusammen', 'krachte zusammen', 'brach auseinander', 'kippte um');
const lessons = fixed('lesson', 'wie man feste Knoten macht', 'wie man eine Wand stützt', 'worauf es beim Bauen ankommt', 'wie ein gutes Dach entsteht', 'wo der Boden am festesten war', 'wie man alles gut verbindet');
const until = fixed('until', 'bis es dunkel wurde', 'bis die Sonne unterging', 'bis die Sterne am Himmel standen', 'bis sie müde waren', 'bis das Abendessen fertig war', 'bis jemand sie rief');

export function build(): Node {
  return cast([hero, [friend, hero], building, materialA, [materialB, materialA], [materialC, materialA, materialB]], tell(
    opening(),
    oneOf('plan',
      line`${hero} und ${friend} wollten ${outdoors} ${ein(building, 'akk', buildingAdjectives)} bauen.`,
      line`„Wollen wir ${ein(building, 'akk')} bauen?“, fragte ${hero}, und ${friend} war sofort dabei.`,
      line`„Heute bauen wir ${ein(building, 'akk', buildingAdjectives)}“, ${said} ${friend} zu ${hero}.`,
    ),
    line`${hero} ${brought} ${form(materialA, 'akk')}, und ${friend} ${brought} ${form(materialB, 'akk')}.`,
    oneOf('work',
      line`${both()} arbeiteten ${toil}.`,
      line`Stück für Stück ${oneOf('growing', 'wuchs', 'entstand')} ${der(building)}.`,
      line`Aus ${form(materialA, 'dat')} und ${form(materialB, 'dat')} wurde langsam ${ein(building, 'nom', buildingAdjectives)}.`,
    ),
    line`Doch ${oneOf('then', 'dann', 'plötzlich', 'auf einmal', 'kurz darauf')} ${disasters}, und ${der(building)} ${collapse}!`,
    oneOf('reaction',
      line`„${dismay}, alles umsonst!“, rief ${hero} ${startled}.`,
      line`„${dismay}, ${oneOf('all that work', 'die ganze Arbeit', 'unser schönes Werk', 'das war so schwer')}!“, rief ${hero} ${startled}.`,
      sadness(),
    ),
    oneOf('comfort',
      line`„Dann bauen wir ${er(building, 'akk')} eben noch einmal“, ${replied} ${friend} ${kindly}.`,
      line`„Nicht traurig sein, wir machen es diesmal ${oneOf('better', 'besser', 'fester', 'klüger', 'mit mehr Geduld')}“, ${replied} ${friend} ${kindly}.`,
    ),
    oneOf('lesson',
      line`${grownUps} ${oneOf('helper came', 'kam vorbei', 'hatte alles gesehen', 'lachte freundlich')} und zeigte ihnen, ${lessons}.`,
      line`„Ich zeige euch, ${lessons}“, sagte ${grownUps}.`,
    ),
    oneOf('second try',
      line`Diesmal nahmen sie auch noch ${form(materialC, 'akk')} dazu und ${oneOf('care', 'ließen sich Zeit', 'machten alles doppelt fest', 'halfen einander', 'prüften jedes Teil')}.`,
      line`Mit ${form(materialC, 'dat')} wurde ${der(building)} ${oneOf('improvement', 'viel fester', 'noch schöner', 'noch größer', 'viel stärker')} als zuvor.`,
    ),
    oneOf('done',
      line`Am ${oneOf('time done', 'Abend', 'Nachmittag', 'Ende')} stand ${der(building)} ${oneOf('standing', 'fest und sicher', 'stolz in der Sonne', 'da wie aus einem Märchen', 'und wackelte kein bisschen')}.`,
      joy(friend),
    ),
    cast([roleA, [roleB, roleA]], line`Dort spielten sie ${roleA} und ${roleB}, ${until}.`),
    sometimes('ending', eveningTogether(), 3, 1),
  ));
}
