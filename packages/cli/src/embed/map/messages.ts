// The words around a map, in the language of the reader.
import type { Language } from '@kk/corpora';
import { numberFormats } from '../../terminal/numbers.js';
import type { MapMethod } from './layout.js';

export interface MapMessages {
  title: (file: string) => string;
  /** What the map shows, and what its distances mean. */
  caption: (words: number, how: MapMethod | 'axes', share?: number) => string;
  /** Words of the page. */
  search: string;
  searchHint: string;
  zoomIn: string;
  zoomOut: string;
  whole: string;
  map: string;
  mapHint: string;
  neighbours: string;
  notShown: string;
  choose: string;
  notFound: string;
}

const [inEnglish, inGerman] = [numberFormats('en'), numberFormats('de')];

export const mapMessages: Readonly<Record<Language, MapMessages>> = {
  en: {
    title: (file) => `Words as points: ${file}`,
    caption: (words, how, share = NaN) =>
      `${inEnglish.count(words, 'word')}. ${
        {
          pca: `Seen along the two directions in which they differ most, which hold ${inEnglish.percent(share)} of their differences.`,
          umap: 'UMAP: words that are similar lie near each other; distances between groups mean little.',
          tsne: 't-SNE: words that are similar lie near each other; distances between groups and their sizes mean nothing.',
          axes: 'Each word stands where it lies between the poles of both axes.',
        }[how]
      } Similar words have the same colour.`,
    search: 'Find a word',
    searchHint: 'a word of the map',
    zoomIn: 'Larger',
    zoomOut: 'Smaller',
    whole: 'Whole map',
    map: 'Map of words',
    mapHint: 'Move it with the mouse, a finger or the arrow keys; + and - change its size.',
    neighbours: 'Most similar words',
    notShown: 'not on the map',
    choose: 'Choose a word, and its most similar words are shown, with the cosine of the angle between them.',
    notFound: 'This word is not on the map.',
  },
  de: {
    title: (file) => `Wörter als Punkte: ${file}`,
    caption: (words, how, share = NaN) =>
      `${inGerman.integer(words)} Wörter. ${
        {
          pca: `Gesehen entlang der zwei Richtungen, in denen sie sich am stärksten unterscheiden; darin stecken ${inGerman.percent(share)} ihrer Unterschiede.`,
          umap: 'UMAP: Ähnliche Wörter liegen nahe beieinander; Abstände zwischen Gruppen sagen wenig.',
          tsne: 't-SNE: Ähnliche Wörter liegen nahe beieinander; Abstände zwischen Gruppen und ihre Größe sagen nichts.',
          axes: 'Jedes Wort steht dort, wo es zwischen den Polen beider Achsen liegt.',
        }[how]
      } Ähnliche Wörter haben dieselbe Farbe.`,
    search: 'Wort suchen',
    searchHint: 'ein Wort der Karte',
    zoomIn: 'Größer',
    zoomOut: 'Kleiner',
    whole: 'Ganze Karte',
    map: 'Karte der Wörter',
    mapHint: 'Mit Maus, Finger oder Pfeiltasten verschieben; + und - ändern die Größe.',
    neighbours: 'Ähnlichste Wörter',
    notShown: 'nicht auf der Karte',
    choose: 'Wähle ein Wort: Dann stehen hier seine ähnlichsten Wörter, mit dem Kosinus des Winkels zwischen ihnen.',
    notFound: 'Dieses Wort ist nicht auf der Karte.',
  },
};
