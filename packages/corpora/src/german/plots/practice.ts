// A young animal wants to learn something that nobody believes it can learn.

import { cast, form, oneOf, type Node } from '../../grammar/nodes.js';
import { line, sometimes, tell } from '../../grammar/template.js';
import { variable } from '../../grammar/words.js';
import { animalAdjectives, mockingAdjectives, woodAnimals, youngAdjectives } from '../lexicon/animals.js';
import { glad, happily, joyCries, kindly, sad } from '../lexicon/manner.js';
import { dens } from '../lexicon/places.js';
import { der, ein, er, relative } from '../phrases.js';
import { fixed, nouns, table } from '../words.js';

/** None of these is a wood animal, so that a guest is never the same animal as the hero. */
const guests = nouns('guest', 'der Storch', 'der Esel', 'der Rabe|Raben', 'der Hahn', 'der Hirsch', 'der Pfau', 'die Eule', 'die Ziege', 'die Elster', 'die Henne', 'die Taube', 'die Kuh', 'das Schaf', 'das Pony', 'das Kalb', 'das Zicklein');
const child = variable('young animal', woodAnimals);
const mocker = variable('mocker', woodAnimals);
const helper = variable('helper', woodAnimals);

const guestA = variable('guest', guests);
const guestB = variable('other guest', guests);

const skill = variable('skill', fixed('skill',
  'tanzen', 'jonglieren', 'balancieren', 'einen Purzelbaum schlagen', 'auf einem Bein stehen', 'rückwärts laufen', 'ein Rad schlagen', 'über den Bach springen', 'auf hohe Bäume klettern', 'Walzer tanzen',
  'Seil springen', 'einen Kopfstand machen', 'auf Stelzen gehen', 'Einrad fahren', 'einen Handstand machen', 'auf einem Seil laufen', 'Rollschuh laufen', 'auf einem Ball laufen', 'Roller fahren'));

/** „Beim ersten Versuch plumpste der Igel in eine Pfütze.“ */
const mishaps = table('mishap', ['rest', 'did'],
  'in eine Pfütze | plumpste', 'über eine Wurzel | stolperte', 'den Hügel hinunter | rollte', 'in den Brennnesseln | landete', 'auf einem nassen Blatt aus | rutschte', 'rückwärts in den Bach | purzelte',
  'auf die Nase | fiel', 'gegen einen Baum | prallte', 'das Gleichgewicht | verlor', 'auf den Po | plumpste', 'in einen Laubhaufen | sauste', 'kopfüber in den Klee | kippte', 'gleich wieder um | fiel');
const mishapA = variable('first mishap', mishaps);
const mishapB = variable('second mishap', mishaps);

const advice = fixed('advice',
  'Übung macht den Meister', 'Versuch es noch einmal, ganz langsam', 'Auch ich bin am Anfang hingefallen', 'Atme tief ein und glaub an dich', 'Niemand kann es beim ersten Mal', 'Jeden Tag ein bisschen, dann klappt es', 'Wer hinfällt, darf wieder aufstehen', 'Ich zeige dir, wie es geht');
const dayTimes = fixed('time of day', 'Morgen', 'Abend', 'Tag', 'Nachmittag');
const anyWeather = fixed('any weather', ' bei Sonne und Regen', ', auch wenn es kalt war', ', bis die Sonne unterging', ', ohne aufzugeben', ', auch wenn niemand zusah', ' und wurde immer besser', ', bis nichts mehr wackelte', ' mit viel Geduld');
const feasts = fixed('feast', 'Waldfestes', 'Sommerfestes', 'Herbstfestes', 'Frühlingsfestes', 'Erntefestes', 'Lichterfestes', 'Beerenfestes', 'Mondfestes');
const applause = fixed('applause', 'klatschte', 'staunte', 'jubelte', 'pfiff vor Begeisterung', 'war beeindruckt', 'verneigte sich', 'bekam große Augen');

