// The German story grammar: the plots and their weights.

import { oneOf, weighted, type Node } from '../grammar/nodes.js';
import { build } from './plots/build.js';
import { garden } from './plots/garden.js';
import { gift } from './plots/gift.js';
import { homeward } from './plots/homeward.js';
import { lost } from './plots/lost.js';
import { noise } from './plots/noise.js';
import { practice } from './plots/practice.js';
import { quarrel } from './plots/quarrel.js';
import { rescue } from './plots/rescue.js';
import { share } from './plots/share.js';

/** The whole grammar: a choice named `plot`. */
export function germanStory(): Node {
  return oneOf('plot',
    weighted(1, lost(), 'lost'),
    weighted(1, share(), 'share'),
    weighted(1, noise(), 'noise'),
    weighted(1, rescue(), 'rescue'),
    weighted(1, build(), 'build'),
    weighted(1, gift(), 'gift'),
    weighted(1, quarrel(), 'quarrel'),
    weighted(1, homeward(), 'homeward'),
    weighted(1, practice(), 'practice'),
    weighted(1, garden(), 'garden'),
  );
}
