// Places, times and weather. Places are listed as whole phrases.

import { adjectives, fixed, nouns, table } from '../words.js';

export const days = nouns('day', 'morning', 'afternoon', 'day', 'Sunday', 'Saturday', 'Friday', 'spring day', 'summer day', 'autumn day', 'Thursday', 'Monday');
export const dayAdjectives = adjectives('weather', 'sunny', 'warm', 'bright', 'windy', 'beautiful', 'quiet', 'mild', 'fresh', 'clear', 'pleasant', 'cheerful', 'glorious', 'peaceful', 'golden', 'lovely', 'breezy');
/** Continues "It was a lovely day, and ...". */
export const weather = fixed('sky',
  'the sun was shining', 'the birds were singing', 'the wind played with the leaves', 'white clouds sailed across the sky', 'flowers bloomed everywhere', 'the bees were humming', 'the air smelled of fresh grass',
  'the trees rustled softly', 'the sky was very blue', 'it smelled of hay', 'the swallows flew high', 'crickets chirped in the grass', 'the air smelled of apples', 'there was not a cloud in the sky', 'the dew sparkled on the meadow', 'the church bells rang');

export const homes = nouns('home', 'house', 'village', 'cottage', 'farmhouse', 'town', 'mill', 'hut', 'cabin', 'valley');
export const homeAdjectives = adjectives('home look', 'small', 'old', 'pretty', 'cozy', 'colorful', 'quiet', 'lovely', 'crooked', 'sleepy', 'tiny');
export const homePlaces = fixed('home place', 'at the edge of the woods', 'by the river', 'by the sea', 'in the mountains', 'behind the hills', 'beside a lake', 'in the north', 'in the south', 'among fields and meadows', 'at the end of the world', 'not far from here', 'near a cherry orchard');

/** Outdoor places for children, each as a place (at) and as a direction (to). */
export const outdoors = table('outdoors', ['at', 'to'],
  'in the garden | into the garden', 'in the meadow | to the meadow', 'by the stream | to the stream', 'by the lake | to the lake', 'in the woods | into the woods', 'on the playground | to the playground', 'in the park | to the park',
  'in the yard | into the yard', 'by the river | to the river', 'under the old oak | to the old oak', 'on the hill | up the hill', 'at the edge of the woods | to the edge of the woods',
  'near the barn | to the barn', 'by the pond | to the pond', 'at the village well | to the village well');

/** Spots where a small thing can lie unseen. */
export const outdoorSpots = fixed('outdoor spot',
  'under the apple tree', 'in the tall grass', 'behind the hedge', 'beside the well', 'on the bench', 'in the sandbox', 'among the flowers', 'under the swing', 'by the fence', 'in front of the gate', 'in the vegetable patch',
  'under the elder bush', 'on the tree stump', 'behind the shed', 'in the wheelbarrow', 'under a big leaf', 'next to the rabbit hutch', 'in a pile of leaves', 'behind the rain barrel', 'between two stones');
export const indoorSpots = fixed('indoor spot',
  'under the bed', 'behind the sofa', 'in the closet', 'in the kitchen', 'in the attic', 'in the toy box', 'behind the door', 'under the table', 'in the cellar', 'in the hall', 'on the stairs', 'under the rug', 'on the bookshelf',
  'behind the curtain', 'in the laundry basket', 'on the windowsill', 'in the drawer', 'under the blanket');
/** Where noises come from at night. */
export const nightSpots = fixed('night spot', 'under the bed', 'in the attic', 'behind the door', 'in the closet', 'on the stairs', 'in the hall', 'behind the curtain', 'in the kitchen', 'under the desk', 'in the cellar', 'in the toy box', 'on the balcony');
/** Continues "sat down ...". */
export const seats = fixed('seat', 'on a bench', 'under a tree', 'in the grass', 'on a rock', 'by the stream', 'on the steps', 'beside the well', 'on a log', 'on the wall', 'in the shade', 'on the bank of the river', 'in the middle of the meadow');

/** Places in a wood that an animal comes by. */
export const woodSpots = fixed('wood spot',
  'a hollow tree', 'a little stream', 'a clearing', 'a tall rock', 'three old fir trees', 'a narrow bridge', 'a dark pond', 'a thick oak', 'an anthill', 'a signpost', 'a spring', 'a bramble bush', 'a fallen tree', 'a small cave', 'a waterfall', 'a ring of mushrooms');
/** Where wood animals live, large and small. */
export const dens = fixed('den', 'at the foot of a hill', 'in a cave', 'beside a hollow tree', 'in a quiet valley', 'on the bank of a stream', 'behind a bramble bush', 'deep in the woods', 'under a thick oak', 'at the edge of a clearing', 'between two rocks', 'beside a quiet pond');
/** Sights worth being shown. */
export const sights = fixed('sight',
  'a meadow full of strawberries', 'a little blue lake', 'a nest with three eggs', 'a tree full of cherries', 'a waterfall', 'a field of poppies', 'a secret cave', 'a pond with golden fish', 'a clearing full of butterflies',
  'an old tower', 'a bush full of raspberries', 'a spring of clear water', 'a rainbow', 'a garden full of roses', 'an empty tree house', 'a swing made of vines');
