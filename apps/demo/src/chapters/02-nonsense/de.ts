// Die Wörter der Bilder von Kapitel 2.
const de = {
  writer: {
    label: 'Ein Text, den eine Markow-Kette schreibt',
    unit: 'Einheit',
    letters: 'Buchstaben',
    words: 'Wörter',
    order: 'Gedächtnis',
    chain: 'Markow-Kette',
  },
};

export default de;
