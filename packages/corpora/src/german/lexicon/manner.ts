// Words for how things are said, done and felt.

import { adjectives, fixed } from '../words.js';

/** Verbs of saying, for a first speech and for an answer. */
export const said = fixed('said', 'sagte', 'meinte');
export const replied = fixed('replied', 'sagte', 'meinte', 'antwortete', 'erwiderte');
export const cheered = fixed('cheered', 'rief', 'jubelte');
export const whispered = fixed('whispered', 'flüsterte', 'murmelte', 'wisperte');

export const sadly = fixed('sadly', 'traurig', 'ängstlich', 'leise', 'unglücklich', 'verzweifelt', 'kleinlaut', 'bekümmert', 'mit Tränen in den Augen', 'mit zitternder Stimme', 'niedergeschlagen');
export const startled = fixed('startled', 'erschrocken', 'entsetzt', 'bestürzt', 'verzweifelt', 'laut', 'ganz blass', 'mit großen Augen', 'aufgeregt');
export const kindly = fixed('kindly', 'freundlich', 'sanft', 'lächelnd', 'ruhig', 'herzlich', 'mit warmer Stimme', 'gutmütig', 'liebevoll', 'mitfühlend', 'leise', 'aufmunternd');
export const happily = fixed('happily', 'fröhlich', 'glücklich', 'lachend', 'stolz', 'begeistert', 'vergnügt', 'strahlend', 'mit leuchtenden Augen', 'erleichtert', 'außer Atem', 'überglücklich');
export const suddenly = fixed('suddenly', 'plötzlich', 'auf einmal', 'mit einem Mal', 'da', 'in diesem Augenblick', 'kurz darauf');
export const first = fixed('first', 'zuerst', 'als Erstes', 'erst', 'zunächst');
export const next = fixed('next', 'dann', 'danach', 'als Nächstes', 'anschließend');
export const atLast = fixed('finally', 'endlich', 'schließlich', 'zum Schluss', 'am Ende');

/** Exclamations of dismay and of joy. */
export const dismay = fixed('dismay', 'Oh nein', 'Oje', 'So ein Pech', 'Ach du Schreck', 'Auweia', 'Ach herrje', 'Du liebe Zeit');
export const joyCries = fixed('joy cry', 'Hurra', 'Juhu', 'Wie schön', 'Toll', 'Wunderbar', 'Fantastisch', 'So ein Glück', 'Großartig', 'Was für eine Freude');

/** Continues „war so ...“ or „wurde ganz ...“. */
export const sad = fixed('sad', 'traurig', 'unglücklich', 'still', 'bedrückt', 'verzweifelt', 'niedergeschlagen');
export const glad = fixed('glad', 'glücklich', 'froh', 'zufrieden', 'stolz', 'vergnügt', 'ausgelassen');
export const lovely = adjectives('lovely', 'schön', 'lustig', 'aufregend', 'wunderbar', 'besonder', 'herrlich', 'unvergesslich', 'glücklich');
