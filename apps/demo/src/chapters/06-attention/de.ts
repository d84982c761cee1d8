// Die Wörter der Bilder von Kapitel 6.
const de = {
  loadingModel: 'Das Modell wird geladen.',
  text: 'Dein Satz',
  layer: 'Schicht',
  head: 'Kopf',
  /** Schichten und Köpfe zählen für Menschen ab 1. */
  headAt: (layer: number, head: number) => `Schicht ${layer}, Kopf ${head}`,
  token: 'Token',
  share: 'Anteil',
  /** Bild 1: Wer schaut wohin? */
  looks: {
    label: 'Wohin ein Token schaut, Kopf für Kopf',
  },
  /** Bild 3: etwas an der Aufmerksamkeit ändern. */
  change: {
    label: 'Was sich am nächsten Token ändert, wenn man die Aufmerksamkeit stört',
  },
  /** Bild 5: den Kopf finden, der den Namen liest. */
  find: {
    label: 'Alle Köpfe als kleine Bilder: Welcher liest den Namen?',
  },
  /** Bild 4: Aufmerksamkeit, während sie entsteht. */
  forms: {
    label: 'Aufmerksamkeit entsteht beim Lernen',
  },
  /** Bild 6: derselbe Satz nach jeder Schicht. */
  layers: {
    label: 'Was das Modell nach jeder Schicht antworten würde',
  },
};

export default de;
