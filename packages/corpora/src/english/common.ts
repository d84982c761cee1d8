// Sentences that many English plots share: the opening, sadness and joy of a child, the end of the day.

import { cast, oneOf, weighted, type Node } from '../grammar/nodes.js';
import { line, say, sometimes, type OptionalLine } from '../grammar/template.js';
import { variable, type Variable } from '../grammar/words.js';
import { birds, insects } from './lexicon/animals.js';
import { cheered, glad, happily, joyCries, lovely, sad } from './lexicon/manner.js';
import { ages, childAdjectives, friend, habits, hero } from './lexicon/people.js';
import { dayAdjectives, days, homeAdjectives, homePlaces, homes, weather } from './lexicon/places.js';
import { drinks, meals } from './lexicon/things.js';
import { a, byPronoun, his } from './phrases.js';
import { adjectives, fixed, nouns } from './words.js';

const [boy, girl, day] = [nouns('boy', 'boy'), nouns('girl', 'girl'), nouns('day', 'day')];
/** a brave boy, a brave girl. */
const aChild = (): Node => byPronoun(hero, { he: a(boy, childAdjectives), she: a(girl, childAdjectives) });

/** A sentence that sets the day or presents the hero. */
export function opening(): Node {
  return oneOf('opening',
    weighted(2, line`It was ${a(days, dayAdjectives)}.`),
    weighted(5, line`It was ${a(days, dayAdjectives)}, and ${weather}.`),
    weighted(2, line`${hero} was ${ages} years old and lived in ${a(homes, homeAdjectives)} ${homePlaces}.`),
    weighted(2, line`Once upon a time there was ${aChild()} named ${hero} who ${habits}.`),
    weighted(2, line`In ${a(homes, homeAdjectives)} ${homePlaces} lived ${aChild()} named ${hero}.`),
    weighted(2, line`${hero} was ${aChild()} who ${habits}.`),
  );
}

/** A child is unhappy. */
export function sadness(child: Variable = hero): Node {
  return oneOf('sadness',
    line`${child} began to cry.`,
    line`Tears rolled down ${his(child)} cheeks.`,
    line`${his(child)} heart grew heavy.`,
    line`${child} swallowed hard and did not know what to do.`,
    line`${child} was very ${sad}.`,
    line`${child} had never been so ${sad} before.`,
    line`${child} sat down on ${oneOf('low seat', 'the floor', 'the stairs', 'a stone', 'the doorstep')} and ${oneOf('grief', 'sighed', 'sobbed', 'cried quietly', 'stared at the ground')}.`,
  );
}

/** A child is happy. */
export function joy(child: Variable = hero): Node {
  return oneOf('joy',
    line`${child} jumped ${oneOf('jump', 'for joy', 'up and down', 'high into the air')}.`,
    line`${child} beamed ${oneOf('beaming', 'from ear to ear', 'like the sun', say`with ${his(child)} whole face`)}.`,
    line`${child} clapped ${his(child)} hands${oneOf('clapping', '', ' with delight')}.`,
    line`${his(child)} heart leaped for joy.`,
    line`${child} was ${oneOf('how glad', 'so', 'very', 'really')} ${glad}.`,
    weighted(4, line`"${joyCries}!" ${cheered} ${child} ${happily}.`),
  );
}

const birdAdjectives = adjectives('bird look', 'little', 'cheeky', 'curious', 'old', 'young', 'plump', 'lively', 'hungry');
const birdDoing = fixed('bird doing',
  'flew past', 'sat on a branch and watched', 'hopped through the grass', 'pecked at some crumbs', 'called from far away', 'took a bath in a puddle', 'fluttered across the path',
  'was building a nest', 'looked for worms', 'circled high up in the sky', 'landed on a fence');
const insectAdjectives = adjectives('insect look', 'little', 'colorful', 'tiny', 'shiny', 'tired', 'brown');
const insectDoing = fixed('insect doing', 'sat on a blade of grass', 'rested on a leaf', 'crawled over a stone', 'warmed itself in the sun', 'was out and about, too', 'came slowly closer');
const smells = fixed('smell', 'mushrooms', 'moss', 'rain', 'hay', 'mint', 'roses', 'pine needles', 'earth', 'wild strawberries', 'fresh wood', 'herbs', 'ripe apples');

/** Something small that happens out of doors and does not matter. */
export function scenery(): OptionalLine {
  return sometimes('scenery', oneOf('sight on the way',
    weighted(3, line`${a(birds, birdAdjectives)} ${birdDoing}.`),
    weighted(2, line`${a(insects, insectAdjectives)} ${insectDoing}.`),
    line`The air smelled of ${smells}.`,
    line`There was a smell of ${smells} and of ${oneOf('other smell', 'summer', 'sunshine', 'honey', 'blossoms')}.`,
  ));
}

const dreams = fixed('dream', 'golden fish', 'flying elephants', 'a castle made of sugar', 'a trip to the moon', 'talking trees', 'a friendly dragon', 'a mountain of ice cream', 'a great feast', 'dancing stars',
  'a ship on the high seas', 'a hundred colorful balloons', 'a meadow full of clover', 'a flight above the clouds', 'many lovely things');
const dream = variable('dream', dreams);
const otherDream = variable('other dream', dreams);
const whichDay = fixed('which day', 'the week', 'the summer', 'the whole year', 'the holidays', 'the month');

/** How the day ends for one child. */
export function evening(): Node {
  return oneOf('evening',
    weighted(4, line`${hero} had ${meals} and ${drinks} for supper.`),
    weighted(3, line`That night ${hero} dreamed of ${dreams}.`),
    line`In bed that evening ${hero} ${oneOf('in bed', 'smiled', 'hummed', 'giggled')} for a long time.`,
    line`${hero} had not been so ${glad} for a long time.`,
    line`It was the best day of ${whichDay}.`,
    line`${hero} fell asleep ${oneOf('asleep', 'happily', 'with a smile', 'right away', 'tired but happy')} that night.`,
    line`It was ${a(day, lovely)} that ${hero} never forgot.`,
  );
}

/** How the day ends for two children. */
export function eveningTogether(): Node {
  return oneOf('evening together',
    weighted(5, line`${oneOf('afterwards', 'afterward', 'to celebrate', 'that evening', 'later')}, ${hero} and ${friend} had ${meals} and ${drinks}.`),
    line`From that day on, ${hero} and ${friend} were best friends.`,
    line`${hero} and ${friend} laughed about it ${oneOf('how long', 'for a long time', 'all evening', 'for days')}.`,
    line`Arm in arm, the two of them walked ${oneOf('homeward', 'home', 'home in the evening sun', 'back along the path')}.`,
    line`It was ${a(day, lovely)} for ${hero} and ${friend}.`,
    weighted(3, cast([dream, [otherDream, dream]], line`That night ${hero} dreamed of ${dream}, and ${friend} dreamed of ${otherDream}.`)),
  );
}

/** The two children together. */
export const both = (): Node => oneOf('both', 'the two of them', 'the children', say`${hero} and ${friend}`);
