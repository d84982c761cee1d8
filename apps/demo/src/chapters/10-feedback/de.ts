// Die Wörter der Bilder von Kapitel 10.
const de = {
  you: 'Du',
  /** Ein GPT zeichnet Ziffern. */
  draw: {
    label: 'Ein GPT zeichnet eine Ziffer, Pixel für Pixel',
    caption: 'Jedes gezeichnete Pixel mit den Wahrscheinlichkeiten aller vier Farben davor',
    digit: 'Welche Ziffer',
    any: 'egal',
    begin: 'Womit es anfängt',
    begins: { blank: 'leeres Blatt', half: 'Deine obere Hälfte' },
    canvas: 'Male hier die obere Hälfte einer Ziffer',
    onlyUpper: 'Nur was über der Linie steht, zählt. Den Rest zeichnet das Modell.',
    nothing: 'Über der Linie steht nichts. Das Modell fängt auf einem leeren Blatt an.',
    example: 'Beispiel',
    temperature: 'Temperatur',
    guidance: 'Treue zur Ziffer',
    again: 'Zeichnen',
    pixel: 'Pixel',
    /** Zeile und Spalte zählen ab 1. */
    place: (row: number, column: number) => `Zeile ${row}, Spalte ${column}`,
    shades: ['Papier', 'hell', 'dunkel', 'Tinte'],
    taken: 'gewürfelt',
    picture: (drawn: number, of: number) => `Die Zeichnung, 14 mal 14 Pixel; ${drawn} von ${of} sind da`,
    before: (place: string) => `Wie wahrscheinlich jede Farbe hier war (${place})`,
    loading: 'Das Modell wird geladen.',
    drawing: (drawn: number, of: number) => `Pixel ${drawn} von ${of}`,
    reader: 'Ein anderes Netz, wie in Kapitel 4, liest die Zeichnung:',
    waits: 'Sie ist noch nicht fertig.',
    learns: (percent: string) => `Das Netz lernt gerade erst lesen: ${percent}`,
    reads: (digit: number, percent: string) => `Gelesen als ${digit} (${percent})`,
    trust: (right: string, of: string) => `Dieses Netz hat mit anderen Ziffern gelernt als das GPT. Von ${of} Ziffern von Menschen, die es nie gesehen hat, liest es ${right} richtig.`,
    how: 'Es ist dasselbe Modell wie das, das Geschichten schreibt. Seine Token sind hier keine Wortteile, sondern Pixel: Papier, hell, dunkel, Tinte. Es sieht nur die Pixel davor, Zeile für Zeile, und würfelt das nächste. Bei Treue 1 folgt es nur seinen Wahrscheinlichkeiten; darüber zählt stärker, was die gewählte Ziffer von den anderen unterscheidet.',
    given: 'von Dir gegeben',
    table: ['Pixel', 'Stelle', 'gezeichnet'],
  },
};

export default de;
