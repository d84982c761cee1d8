// Die Wörter der Bilder von Kapitel 2.
const de = {
  unit: 'Einheit',
  letters: 'Buchstaben',
  words: 'Wörter',
  memory: 'Gedächtnis',
  chain: 'Markow-Kette',
  you: 'Du',
  /** „3 Zeichen“ ohne die Zahl. */
  units: (unit: 'character' | 'word', count: number): string => (unit === 'character' ? 'Zeichen' : count === 1 ? 'Wort' : 'Wörter'),
  /** Ein Stück Text, so dass man auch Leerzeichen und Zeilenwechsel sieht. */
  visible: (text: string): string => (text === ' ' ? 'Leerzeichen' : /^\n+$/.test(text) ? 'neue Zeile' : text.trim()),
  writer: {
    label: 'Ein Text, den eine Markow-Kette schreibt',
    pieceLabel: (piece: string) => `${piece}: Woher kommt das?`,
    empty: 'Gib oben einen Text ein. Drei Wörter genügen für den Anfang, ein ganzes Buch geht auch.',
    counting: (share: string) => `Der Text wird gezählt: ${share}`,
    counted: (count: string, units: string, contexts: string) => `Gezählt: ${count} ${units} mit ${contexts} verschiedenen Zusammenhängen. Tippe auf eine Stelle, um zu sehen, woher sie kommt.`,
    play: 'Schreiben',
    pause: 'Anhalten',
    again: 'Noch einmal',
    step: 'Ein Stück',
    choose: 'Selbst wählen',
    chooseNow: 'So ging es an solchen Stellen im Text weiter. Wähle, was jetzt kommt:',
    speed: 'Tempo',
    speeds: { slow: 'langsam', brisk: 'schnell', instant: 'sofort' },
    place: 'Stelle',
    piece: 'Stück',
    by: 'von',
  },
  next: {
    option: (text: string, count: string) => `${text}, ${count}-mal`,
    rest: (different: number, count: string) => (different === 1 ? `und ein weiteres, ${count}-mal` : `und ${different} weitere, zusammen ${count}-mal`),
  },
  sources: {
    found: (count: string, length: number, units: string) => (count === '1' ? `Diese ${length} ${units} stehen nur an einer Stelle im Text:` : `Diese ${length} ${units} stehen an ${count} Stellen im Text:`),
    line: (count: string) => `Der ganze Text als Linie mit ${count} markierten Stellen`,
    part: 'Ausschnitt aus dem Text',
    place: (at: string, count: string) => `${at} von ${count}`,
    previous: 'vorige',
    next: 'nächste',
  },
};

export default de;
