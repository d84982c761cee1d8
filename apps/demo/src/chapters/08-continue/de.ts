// Die Wörter der Bilder von Kapitel 8.
const de = {
  merges: {
    label: 'Ein Satz, zerlegt mit dem, was nach so vielen Verschmelzungen gelernt ist',
    example: 'Die kleine Möwe flüsterte: „Vielen Dank, lieber Bär!“',
    sentence: 'Satz',
    learnedFrom: 'Gelernt wird aus:',
    scrubber: 'Verschmelzungen',
    back: 'Zurück',
    step: 'Eine weiter',
    play: 'Abspielen',
    stop: 'Anhalten',
    none: 'Noch ist nichts verschmolzen: Jedes Byte ist ein Token. Ein Buchstabe wie „ö“ besteht aus zwei Bytes.',
    becomes: 'wird',
    stood: (count: string) => `stand ${count}-mal nebeneinander`,
    unchanged: 'In diesem Satz kommt das Paar nicht vor.',
    summary: (characters: string, tokens: string, ratio: string) => `${characters} Zeichen, ${tokens} Token: ${ratio} Zeichen je Token`,
    table: { caption: 'Die Verschmelzungen in der Reihenfolge, in der sie gelernt wurden', number: 'Nr.', pair: 'Paar', token: 'neues Token', count: 'so oft nebeneinander' },
  },
  vocabularies: {
    label: 'Derselbe Text, zerlegt mit den Vokabularen großer Modelle',
    german: 'Die Schildkröte überquerte gemächlich die Straßenbahnhaltestelle.',
    english: 'The turtle leisurely crossed the tram stop.',
    compare: 'Texte',
    pair: 'Deutsch neben Englisch',
    own: 'Eigener Text',
    inGerman: 'Deutsch',
    inEnglish: 'Englisch',
    of: { gpt2: 'GPT-2 und GPT-3', cl100k_base: 'GPT-3.5 und GPT-4', o200k_base: 'GPT-4o und spätere' },
    size: (count: string) => `${count} Token`,
    tokens: (count: string) => `${count} Token`,
    ratio: (ratio: string) => `${ratio} Zeichen je Token`,
    loading: (name: string) => `${name} wird geladen …`,
    load: 'o200k_base dazu laden (2,3 MB)',
    table: ['Vokabular', 'Text', 'Zeichen', 'Token', 'Zeichen je Token'],
  },
};

export default de;
