// How things are said, done and felt.

import { fixed } from '../words.js';

export const said = fixed('said', 'sagte', 'meinte', 'antwortete', 'erklärte', 'erwiderte');
export const cried = fixed('cried', 'rief', 'schrie', 'jubelte');
export const whispered = fixed('whispered', 'flüsterte', 'murmelte', 'hauchte', 'wisperte');
export const sadly = fixed('sadly', 'traurig', 'ängstlich', 'leise', 'unglücklich', 'verzweifelt', 'kleinlaut', 'bekümmert', 'mit Tränen in den Augen', 'mit zitternder Stimme', 'ganz blass');
export const kindly = fixed('kindly', 'freundlich', 'sanft', 'lächelnd', 'ruhig', 'herzlich', 'sofort', 'mit warmer Stimme', 'und nickte', 'gutmütig', 'leise');
export const happily = fixed('happily', 'fröhlich', 'glücklich', 'lachend', 'stolz', 'begeistert', 'vergnügt', 'strahlend', 'mit leuchtenden Augen', 'erleichtert', 'außer Atem');
export const suddenly = fixed('suddenly', 'plötzlich', 'auf einmal', 'mit einem Mal', 'da', 'in diesem Augenblick', 'kurz darauf');
export const thenFirst = fixed('first', 'zuerst', 'als Erstes', 'erst');
export const thenNext = fixed('next', 'dann', 'danach', 'als Nächstes', 'anschließend');

/** Exclamations of dismay and of joy. */
export const dismay = fixed('dismay', 'Oh nein', 'Oje', 'So ein Pech', 'Ach du Schreck', 'Wie schade', 'Auweia', 'Das darf nicht wahr sein');
export const joyCries = fixed('joy cry', 'Hurra', 'Juhu', 'Wie schön', 'Toll', 'Wunderbar', 'Fantastisch', 'So ein Glück', 'Endlich', 'Großartig');
