// The German wordings of every request, and of small talk with its answers. `Wordings` says by which rule the test part is worded.

import type { Questions, SmallTalk } from '../language.js';

export const germanQuestions: Questions = {
  'first word': {
    training: [
      'Wie lautet das erste Wort?', 'Mit welchem Wort beginnt die Geschichte?', 'Nenne das erste Wort der Geschichte.', 'Was ist das erste Wort?',
      'Welches Wort steht am Anfang?', 'Sag mir bitte das erste Wort dieser Geschichte.', 'Mit welchem Wort fängt der Text an?', 'Wie fängt der Text an? Nenne nur das erste Wort.',
      'Wie heißt das erste Wort im Text?', 'Welches Wort steht im Text ganz vorn?', 'Nenne mir das Wort am Anfang der Geschichte.', 'Welches ist das erste Wort in diesem Text?',
      'Schreib das erste Wort des Textes auf.', 'Sag mir, mit welchem Wort der Text beginnt.', 'Wie heißt das Wort, mit dem die Geschichte anfängt?', 'Bitte nenne das Wort, das ganz vorn steht.',
    ],
    test: ['Mit welchem Wort fängt die Geschichte an?', 'Wie heißt das erste Wort der Geschichte?', 'Sag mir das Wort am Anfang der Geschichte.', 'Bitte nenne das erste Wort im Text.'],
  },
  'last word': {
    training: [
      'Wie lautet das letzte Wort?', 'Mit welchem Wort endet die Geschichte?', 'Nenne das letzte Wort der Geschichte.', 'Was ist das letzte Wort?',
      'Welches Wort steht am Ende?', 'Sag mir bitte das letzte Wort dieser Geschichte.', 'Mit welchem Wort hört der Text auf?', 'Wie hört der Text auf? Nenne nur das letzte Wort.',
      'Wie heißt das letzte Wort im Text?', 'Welches Wort steht im Text ganz hinten?', 'Nenne mir das Wort am Ende der Geschichte.', 'Welches ist das letzte Wort in diesem Text?',
      'Schreib das letzte Wort des Textes auf.', 'Sag mir, mit welchem Wort der Text endet.', 'Wie heißt das Wort, mit dem die Geschichte aufhört?', 'Bitte nenne das Wort, das ganz hinten steht.',
    ],
    test: ['Mit welchem Wort hört die Geschichte auf?', 'Wie heißt das letzte Wort der Geschichte?', 'Sag mir das Wort am Ende der Geschichte.', 'Welches Wort steht ganz hinten im Text?'],
  },
  'first child': {
    training: [
      'Welches Kind wird zuerst genannt?', 'Wie heißt das erste Kind?', 'Wer ist das erste Kind in der Geschichte?', 'Nenne das Kind, das zuerst vorkommt.',
      'Sag mir, welches Kind zuerst vorkommt.', 'Wie lautet der Name des ersten Kindes?', 'Welches Kind kommt im Text zuerst vor?', 'Nenne mir bitte das erste Kind.',
      'Von welchem Kind ist zuerst die Rede?', 'Sag mir, wie das erste Kind heißt.', 'Wer ist das Kind, das zuerst genannt wird?', 'Welches Kind nennt die Geschichte zuerst?',
      'Nenne den Namen des ersten Kindes.', 'Welches Kind wird im Text als erstes genannt?', 'Wie heißt das Kind, von dem zuerst erzählt wird?', 'Welches Kind kommt in der Geschichte als erstes vor?',
    ],
    test: ['Welches Kind kommt zuerst vor?', 'Wie heißt das Kind, das zuerst genannt wird?', 'Nenne das Kind, das als erstes genannt wird.', 'Sag mir, wer das erste Kind in der Geschichte ist.'],
  },
  'second child': {
    training: [
      'Welches Kind wird als zweites genannt?', 'Wie heißt das zweite Kind?', 'Wer ist das zweite Kind in der Geschichte?', 'Nenne das Kind, das als zweites vorkommt.',
      'Sag mir, welches Kind als zweites vorkommt.', 'Wie lautet der Name des zweiten Kindes?', 'Welches Kind kommt im Text als zweites vor?', 'Nenne mir bitte das zweite Kind.',
      'Von welchem Kind ist als zweites die Rede?', 'Sag mir, wie das zweite Kind heißt.', 'Wer ist das Kind, das als zweites genannt wird?', 'Welches Kind nennt die Geschichte als zweites?',
      'Nenne den Namen des zweiten Kindes.', 'Welches Kind wird im Text an zweiter Stelle genannt?', 'Wie heißt das Kind, von dem als zweites erzählt wird?', 'Welches Kind kommt in der Geschichte an zweiter Stelle vor?',
    ],
    test: ['Welches Kind kommt als zweites vor?', 'Wie heißt das Kind, das als zweites genannt wird?', 'Nenne das Kind, das an zweiter Stelle genannt wird.', 'Sag mir, wer das zweite Kind in der Geschichte ist.'],
  },
  home: {
    training: [
      'Wo wohnt {nom}?', 'Wo lebt {nom}?', 'Wo ist {nom} zu Hause?', 'Sag mir, wo {nom} wohnt.',
      'Wo wohnte {nom}?', 'Wo hat {nom} ein Zuhause?', 'Wo war {nom} zu Hause?', 'An welchem Ort wohnt {nom}?',
      'Sag mir bitte, wo {nom} zu Hause ist.', 'Wo lebte {nom} in der Geschichte?', 'Erzähl mir, wo {nom} wohnte.', 'Wo in der Geschichte wohnt {nom}?',
      'Weißt du, wo {nom} wohnt?', 'Sag, wo {nom} zu Hause war.', 'Kannst du mir sagen, wo {nom} lebt?', 'Bitte sag, an welchem Ort {nom} zu Hause ist.',
    ],
    test: ['An welchem Ort lebt {nom}?', 'Sag mir, wo {nom} zu Hause ist.', 'Wo war {nom} in der Geschichte zu Hause?', 'Bitte sag mir, wo {nom} wohnte.'],
  },
  found: {
    training: [
      'Wo lag {nom}?', 'Wo wurde {nom} gefunden?', 'Wo fanden die Kinder {akk}?', 'Sag mir, wo {nom} lag.',
      'Wo haben sie {akk} gefunden?', 'Wo fand man {akk} wieder?', 'Wo tauchte {nom} wieder auf?', 'An welchem Ort lag {nom}?',
      'Sag mir bitte, wo die Kinder {akk} fanden.', 'Wo wurde {nom} in der Geschichte gefunden?', 'Wo fanden sie {akk} am Ende?', 'Weißt du, wo {nom} gefunden wurde?',
      'Erzähl mir, wo die Kinder {akk} gefunden haben.', 'Wo lag {nom} in der Geschichte?', 'Bitte sag, an welchem Ort {nom} gefunden wurde.', 'Wo entdeckten die Kinder {akk} am Ende?',
    ],
    test: ['Wo haben die Kinder {akk} gefunden?', 'Sag mir, wo {nom} gefunden wurde.', 'An welchem Ort fanden die Kinder {akk}?', 'Bitte sag mir, wo {nom} am Ende lag.'],
  },
  noise: {
    training: [
      'Wo war das Geräusch?', 'Wo war das Geräusch zu hören?', 'Wo war etwas zu hören?', 'Sag mir, wo das Geräusch war.',
      'Wo hörte man das Geräusch?', 'An welchem Ort war das Geräusch?', 'Sag mir bitte, wo etwas zu hören war.', 'Wo gab es ein Geräusch?',
      'Wo machte etwas ein Geräusch?', 'Wo in der Geschichte war ein Geräusch zu hören?', 'Weißt du, wo das Geräusch zu hören war?', 'Erzähl mir, wo man das Geräusch hörte.',
      'Wo konnte man etwas hören?', 'Bitte sag, an welchem Ort man etwas hörte.', 'Erzähl mir, wo etwas ein Geräusch machte.', 'Wo konnte man in der Geschichte das Geräusch hören?',
    ],
    test: ['Wo hörte man ein Geräusch?', 'Sag mir, wo das Geräusch zu hören war.', 'An welchem Ort konnte man das Geräusch hören?', 'Bitte sag, wo etwas ein Geräusch machte.'],
  },
  stuck: {
    training: [
      'Wo saß {nom} fest?', 'Wo war {nom} gefangen?', 'Wo kam {nom} nicht mehr heraus?', 'Sag mir, wo {nom} festsaß.',
      'Wo steckte {nom} fest?', 'An welchem Ort saß {nom} fest?', 'Sag mir bitte, wo {nom} gefangen war.', 'Wo saß {nom} in der Geschichte fest?',
      'Wo kam {nom} allein nicht mehr heraus?', 'Weißt du, wo {nom} feststeckte?', 'Erzähl mir, wo {nom} nicht mehr herauskam.', 'Sag, wo {nom} nicht mehr herauskam.',
      'Bitte sag, an welchem Ort {nom} festsaß.', 'Wo war {nom} in der Geschichte gefangen?', 'Kannst du mir sagen, wo {nom} feststeckte?', 'Wo steckte {nom} und kam nicht mehr heraus?',
    ],
    test: ['Wo steckte {nom} in der Geschichte fest?', 'Sag mir, wo {nom} feststeckte.', 'An welchem Ort war {nom} gefangen?', 'Bitte sag mir, wo {nom} nicht mehr herauskam.'],
  },
  lost: {
    training: [
      'Was ist verschwunden?', 'Was ist verloren gegangen?', 'Was hat das Kind verloren?', 'Was vermisst das Kind?',
      'Was wird vermisst?', 'Welche Sache ist verschwunden?', 'Sag mir, was das Kind verloren hat.', 'Was wird in der Geschichte vermisst?',
      'Sag mir bitte, was verschwunden ist.', 'Was hat das Kind in der Geschichte verloren?', 'Welche Sache hat das Kind verloren?', 'Weißt du, was verloren gegangen ist?',
      'Was ist dem Kind verloren gegangen?', 'Erzähl mir, was das Kind vermisst.', 'Bitte sag, welche Sache vermisst wird.', 'Was war in der Geschichte verschwunden?',
    ],
    test: ['Welche Sache ist verloren gegangen?', 'Welche Sache vermisst das Kind?', 'Sag mir, was vermisst wird.', 'Bitte sag, was das Kind in der Geschichte verloren hat.'],
  },
  'next sentence': {
    training: [
      'Welcher Satz folgt auf diesen?', 'Welcher Satz steht nach diesem?', 'Wie geht es nach diesem Satz weiter?', 'Nenne den Satz, der auf diesen folgt.',
      'Was kommt nach diesem Satz?', 'Sag mir, welcher Satz auf diesen folgt.', 'Welcher Satz kommt direkt nach diesem?', 'Wie lautet der Satz nach diesem?',
      'Nenne mir bitte den Satz, der nach diesem kommt.', 'Was steht in der Geschichte nach diesem Satz?', 'Wie heißt der nächste Satz nach diesem?', 'Sag mir bitte, was auf diesen Satz folgt.',
      'Wie lautet der Satz, der direkt nach diesem steht?', 'Suche den Satz, der nach diesem steht.', 'Was folgt in der Geschichte auf diesen Satz?', 'Schreib den Satz auf, der nach diesem kommt.',
    ],
    test: ['Welcher Satz kommt nach diesem?', 'Nenne den Satz nach diesem.', 'Was folgt auf diesen Satz?', 'Sag mir, welcher Satz direkt nach diesem steht.'],
  },
  continue: {
    training: [
      'Setze die Geschichte fort.', 'Wie geht die Geschichte weiter?', 'Schreibe den nächsten Satz.', 'Erzähle weiter.',
      'Bitte setze diese Geschichte fort.', 'Was passiert als Nächstes?', 'Erzähle, wie es weitergeht.', 'Schreibe, was dann passiert.',
      'Wie könnte die Geschichte weitergehen?', 'Schreibe einen Satz dazu.', 'Erzähle bitte, was als Nächstes passiert.', 'Was passiert dann in der Geschichte?',
      'Schreibe bitte weiter.', 'Denk dir den nächsten Satz aus.', 'Sag mir, wie die Geschichte weitergeht.', 'Wie könnte es in der Geschichte weitergehen?',
    ],
    test: ['Erzähle die Geschichte weiter.', 'Schreibe, wie die Geschichte weitergeht.', 'Erzähle, was dann passiert.', 'Wie könnte es weitergehen?'],
  },
  shorten: {
    training: [
      'Kürze diesen Satz.', 'Schreibe diesen Satz kürzer.', 'Wie lautet der Satz in Kurzform?', 'Lass nur den Hauptsatz stehen.',
      'Mach den Satz kürzer.', 'Bitte kürze den folgenden Satz.', 'Sag diesen Satz mit weniger Wörtern.', 'Schreibe den Satz mit weniger Wörtern.',
      'Wie lautet der Hauptsatz von diesem Satz?', 'Nenne nur den Hauptsatz.', 'Kürze den Satz auf den Hauptsatz.', 'Wie heißt dieser Satz in kurzer Form?',
      'Schreibe von diesem Satz nur den Hauptsatz auf.', 'Mach aus diesem Satz einen kürzeren.', 'Schreibe diesen Satz bitte in Kurzform.', 'Sag mir nur den Hauptsatz von diesem Satz.',
    ],
    test: ['Mach diesen Satz kürzer.', 'Schreibe nur den Hauptsatz.', 'Sag den Satz in Kurzform.', 'Bitte schreibe diesen Satz mit weniger Wörtern.'],
  },
  past: {
    training: [
      'Schreibe den Satz in der Vergangenheit.', 'Setze den Satz in die Vergangenheit.', 'Wie lautet der Satz in der Vergangenheit?', 'Das ist lange her. Wie heißt der Satz dann?',
      'Bitte schreibe diesen Satz in der Vergangenheit.', 'Sag den Satz in der Vergangenheit.', 'Wie heißt dieser Satz in der Vergangenheit?', 'Setze diesen Satz bitte in die Vergangenheit.',
      'Sag mir, wie der Satz in der Vergangenheit lautet.', 'Das war gestern. Wie lautet der Satz?', 'Bilde die Vergangenheit von diesem Satz.', 'Wie sagt man diesen Satz in der Vergangenheit?',
      'Das ist lange her. Schreibe den Satz neu.', 'Erzähle den Satz in der Vergangenheit.', 'Nenne die Vergangenheit von diesem Satz.', 'Das ist schon lange her. Wie lautet der Satz dann?',
    ],
    test: ['Wie heißt der Satz in der Vergangenheit?', 'Sag diesen Satz in der Vergangenheit.', 'Das ist lange her. Wie lautet der Satz?', 'Setze bitte den Satz in die Vergangenheit.'],
  },
};

