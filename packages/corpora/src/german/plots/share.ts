// A child shares its snack with a hungry animal, which gives something back.

import { cast, oneOf, type Node } from '../../grammar/nodes.js';
import { line, say, sometimes, tell } from '../../grammar/template.js';
import { variable } from '../../grammar/words.js';
import { evening, joy, opening, scenery } from '../common.js';
import { animalAdjectives, animals } from '../lexicon/animals.js';
import { sadly, said, suddenly } from '../lexicon/manner.js';
import { grownUps, hero } from '../lexicon/people.js';
import { seats, sights } from '../lexicon/places.js';
import { snackAdjectives, snacks } from '../lexicon/things.js';
import { der, ein, er, poss, sein } from '../phrases.js';
import { fixed } from '../words.js';

const snack = variable('snack', snacks);
const animal = variable('animal', animals);

const hungry = fixed('hungry', 'Ich habe solchen Hunger', 'Seit gestern habe ich nichts gefressen', 'Mein Bauch ist ganz leer', 'Das riecht so gut', 'Mir knurrt der Magen', 'Ich bin so hungrig');
const where = fixed('beyond', 'Hinter dem Hügel', 'Zwischen den Bäumen', 'Hinter den Büschen', 'Am Ende des Weges', 'Auf der anderen Seite des Baches', 'Mitten im Wald', 'Hinter einem Felsen', 'Nach der dritten Biegung');
const taste = fixed('praise', 'Das schmeckt wunderbar', 'Das ist das Beste, was ich je gefressen habe', 'So etwas Gutes bekomme ich selten', 'Vielen, vielen Dank', 'Du hast ein gutes Herz', 'Das werde ich dir nie vergessen');

export function share(): Node {
  return cast([hero, snack, animal], tell(
    opening(),
    oneOf('snack',
      line`${grownUps} hatte ${hero} ${ein(snack, 'akk', snackAdjectives)} geschenkt.`,
      line`${hero} packte sich ${ein(snack, 'akk', snackAdjectives)} ein und ging los.`,
      line`${hero} bekam von ${grownUps} ${ein(snack, 'akk', snackAdjectives)} und lief damit hinaus.`,
      line`In ${sein(hero, 'er')} Tasche hatte ${hero} ${ein(snack, 'akk', snackAdjectives)}.`,
    ),
    line`${oneOf('wish', 'voller Vorfreude', 'hungrig', 'gut gelaunt', 'ein bisschen müde')} setzte ${er(hero)} sich ${seats}.`,
    scenery(),
    oneOf('arrival',
      line`${suddenly} tauchte ${ein(animal, 'nom', animalAdjectives)} ${oneOf('appearing', say`vor ${er(hero, 'dat')}`, say`neben ${er(hero, 'dat')}`, 'hinter einem Busch', 'zwischen den Halmen')} auf.`,
      line`${suddenly} kam ${ein(animal, 'nom', animalAdjectives)} ${oneOf('from where', 'aus dem Gebüsch', 'um die Ecke', 'den Weg entlang', 'durch das hohe Gras', 'ganz nah heran')}.`,
      line`Da hörte ${er(hero)} ein Rascheln, und ${ein(animal, 'nom', animalAdjectives)} ${oneOf('look', 'schaute hervor', 'kam näher', 'steckte den Kopf heraus')}.`,
    ),
    line`„${hungry}“, ${oneOf('said hungry', 'sagte', 'seufzte', 'klagte', 'flüsterte')} ${der(animal)} ${sadly}.`,
    oneOf('hesitation',
      line`Eigentlich wollte ${hero} ${der(snack, 'akk')} ganz allein essen.`,
      line`${hero} sah ${poss(hero, snack, 'akk')} an und überlegte.`,
      line`${hero} hatte selbst großen Hunger, aber ${der(animal)} tat ${er(hero, 'dat')} leid.`,
      line`${hero} musste nicht lange ${oneOf('thinking', 'nachdenken', 'überlegen')}.`,
    ),
    oneOf('sharing',
      line`Dann teilte ${er(hero)} ${der(snack, 'akk')} und gab ${der(animal, 'dat')} ${oneOf('part', 'die Hälfte', 'die größere Hälfte', 'ein dickes Stück', 'das schönste Stück')}.`,
      line`„Hier, das ist für dich“, sagte ${er(hero)} und gab ${der(animal, 'dat')} ${oneOf('other part', 'die Hälfte ab', 'ein großes Stück', 'ein Stück davon')}.`,
      line`„Komm, wir teilen“, ${said} ${er(hero)} und brach ${der(snack, 'akk')} in zwei Teile.`,
    ),
    line`„${taste}!“, ${oneOf('said full', 'schmatzte', 'rief', 'sagte', 'freute sich')} ${der(animal)}.`,
    oneOf('return',
      tell(
        line`„Komm mit, ich ${oneOf('promise', 'will', 'möchte', 'muss')} dir etwas zeigen“, fügte ${er(animal)} hinzu.`,
        line`${where} war ${sights}.`,
      ),
      tell(
        line`Zum Dank führte ${der(animal)} ${hero} an einen geheimen Ort.`,
        line`${where} wartete etwas Wunderbares: ${sights}.`,
      ),
      line`Dann zeigte ${er(animal)} ${hero} ${oneOf('secret', 'einen geheimen Weg', 'ein gutes Versteck', 'eine Abkürzung nach Hause', 'die schönste Stelle am Bach')}.`,
    ),
    joy(),
    sometimes('moral', line`„${oneOf('moral', 'Geteilt schmeckt es doppelt so gut', 'Wer teilt, hat mehr davon', 'Teilen macht Freunde', 'So ein kleines Stück und so ein großes Glück')}“, dachte ${er(hero)} ${oneOf('thought how', 'zufrieden', 'auf dem Heimweg', 'froh')}.`),
    oneOf('ending',
      evening(),
      line`Seitdem bringt ${hero} ${der(animal, 'dat')} jeden ${oneOf('weekday', 'Tag', 'Sonntag', 'Samstag', 'Morgen')} etwas ${oneOf('treat', 'Leckeres', 'Gutes', 'Süßes')} mit.`,
      line`Von da an ${oneOf('friendship', 'waren die zwei Freunde', 'trafen sich die zwei jeden Tag', 'besuchten sich die zwei oft')}.`,
    ),
  ));
}