export function practice(): Node {
  return cast([child, [mocker, child], [helper, child, mocker], skill], tell(
    oneOf('wish',
      line`Es war einmal ${ein(child, 'nom', youngAdjectives)}, ${relative(child)} wollte so gern ${skill}.`,
      line`${dens} lebte ${ein(child, 'nom', youngAdjectives)}, ${relative(child)} unbedingt ${skill} wollte.`,
      tell(line`${dens} wohnte ${ein(child, 'nom', youngAdjectives)}.`, line`„Ich möchte ${skill} können“, sagte ${er(child)} jeden ${dayTimes}.`),
    ),
    oneOf('mockery',
      line`„${ein(child)} kann doch nicht ${skill}!“, lachte ${ein(mocker, 'nom', mockingAdjectives)}.`,
      line`„Das lernst du nie“, ${oneOf('mocked', 'spottete', 'meinte', 'brummte')} ${ein(mocker, 'nom', mockingAdjectives)}.`,
      line`${ein(mocker, 'nom', mockingAdjectives)} lachte nur und sagte: „${oneOf('mock words', 'Du doch nicht', 'Dafür bist du zu klein', 'Das will ich sehen', 'Lass es lieber bleiben')}!“`,
    ),
    cast([mishapA, [mishapB, mishapA]], tell(
      line`Beim ersten Versuch ${form(mishapA, 'did')} ${der(child)} ${mishapA}.`,
      line`${oneOf('second', 'beim zweiten Mal', 'danach', 'beim nächsten Versuch')} ${form(mishapB, 'did')} ${er(child)} ${mishapB}.`,
    )),
    oneOf('discouraged',
      line`Da wurde ${der(child)} sehr ${sad}.`,
      line`„Ich schaffe das nie“, ${oneOf('sighed', 'seufzte', 'schluchzte', 'murmelte')} ${der(child)}.`,
      line`${der(child)} wollte schon aufgeben.`,
    ),
    line`${ein(helper, 'nom', animalAdjectives)} ${oneOf('watched', 'hatte alles gesehen', 'kam vorbei', 'setzte sich dazu')} und sagte ${kindly}: „${advice}.“`,
    line`Von nun an übte ${der(child)} jeden ${dayTimes}${anyWeather}.`,
    line`Dann kam der Tag des ${feasts}.`,
    sometimes('audience', cast([guestA, [guestB, guestA]], line`In der ersten Reihe ${oneOf('sitting', 'saßen', 'standen')} ${ein(guestA, 'nom', animalAdjectives)} und ${ein(guestB, 'nom', animalAdjectives)}.`), 3, 1),
    oneOf('success',
      line`Alle Tiere hielten den Atem an, und ${oneOf('success', 'es klappte', 'alles gelang', 'nichts ging schief', 'es sah ganz leicht aus')}!`,
      line`Vor allen Tieren zeigte ${der(child)}, was ${er(child)} gelernt hatte, und ${oneOf('success', 'es klappte', 'alles gelang', 'nichts ging schief', 'es sah ganz leicht aus')}.`,
    ),
    line`Sogar ${der(mocker)} ${applause}.`,
    oneOf('pride',
      line`„${joyCries}!“, rief ${der(helper)} ${happily}.`,
      line`„Ich habe es gleich gewusst“, sagte ${der(helper)} ${happily}.`,
      line`${der(child)} war so ${glad} wie noch nie.`,
    ),
    sometimes('moral', oneOf('moral',
      line`Wer übt, kann vieles lernen.`,
      line`Seitdem sagt im Wald niemand mehr: „Das kannst du nicht.“`,
      line`Am nächsten Tag fragte ${der(mocker)} leise: „Kannst du mir das auch beibringen?“`,
      line`Heute bringt ${der(child)} allen Kindern im Wald bei, wie das geht.`,
    ), 3, 1),
  ));
}