export const germanSmallTalk: readonly SmallTalk[] = [
  {
    training: [
      'Wer bist du?', 'Was bist du?', 'Stell dich vor.', 'Sag mir, wer du bist.', 'Mit wem rede ich?',
      'Stell dich bitte vor.', 'Was für ein Programm bist du?', 'Kannst du mir sagen, was du bist?', 'Wer antwortet mir hier?', 'Ich möchte wissen, wer du bist.',
      'Wie heißt du?', 'Bitte sag mir, wer du bist.', 'Erzähl mir, was du bist.', 'Was bist du für einer?', 'Bist du ein Sprachmodell?',
      'Wer spricht da?', 'Wer schreibt hier?', 'Ich kenne dich nicht. Wer bist du?', 'Was für eine Maschine bist du?', 'Sag, mit wem ich spreche.',
    ],
    test: ['Sag mir bitte, was du bist.', 'Ich möchte wissen, mit wem ich rede.', 'Sag mir, was für ein Programm du bist.'],
    answer: 'Ich bin ein kleines Sprachmodell.',
  },
  {
    training: [
      'Was kannst du?', 'Wobei kannst du helfen?', 'Was darf ich dich fragen?', 'Welche Aufgaben kannst du lösen?', 'Wozu bist du da?',
      'Worüber kann ich mit dir reden?', 'Sag mir, was du kannst.', 'Welche Fragen darf ich stellen?', 'Wie kannst du mir helfen?', 'Was machst du hier?',
      'Was kannst du alles?', 'Hilfst du mir?', 'Welche Aufgaben sind für dich?', 'Wonach darf ich fragen?', 'Was soll ich dich fragen?',
      'Erzähl mir, was du kannst.', 'Wofür bist du gut?', 'Sag mir bitte, wobei du hilfst.', 'Welche Fragen kannst du beantworten?', 'Was sind deine Aufgaben?',
    ],
    test: ['Wobei kannst du mir helfen?', 'Was kann ich dich fragen?', 'Sag mir, welche Aufgaben du lösen kannst.'],
    answer: 'Ich beantworte Fragen zu kurzen Geschichten.',
  },
  {
    training: [
      'Woraus hast du gelernt?', 'Was hast du gelesen?', 'Wie hast du schreiben gelernt?', 'Woher kennst du die Wörter?', 'Wo hast du das gelernt?',
      'Welche Texte hast du gelesen?', 'Sag mir, was du gelesen hast.', 'Woher kannst du schreiben?', 'Aus welchen Texten hast du gelernt?', 'Wie hast du die Wörter gelernt?',
      'Was hast du alles gelesen?', 'Woher weißt du das?', 'Welche Geschichten hast du gelesen?', 'Erzähl mir, was du gelesen hast.', 'Wovon hast du gelernt?',
      'Wer hat dir das Schreiben gezeigt?', 'Wie hast du lesen gelernt?', 'Aus welchen Geschichten hast du gelernt?', 'Woher hast du deine Wörter?', 'Sag mir, wie du schreiben gelernt hast.',
    ],
    test: ['Sag mir, woraus du gelernt hast.', 'Wo hast du schreiben gelernt?', 'Aus welchen Texten kennst du die Wörter?'],
    answer: 'Ich habe viele kleine Geschichten gelesen.',
  },
  {
    training: [
      'Bist du ein Mensch?', 'Bist du lebendig?', 'Lebst du?', 'Hast du einen Körper?', 'Bist du ein Lebewesen?',
      'Rede ich mit einem Menschen?', 'Hast du Hände und einen Kopf?', 'Bist du eine echte Person?', 'Bist du ein echtes Kind?', 'Sitzt da ein Mensch und schreibt?',
      'Bist du echt?', 'Bist du eine Frau oder ein Mann?', 'Bist du ein Junge oder ein Mädchen?', 'Hast du Augen und Ohren?', 'Kannst du laufen?',
      'Schreibt mir da ein Mensch?', 'Bist du ein Tier?', 'Ist da eine Person?', 'Spreche ich mit einem echten Menschen?', 'Hast du eine Familie?',
    ],
    test: ['Bist du ein echtes Lebewesen?', 'Hast du einen Kopf?', 'Sitzt da eine echte Person?'],
    answer: 'Nein, ich bin ein Programm.',
  },
  {
    training: [
      'Hast du Gefühle?', 'Bist du traurig?', 'Freust du dich?', 'Bist du müde?', 'Hast du manchmal Angst?',
      'Fühlst du etwas?', 'Bist du heute glücklich?', 'Kannst du traurig sein?', 'Wirst du manchmal müde?', 'Hast du gute Laune?',
      'Bist du froh?', 'Kannst du dich freuen?', 'Bist du böse auf mich?', 'Hast du Hunger?', 'Tut dir etwas weh?',
      'Kannst du fühlen?', 'Bist du einsam?', 'Wirst du manchmal böse?', 'Hast du mich lieb?', 'Fürchtest du dich im Dunkeln?',
    ],
    test: ['Kannst du glücklich sein?', 'Hast du Angst?', 'Bist du manchmal traurig?'],
    answer: 'Nein, ich rechne nur mit Zahlen.',
  },
  {
    training: [
      'Weißt du alles?', 'Kennst du die ganze Welt?', 'Weißt du, was morgen passiert?', 'Kannst du jede Frage beantworten?', 'Weißt du, wie das Wetter wird?',
      'Kannst du mir alles erklären?', 'Hast du auf jede Frage eine Antwort?', 'Weißt du, wie spät es ist?', 'Kennst du alle Menschen?', 'Kannst du mir sagen, was in der Welt passiert?',
      'Weißt du alles über die Welt?', 'Kannst du mir alles sagen?', 'Kennst du meine Stadt?', 'Weißt du, wer ich bin?', 'Weißt du, welcher Tag heute ist?',
      'Kennst du alle Bücher?', 'Weißt du, was gestern passiert ist?', 'Kannst du mir das Wetter sagen?', 'Kennst du alle Wörter der Welt?', 'Weißt du, was ich morgen mache?',
    ],
    test: ['Weißt du, wie das Wetter morgen wird?', 'Kennst du alles?', 'Weißt du auf jede Frage eine Antwort?'],
    answer: 'Nein, ich kenne nur meine Geschichten.',
  },
  {
    training: [
      'Wie funktionierst du?', 'Wie schreibst du?', 'Wie findest du das nächste Wort?', 'Wie entsteht deine Antwort?', 'Wie machst du einen Text?',
      'Sag mir, wie du funktionierst.', 'Woher kommt das nächste Wort?', 'Wie wählst du deine Wörter aus?', 'Was tust du, wenn du schreibst?', 'Wie entsteht ein Text von dir?',
      'Wie geht das?', 'Wie machst du das?', 'Erzähl mir, wie du funktionierst.', 'Wie kommst du auf deine Antworten?', 'Wie kommst du auf das nächste Wort?',
      'Was machst du, wenn ich dich frage?', 'Wie denkst du dir Texte aus?', 'Woher nimmst du deine Antworten?', 'Wie wird aus Wörtern ein Text?', 'Sag mir bitte, wie du einen Text schreibst.',
    ],
    test: ['Wie findest du deine Wörter?', 'Woher kommt deine Antwort?', 'Sag mir, wie du schreibst.'],
    answer: 'Ich sage immer wieder das nächste Stück Text voraus.',
  },
  {
    training: [
      'Machst du Fehler?', 'Irrst du dich manchmal?', 'Kann ich dir alles glauben?', 'Hast du immer recht?', 'Kann ich dir immer vertrauen?',
      'Sagst du immer die Wahrheit?', 'Stimmen deine Antworten immer?', 'Stimmt alles, was du sagst?', 'Kannst du dich irren?', 'Sind deine Antworten manchmal falsch?',
      'Hast du manchmal unrecht?', 'Sind deine Antworten richtig?', 'Ist alles wahr, was du sagst?', 'Kann ich dir vertrauen?', 'Soll ich dir glauben?',
      'Lügst du manchmal?', 'Sind deine Antworten immer richtig?', 'Kannst du auch falsch liegen?', 'Muss ich deine Antworten prüfen?', 'Sagst du manchmal etwas Falsches?',
    ],
    test: ['Machst du manchmal Fehler?', 'Kann ich dir immer glauben?', 'Stimmt immer alles, was du sagst?'],
    answer: 'Ich kann mich irren, also prüfe meine Antworten.',
  },
  {
    training: [
      'Hallo!', 'Guten Tag!', 'Guten Morgen!', 'Hallo, du!', 'Grüß dich!',
      'Hallo, ist da jemand?', 'Schönen guten Tag!', 'Hallo, was für ein schöner Abend!', 'Schön, dich zu treffen!', 'Hallo, wie geht es?',
      'Hallo, du da!', 'Einen schönen guten Morgen!', 'Hallo, hier bin ich!', 'Bist du da?', 'Hallo, bist du da?',
      'Da bin ich wieder!', 'Schön, dass du da bist!', 'Was machst du gerade?', 'Geht es dir gut?', 'Einen schönen Abend!',
    ],
    test: ['Guten Abend!', 'Ist jemand da?', 'Wie geht es dir?'],
    answer: 'Hallo! Frag mich etwas zu einer Geschichte.',
  },
  {
    training: [
      'Danke!', 'Vielen Dank!', 'Danke schön!', 'Danke, das war gut.', 'Ich danke dir sehr!',
      'Das war sehr nett von dir.', 'Danke für deine Hilfe.', 'Du hast mir geholfen, danke.', 'Das war eine gute Antwort.', 'Das ist lieb, vielen Dank.',
      'Danke dir!', 'Das hast du gut gemacht!', 'Du hast mir sehr gut geantwortet.', 'Das war nett.', 'Danke, das hat mir geholfen.',
      'Das war eine schöne Antwort.', 'Das hat mir gefallen.', 'Du bist sehr nett.', 'Gut gemacht, danke!', 'Das war lieb, danke.',
    ],
    test: ['Das war lieb von dir.', 'Das war sehr gut.', 'Du hast mir sehr geholfen.'],
    answer: 'Gern geschehen!',
  },
];
