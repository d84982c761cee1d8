// Two friends want the same toy, damage or lose it, and make up.

import { agree, cast, oneOf, sequence, type Node } from '../../grammar/nodes.js';
import { line, say, sometimes, tell } from '../../grammar/template.js';
import { category, variable } from '../../grammar/words.js';
import { both, eveningTogether, opening, sadness } from '../common.js';
import { sadly, whispered } from '../lexicon/manner.js';
import { friend, hero } from '../lexicon/people.js';
import { outdoors, seats } from '../lexicon/places.js';
import { colours, looks, toys } from '../lexicon/things.js';
import { der, ein, er } from '../phrases.js';
import { fixed } from '../words.js';

const toy = variable('toy', toys);
const colour = variable('colour', colours);
const seatA = variable('seat', seats);
const seatB = variable('other seat', seats);

/** What happens to the toy; this determines how the quarrel is resolved. */
const mishap = variable('mishap', category('mishap', 'noun', ['broken', 'dirty', 'away'].map((kind) => ({ id: kind, forms: { noun: kind }, features: { kind } }))));
const byMishap = (broken: Node, dirty: Node, away: Node) => agree(mishap, 'kind', { broken, dirty, away });

const angrily = fixed('angrily', 'wütend', 'laut', 'trotzig', 'ärgerlich', 'böse', 'mit rotem Kopf', 'und stampfte mit dem Fuß auf', 'zornig');
const angerA = variable('angrily', angrily);
const angerB = variable('angrily too', angrily);
const tools = fixed('repair tool', 'Klebstoff', 'einer festen Schnur', 'einem Stück Draht', 'Klebeband', 'Nadel und Faden', 'Hammer und Nägeln', 'einem bunten Band');
const cleaning = fixed('cleaning tool', 'Wasser und Seife', 'einem nassen Tuch', 'einer alten Bürste', 'einem Schwamm', 'frischem Regenwasser', 'viel Geduld');
const nextGames = fixed('next game', 'erfanden ein neues Spiel', 'spielten weiter bis zum Abend', 'bauten eine Rennbahn', 'spielten Zirkus', 'spielten Kaufladen', 'dachten sich Geschichten aus');

export function quarrel(): Node {
  return cast([hero, [friend, hero], toy, colour, mishap, angerA, [angerB, angerA]], tell(
    opening(),
    oneOf('finding a toy',
      line`${hero} und ${friend} spielten ${outdoors} und entdeckten ${ein(toy, 'akk', looks, colour)}.`,
      line`In der Spielkiste fanden ${hero} und ${friend} ${ein(toy, 'akk', looks, colour)}.`,
      line`${hero} war bei ${friend} zu Besuch, und zwischen ihnen ${oneOf('lay', 'lag', 'stand')} ${ein(toy, 'nom', looks, colour)}.`,
    ),
    oneOf('claim',
      line`„Ich will ${der(toy, 'akk')} haben!“, rief ${hero} ${angerA}.`,
      line`„${er(toy)} gehört mir!“, rief ${hero} ${angerA}.`,
      line`„Gib mir ${der(toy, 'akk', colour)}!“, rief ${hero} ${angerA}.`,
    ),
    line`„${oneOf('counterclaim', say`Nein, ich hatte ${er(toy, 'akk')} zuerst`, 'Nein, jetzt bin ich dran', 'Das ist ungerecht', 'Immer willst du alles haben', 'Du bist gemein', 'Lass sofort los')}!“, ${oneOf('shouted', 'rief', 'schrie', 'schimpfte')} ${friend} ${angerB}.`,
    line`Sie ${oneOf('tug', 'zogen und zerrten', 'zankten und zerrten', 'stritten und zogen')}, ${byMishap(
      sequence(oneOf('breaking', 'bis es laut knackte', 'bis es krachte', 'bis es knirschte'), ': Da war ', der(toy), ' kaputt'),
      sequence('und plötzlich ', oneOf('falling', 'fiel', 'flog', 'plumpste'), ' ', der(toy), ' ', oneOf('mud', 'in den Matsch', 'in eine Pfütze', 'in den Schlamm')),
      sequence('und plötzlich ', oneOf('flying', 'flog', 'sauste', 'segelte'), ' ', der(toy), ' ', oneOf('over', 'über den Zaun', 'hinter die Mauer', 'in die dichte Hecke')),
    )}.`,
    cast([seatA, [seatB, seatA]], oneOf('apart',
      line`${hero} setzte sich ${seatA} und ${friend} ${seatB}.`,
      line`Keiner sagte ein Wort, ${hero} setzte sich ${seatA} und ${friend} ${seatB}.`,
    )),
    oneOf('loneliness',
      line`Allein machte das Spielen ${oneOf('no fun', 'keinen Spaß', 'gar keine Freude', 'überhaupt keinen Spaß')}.`,
      line`Ohne ${friend} war alles ${oneOf('dull', 'langweilig', 'still', 'nur halb so schön', 'öde und leer')}.`,
      sadness(),
    ),
    oneOf('apology',
      line`Nach einer Weile ging ${hero} zu ${friend} und ${whispered} ${sadly}: „Es tut mir leid.“`,
      line`„Es tut mir leid, ${friend}“, ${whispered} ${hero} ${sadly}.`,
      line`„Wollen wir uns wieder vertragen?“, fragte ${hero} ${sadly}.`,
    ),
    line`„${oneOf('forgiving', 'Mir tut es auch leid', 'Ich war auch gemein', 'Komm, wir vertragen uns', 'Streiten ist dumm', 'Du bist mir wichtiger als jedes Spielzeug')}“, ${oneOf('answered', 'sagte', 'antwortete', 'murmelte')} ${friend}.`,
    line`Dann ${byMishap(
      sequence(oneOf('repair', 'flickten', 'reparierten'), ' ', both(), ' ', der(toy, 'akk'), ' mit ', tools),
      sequence(oneOf('wash', 'putzten', 'säuberten'), ' ', both(), ' ', der(toy, 'akk'), ' mit ', cleaning),
      sequence(oneOf('fetch', 'holten', 'suchten'), ' ', both(), ' ', der(toy, 'akk'), ' ', oneOf('fetch how', 'gemeinsam zurück', 'zusammen wieder hervor', 'Hand in Hand zurück')),
    )}.`,
    oneOf('turns',
      line`Nun durfte jeder einmal: erst ${friend}, dann ${hero}.`,
      line`Von nun an wechselten sie sich ab und ${nextGames}.`,
      line`Am Ende war alles ${oneOf('settled', 'wieder gut', 'vergessen', 'verziehen')}, und die beiden ${nextGames}.`,
    ),
    sometimes('ending', eveningTogether()),
  ));
}
