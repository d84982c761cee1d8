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
    task: 'Aufgabe',
    tasks: { copy: 'Abschreiben', reverse: 'Rückwärts', sort: 'Sortieren' },
    digits: 'Deine Ziffern',
    missing: (count: number) => (count === 1 ? 'Noch eine Ziffer.' : `Noch ${count} Ziffern.`),
    map: 'Wohin der Kopf schaut, eine Zeile für jede Ziffer, die das Modell schreibt',
    writes: 'schreibt',
    given: 'Deine Ziffern',
    already: 'schon geschrieben',
    rowLabel: (number: number, written: string, isRight: boolean, most: string, share: string) => `${number}. Ziffer: schreibt ${written}, ${isRight ? 'richtig' : 'falsch'}; schaut am meisten auf ${most}, ${share}`,
    legend: 'Je dunkler, desto mehr Aufmerksamkeit',
    wanted: 'hier steht die gesuchte Ziffer',
    ahead: 'noch nicht geschrieben',
    rightDigits: (right: number, of: number) => (right === of ? 'alle Ziffern richtig' : `${right} von ${of} Ziffern richtig`),
    givenAt: (digit: string, place: number) => `Deine ${digit} an ${place}. Stelle`,
    writtenAt: (digit: string, place: number) => `die ${digit}, die es als ${place}. geschrieben hat`,
    sign: 'den Pfeil →',
    even: (number: number, share: string) => `Für die ${number}. Ziffer schaut der Kopf überallhin fast gleich viel, höchstens ${share} auf eine Stelle.`,
    looksAt: (number: number, place: string, share: string) => `Für die ${number}. Ziffer schaut der Kopf am meisten auf ${place}: ${share} seiner Aufmerksamkeit.`,
    columns: 'Reihenfolge der Spalten',
    orders: { read: 'Wie eingegeben', size: 'Nach Größe' },
    waiting: 'Gleich geht es los.',
    curve: 'Der Fehler im Lauf des Lernens',
    lossName: 'Fehler bei neuen Reihen',
    steps: (steps: string) => `${steps} Schritte`,
    step: 'Lernschritt',
    of: 'von',
    loss: 'Fehler',
    fresh: 'neue Reihen ganz richtig',
    ofFresh: (right: string, of: string) => `${right} von ${of}`,
    again: 'Noch einmal lernen',
    caption: (step: string) => `Wohin der Kopf nach Lernschritt ${step} schaut, während er jede Ziffer schreibt`,
    number: 'Ziffer',
    isRight: 'richtig?',
    yes: 'ja',
    no: 'nein',
  },
  /** Bild 6: derselbe Satz nach jeder Schicht. */
  layers: {
    label: 'Was das Modell nach jeder Schicht antworten würde',
    choose: 'Wähle eine Stelle im Satz: Was soll nach diesem Token kommen?',
    empty: 'Schreib unten einen Satz.',
    tooLong: (count: string) => `Der Satz ist länger, als das Modell lesen kann. Die ersten ${count} Token sind weggelassen.`,
    after: (blocks: number) => (blocks === 0 ? 'vor Schicht 1' : `nach Schicht ${blocks}`),
    read: 'gelesen',
    answer: 'Antwort am Ende',
    sure: 'So wahrscheinlich ist diese Antwort nach jeder Schicht:',
    settled: (blocks: number, layers: number) => (blocks === 0 ? 'Sie liegt schon vor der ersten Schicht vorn und bleibt es.' : blocks === layers ? 'Erst nach der letzten Schicht liegt sie vorn.' : `Seit Schicht ${blocks} liegt sie vorn und bleibt es.`),
    changed: (first: number, blocks: number) => `Nach Schicht ${first} lag sie schon einmal vorn, dann verlor sie wieder. Seit Schicht ${blocks} bleibt sie es.`,
    changedBefore: (blocks: number) => `Vor der ersten Schicht lag sie schon einmal vorn, dann verlor sie wieder. Seit Schicht ${blocks} bleibt sie es.`,
    early: (count: string, of: string) => `In diesem Satz steht die Antwort an ${count} von ${of} Stellen schon vor der letzten Schicht fest.`,
    previous: 'Stelle davor',
    next: 'Stelle danach',
    legend: 'schon dieselbe Antwort wie am Ende',
    place: 'Stelle',
    caption: 'Der Favorit an jeder Stelle, vor der ersten und nach jeder Schicht',
  },
};

export default de;
