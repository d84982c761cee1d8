// Sentences that many German plots share: the opening, sadness and joy of a child, the end of the day.

import { cast, oneOf, weighted, type Node } from '../grammar/nodes.js';
import { line, say, sometimes, type OptionalLine } from '../grammar/template.js';
import { variable, type Variable } from '../grammar/words.js';
import { birds, insects } from './lexicon/animals.js';
import { cheered, glad, happily, joyCries, lovely, sad } from './lexicon/manner.js';
import { ages, childAdjectives, friend, habits, hero } from './lexicon/people.js';
import { dayAdjectives, days, homeAdjectives, homePlaces, homes, weather } from './lexicon/places.js';
import { drinks, meals } from './lexicon/things.js';
import { byGender, ein, er, inForm, ofBoth, sein } from './phrases.js';
import { adjectives, fixed } from './words.js';

/** ein mutiger Junge, ein mutiges Mädchen. */
const aChild = () => byGender(hero, (gender) => (gender === 'm' ? say`ein ${inForm(childAdjectives, 'er')} Junge` : say`ein ${inForm(childAdjectives, 'es')} Mädchen`));
/** The relative pronoun for „ein Junge“ and „ein Mädchen“. */
const who = () => byGender(hero, (gender) => (gender === 'm' ? 'der' : 'das'));

/** One or two sentences that set the day or present the hero. */
export function opening(): Node {
  return oneOf('opening',
    weighted(2, line`Es war ${ein(days, 'nom', dayAdjectives)}.`),
    weighted(5, line`Es war ${ein(days, 'nom', dayAdjectives)}, und ${weather}.`),
    weighted(2, line`${hero} war ${ages} Jahre alt und wohnte in ${ein(homes, 'dat', homeAdjectives)} ${homePlaces}.`),
    weighted(2, line`Es war einmal ${aChild()}, ${who()} hieß ${hero} und ${habits}.`),
    weighted(2, line`In ${ein(homes, 'dat', homeAdjectives)} ${homePlaces} lebte ${aChild()} namens ${hero}.`),
    weighted(2, line`${hero} war ${aChild()} und ${habits}.`),
  );
}

/** A child is unhappy. */
export function sadness(child: Variable = hero): Node {
  return oneOf('sadness',
    line`${child} fing an zu weinen.`,
    line`Da kullerten ${er(child, 'dat')} die Tränen über die Wangen.`,
    line`${sein(child)} Herz wurde ganz schwer.`,
    line`${child} schluckte und wusste nicht weiter.`,
    line`${child} war sehr ${sad}.`,
    line`So ${sad} war ${child} noch nie gewesen.`,
    line`${child} setzte sich auf ${oneOf('low seat', 'den Boden', 'die Treppe', 'einen Stein', 'die Türschwelle')} und ${oneOf('grief', 'seufzte', 'schluchzte', 'weinte leise', 'ließ den Kopf hängen')}.`,
  );
}

/** A child is happy. */
export function joy(child: Variable = hero): Node {
  return oneOf('joy',
    line`${child} machte ${oneOf('jump', 'einen Luftsprung', 'einen Freudensprung', 'vor Freude einen Purzelbaum')}.`,
    line`${child} strahlte ${oneOf('beaming', 'über das ganze Gesicht', 'wie die Sonne', 'von einem Ohr zum anderen')}.`,
    line`${child} klatschte ${oneOf('clapping', 'in die Hände', 'vor Freude in die Hände')}.`,
    line`${sein(child)} Herz hüpfte vor Freude.`,
    line`${child} war ${oneOf('how glad', 'so', 'sehr', 'unendlich', 'richtig')} ${glad}.`,
    weighted(4, line`„${joyCries}!“, ${cheered} ${child} ${happily}.`),
  );
}

const birdAdjectives = adjectives('bird look', 'klein', 'frech', 'neugierig', 'alt', 'jung', 'dick', 'munter', 'hungrig');
const birdDoing = fixed('bird doing',
  'flog vorbei', 'saß auf einem Ast und schaute zu', 'hüpfte durch das Gras', 'pickte nach Krümeln', 'rief aus der Ferne', 'badete in einer Pfütze',
  'flatterte über den Weg', 'baute gerade ein Nest', 'suchte nach Würmern', 'kreiste hoch oben am Himmel', 'landete auf einem Zaun');
