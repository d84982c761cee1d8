// Die Wörter der Bilder von Kapitel 9.
import type { StoryLanguage } from '../../languages/stories.js';

const de = {
  loadingModel: 'Das Modell wird geladen.',
  language: 'Sprache der Zeilen',
  languages: { de: 'Deutsch', en: 'Englisch' },
  style: 'Die Zeilen',
  styles: { recipe: 'Kochrezept', pirate: 'Pirat', rhyme: 'Reime' },
  dialect: (language: StoryLanguage) => ({ de: 'Bairisch', en: 'Schottisch' })[language],
  own: 'Eigene',
  way: 'Was lernt',
  ways: { full: 'alle Gewichte', lora: 'LoRA', last: 'nur die letzte Schicht' },
  replay: 'Wiederholte Geschichten',
  replays: { '0': 'keine', '25': 'ein Viertel', '50': 'die Hälfte' },
  step: 'Schritt',
  stepOf: (step: string, of: string) => `Schritt ${step} von ${of}`,
  /** Bild 1: zwanzig Zeilen lernen. */
  tune: {
    label: 'Das Modell lernt zwanzig Zeilen, und antwortet danach anders',
  },
  /** Bild 6: mit dem Ergebnis reden. */
  talk: {
    label: 'Mit dem feinabgestimmten Modell reden',
  },
};

export default de;
