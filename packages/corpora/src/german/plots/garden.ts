// A child plants a seed and learns to wait.

import { cast, form, oneOf, type Node } from '../../grammar/nodes.js';
import { line, sometimes, tell } from '../../grammar/template.js';
import { variable } from '../../grammar/words.js';
import { evening, eveningTogether, joy, opening } from '../common.js';
import { insects } from '../lexicon/animals.js';
import { kindly, said } from '../lexicon/manner.js';
import { friend, grownUps, hero } from '../lexicon/people.js';
import { der, ein, er } from '../phrases.js';
import { adjectives, fixed, nouns, table } from '../words.js';

const seed = variable('seed', nouns('seed', 'der Samen', 'der Kern', 'die Samenkapsel', 'das Samenkorn', 'das Körnchen'));
const seedAdjectives = adjectives('seed look', 'klein', 'winzig', 'braun', 'rund', 'geheimnisvoll', 'unscheinbar', 'glatt', 'schwarz', 'runzlig');
const plant = variable('plant', nouns('plant',
  'der Kürbis', 'der Fingerhut', 'der Rittersporn', 'der Rosenstrauch', 'der Mohn', 'die Sonnenblume', 'die Melone', 'die Gurke', 'die Malve', 'die Ringelblume', 'die Glockenblume', 'die Margerite', 'das Veilchen', 'das Apfelbäumchen', 'das Stiefmütterchen'));
const plantAdjectives = adjectives('plant look', 'riesig', 'prächtig', 'wunderschön', 'herrlich', 'stolz', 'leuchtend', 'kräftig', 'stattlich', 'prachtvoll', 'seltsam');
const person = variable('person', grownUps);

const beds = fixed('bed', 'in ein Beet', 'in einen alten Topf', 'neben den Zaun', 'unter das Fenster', 'in eine Kiste mit Erde', 'mitten in den Garten', 'hinter das Haus', 'in einen alten Stiefel', 'neben den Teich', 'in die weiche Erde', 'neben die Gartenbank');
const nothing = fixed('nothing', 'war nur braune Erde', 'war nichts zu sehen', 'kroch nur ein Wurm', 'lag nur ein Stein', 'rührte sich gar nichts', 'saß nur ein Käfer');
const patience = fixed('patience', 'Hab Geduld', 'Gute Dinge brauchen Zeit', 'Alles wächst, wenn es so weit ist', 'Pflanzen mögen es nicht eilig', 'Warte nur ab', 'Unter der Erde geschieht schon viel');
const cares = table('care', ['what', 'did'],
  'die Erde | goss', 'das Unkraut | zupfte', 'ein kleines Lied | sang', 'frisches Wasser | brachte', 'der Erde eine Geschichte | erzählte', 'nach dem Rechten | schaute', 'die Schnecken fort | trug',
  'den Boden | lockerte', 'einen Regentanz | machte', 'die Tage | zählte');
const careA = variable('first care', cares);
const careB = variable('second care', cares);
const nibbler = variable('nibbler', insects);
const defences = fixed('defence', 'baute einen kleinen Zaun', 'stellte ein Schild auf', 'legte ein Netz darüber', 'legte Salat daneben', 'passte gut auf', 'schimpfte laut', 'sagte freundlich Nein');
const sizes = fixed('size', 'größer als alle anderen', 'höher als der Zaun', 'schöner als im Bilderbuch', 'so groß wie ein Fass', 'so bunt wie der Regenbogen', 'wie aus einem Märchen', 'schöner als im Schlossgarten');

export function garden(): Node {
  return cast([hero, [friend, hero], person, seed, plant], tell(
    opening(),
    oneOf('seed',
      line`${person} schenkte ${hero} ${ein(seed, 'akk', seedAdjectives)}.`,
      line`Am Wegrand fand ${hero} ${ein(seed, 'akk', seedAdjectives)} und zeigte ${er(seed, 'akk')} ${person}.`,
      line`In ${oneOf('found in', 'einer alten Schachtel', 'der Hosentasche', 'einem Apfelkorb', 'einer Schublade')} fand ${hero} ${ein(seed, 'akk', seedAdjectives)}.`,
    ),
    line`Gleich ${oneOf('planting', 'steckte', 'pflanzte', 'grub')} ${hero} ${er(seed, 'akk')} ${beds}.`,
    oneOf('impatience',
      line`Am nächsten ${oneOf('next time', 'Tag', 'Morgen', 'Abend')} lief ${er(hero)} hin, aber da ${nothing}.`,
      line`Drei Tage lang schaute ${er(hero)} immer wieder nach, doch da ${nothing}.`,
    ),
    line`„Wann wächst du endlich?“, fragte ${hero} ${oneOf('impatiently', 'ungeduldig', 'jeden Tag', 'und stampfte mit dem Fuß', 'enttäuscht', 'immer wieder')}.`,
    line`„${patience}“, ${said} ${person} ${kindly}.`,
    cast([careA, [careB, careA]], line`Also ${form(careA, 'did')} ${er(hero)} jeden ${oneOf('care time', 'Morgen', 'Tag', 'Abend')} ${careA} und ${form(careB, 'did')} ${careB}.`),
    line`Nach ${oneOf('weeks', 'zwei Wochen', 'drei Wochen', 'einem Monat', 'zehn Tagen', 'einem warmen Regen')} ${oneOf('sprouting', 'lugte', 'spitzte', 'schaute', 'wuchs')} ${oneOf('sprout', 'ein grünes Blatt', 'ein zarter Trieb', 'eine grüne Spitze', 'ein winziger Halm')} aus der Erde.`,
    sometimes('danger', cast([nibbler], line`Einmal wollte ${ein(nibbler)} daran knabbern, aber ${hero} ${defences}.`)),
    line`${oneOf('season', 'im Juli', 'im August', 'im Sommer', 'nach vielen Wochen', 'eines Morgens', 'im September')} stand dort ${ein(plant, 'nom', plantAdjectives)}, ${sizes}.`,
    joy(),
    oneOf('sharing',
      line`${hero} rief ${friend}, und zusammen bewunderten sie ${der(plant, 'akk')}.`,
      line`„Komm schnell!“, rief ${hero} und zeigte ${friend} ${der(plant, 'akk')}.`,
      line`Sogar ${friend} kam, um ${der(plant, 'akk')} zu sehen.`,
    ),
    oneOf('ending',
      line`„Das Warten hat sich gelohnt“, sagte ${person} ${kindly}.`,
      line`Im nächsten Jahr pflanzten ${hero} und ${friend} ${oneOf('next garden', 'einen ganzen Garten voll', 'hundert Stück', 'noch viel mehr', 'ein ganzes Feld')}.`,
      evening(),
      eveningTogether(),
    ),
  ));
}