const insectAdjectives = adjectives('insect look', 'klein', 'bunt', 'winzig', 'glänzend', 'müde|müd', 'braun');
const insectDoing = fixed('insect doing', 'saß auf einem Grashalm', 'ruhte sich auf einem Blatt aus', 'krabbelte über einen Stein', 'wärmte sich in der Sonne', 'war auch unterwegs', 'kam langsam näher');
const smells = fixed('smell', 'Pilzen', 'Moos', 'Regen', 'Heu', 'Minze', 'Rosen', 'Harz', 'Erde', 'wilden Erdbeeren', 'frischem Holz', 'Kräutern', 'reifen Äpfeln');

/** Something small that happens out of doors and does not matter. */
export function scenery(): OptionalLine {
  return sometimes('scenery', oneOf('sight on the way',
    weighted(3, line`${ein(birds, 'nom', birdAdjectives)} ${birdDoing}.`),
    weighted(2, line`${ein(insects, 'nom', insectAdjectives)} ${insectDoing}.`),
    line`Es roch nach ${smells}.`,
    line`Es duftete nach ${smells} und nach ${oneOf('other smell', 'Sommer', 'Sonne', 'Honig', 'Blüten')}.`,
  ));
}

const dreams = fixed('dream', 'goldenen Fischen', 'fliegenden Elefanten', 'einem Schloss aus Zucker', 'einer Reise zum Mond', 'sprechenden Bäumen', 'einem freundlichen Drachen', 'einem Berg aus Eis',
  'einem großen Fest', 'tanzenden Sternen', 'einem Schiff auf hoher See', 'hundert bunten Luftballons', 'einer Wiese voller Klee', 'einem Flug über die Wolken', 'lauter schönen Dingen');
const dream = variable('dream', dreams);
const otherDream = variable('other dream', dreams);
const whichDay = fixed('which day', 'der Woche', 'des Sommers', 'des ganzen Jahres', 'seit langem', 'der Ferien');

/** How the day ends for one child. */
export function evening(): Node {
  return oneOf('evening',
    weighted(4, line`Zum Abendessen gab es ${meals} und dazu ${drinks}.`),
    weighted(3, line`In dieser Nacht träumte ${hero} von ${dreams}.`),
    line`Als ${hero} abends im Bett lag, ${oneOf('in bed', 'lächelte', 'summte', 'kicherte')} ${er(hero)} noch lange vor sich hin.`,
    line`So ${glad} war ${hero} schon lange nicht mehr gewesen.`,
    line`Es war der schönste Tag ${whichDay}.`,
    line`${hero} schlief an diesem Abend ${oneOf('asleep', 'glücklich', 'zufrieden', 'lächelnd', 'müde und froh')} ein.`,
    line`Das war ein ${inForm(lovely, 'er')} Tag, den ${hero} nie vergaß.`,
  );
}

/** How the day ends for two children. */
export function eveningTogether(): Node {
  return oneOf('evening together',
    weighted(5, line`${oneOf('afterwards', 'Danach', 'Zur Feier des Tages', 'Am Abend', 'Später')} aßen ${hero} und ${friend} ${meals} und tranken ${drinks}.`),
    line`Von diesem Tag an waren ${hero} und ${friend} die besten ${ofBoth(hero, friend, 'Freundinnen', 'Freunde')}.`,
    line`${hero} und ${friend} lachten noch ${oneOf('how long', 'lange darüber', 'den ganzen Abend darüber', 'am nächsten Tag darüber')}.`,
    line`Arm in Arm gingen die beiden ${oneOf('homeward', 'nach Hause', 'durch die Abendsonne heim', 'den Weg zurück')}.`,
    line`Das war ein ${inForm(lovely, 'er')} Tag für ${hero} und ${friend}.`,
    weighted(3, cast([dream, [otherDream, dream]], line`In dieser Nacht träumte ${hero} von ${dream} und ${friend} von ${otherDream}.`)),
  );
}

/** The two children together, as the subject of a plural verb. */
export const both = (): Node => oneOf('both', 'die beiden', 'die zwei', say`${hero} und ${friend}`);
