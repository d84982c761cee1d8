// What the figures of `kk text stats` mean, in a sentence or two each, for readers who do not know the terms (`--explain`).
import { type Language } from '@kk/corpora';
import { type Unit } from '@kk/corpora/stats';

export interface Explanations {
  movingAverage(window: string): string;
  zipf: string;
  zipfDistance: string;
  heaps: string;
  burstiness(minimumCount: string): string;
  entropy(unit: Unit): string;
  compressed: string;
  repeated(order: number): string;
  copied(minimumRun: number): string;
  closed: string;
  verbs: string;
  ease: string;
  grade: string;
}

export const explanations: Readonly<Record<Language, Explanations>> = {
  en: {
    movingAverage: (window) => `how many of ${window} words in a row are different, as a share, on average. 1 means no word twice.`,
    zipf: 'how steeply frequency falls from the most frequent word to the rare ones. Near 1 in natural texts.',
    zipfDistance: "how far the frequencies of the words are from Zipf's law (the curve of that exponent). 0 is exactly on it, 1 is the farthest.",
    heaps: 'how fast new words come as the text goes on. 1 means every word is new; natural texts have 0.4 to 0.8.',
    burstiness: (minimumCount) => `whether a word comes in bursts, as topics do, on average over the words that come at least ${minimumCount} times. 1 is the most bursty, 0 is by chance, less is more even.`,
    entropy: (unit) => `how many yes-or-no questions it takes on average to guess a ${unit}, if one knows those before it. Fewer means easier to predict.`,
    compressed: 'bits per character of the compressed text. Fewer means more regular.',
    repeated: (order) => `the share of sequences of ${order} words that came earlier in the same text.`,
    copied: (minimumRun) => `the share of words in passages of at least ${minimumRun} words that the first text has, too.`,
    closed: 'the share of quotes and brackets that have a beginning and an end.',
    verbs: 'how many verbs could be compared with their subject (he is, they are). The two lines below it are the shares of those that fit, by how many words away the subject is.',
    ease: 'how easy the text is to read, from the lengths of its words and sentences: about 0 is very hard, 100 very easy. It knows nothing of sense.',
    grade: 'the school year in which such a text is understood, from the same lengths.',
  },
  de: {
    movingAverage: (window) => `welcher Anteil von ${window} Wörtern in Folge verschieden ist, im Durchschnitt. 1 heißt: kein Wort zweimal.`,
    zipf: 'wie steil die Häufigkeit vom häufigsten Wort zu den seltenen abfällt. In natürlichen Texten nahe 1.',
    zipfDistance: 'wie weit die Häufigkeiten der Wörter vom Zipfschen Gesetz (der Kurve mit diesem Exponenten) entfernt sind. 0 ist genau darauf, 1 am weitesten.',
    heaps: 'wie schnell neue Wörter dazukommen. 1 heißt: jedes Wort ist neu; natürliche Texte haben 0,4 bis 0,8.',
    burstiness: (minimumCount) => `ob ein Wort in Klumpen kommt wie bei einem Thema, im Durchschnitt der Wörter, die mindestens ${minimumCount}-mal vorkommen. 1 ist am stärksten geklumpt, 0 zufällig, weniger ist gleichmäßiger.`,
    entropy: (unit) => `wie viele Ja-Nein-Fragen man im Durchschnitt braucht, um ${unit === 'word' ? 'ein Wort' : 'ein Zeichen'} zu erraten, wenn man die davor kennt. Weniger heißt: leichter vorherzusagen.`,
    compressed: 'Bit je Zeichen des komprimierten Textes. Weniger heißt: regelmäßiger.',
    repeated: (order) => `der Anteil der Folgen von ${order} Wörtern, die früher im selben Text schon da waren.`,
    copied: (minimumRun) => `der Anteil der Wörter in Stellen von mindestens ${minimumRun} Wörtern, die auch im ersten Text stehen.`,
    closed: 'der Anteil der Anführungszeichen und Klammern, die Anfang und Ende haben.',
    verbs: 'wie viele Verben sich mit ihrem Subjekt vergleichen ließen (er ist, sie sind). Die zwei Zeilen darunter sind die Anteile derer, die passen, je nachdem, wie viele Wörter das Subjekt entfernt ist.',
    ease: 'wie leicht der Text zu lesen ist, aus den Längen der Wörter und Sätze: etwa 0 ist sehr schwer, 100 sehr leicht. Vom Sinn weiß der Wert nichts.',
    grade: 'in welchem Schuljahr man einen solchen Text versteht, aus denselben Längen.',
  },
};
