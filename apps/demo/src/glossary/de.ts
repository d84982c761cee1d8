// Die Fachbegriffe auf Deutsch, alphabetisch nach ihrem Schlüssel. Kurz heißt: ein Satz, der allein stehen kann.
import type { GlossaryEntry } from './index.js';

const de = {
  adapter: {
    term: 'Adapter (LoRA)',
    short: 'Ein kleiner Zusatz zu einem fertigen Modell: Nur seine Zahlen werden trainiert, die des Modells bleiben, wie sie sind.',
    long: 'Bei LoRA, 2021 vorgestellt, steht neben einer großen Matrix, einem Rechteck von Gewichten, ein Paar aus zwei schmalen; was das Paar ausrechnet, wird zum Ergebnis der großen dazugezählt. Ein Adapter ist klein, lässt sich ausschalten und gegen einen anderen tauschen, oder man rechnet ihn in das Modell hinein.',
  },
  attention: {
    term: 'Aufmerksamkeit',
    short: 'Der Teil eines Transformers, mit dem jedes Token nachsieht, welche früheren Token für es wichtig sind.',
    long: 'Jedes Token stellt eine Frage und bietet einen Schlüssel an, beides Listen von Zahlen. Passen Frage und Schlüssel gut zusammen, fließt viel vom Wert des früheren Tokens ein, sonst wenig. Die Anteile ergeben zusammen 1. Nach vorn wird in einem GPT nie geschaut: Die Zukunft ist verdeckt.',
  },
  bit: {
    term: 'Bit',
    short: 'Das Maß für Überraschung: Ein Bit ist so viel wie der Ausgang eines fairen Münzwurfs.',
    long: 'Ein Ereignis mit der Wahrscheinlichkeit p trägt −log₂ p Bit. Eine Chance von 1 zu 2 ist ein Bit, 1 zu 4 sind zwei, 1 zu 1.024 sind zehn. Modelle rechnen oft mit dem natürlichen Logarithmus; dann heißt die Einheit Nat, und 1 Nat sind etwa 1,44 Bit.',
  },
  byte: {
    term: 'Byte',
    short: 'Die kleinste Portion, in der Computer Text speichern: eine Zahl von 0 bis 255.',
    long: 'Ein Byte hat acht Stellen aus 0 und 1. Buchstaben ohne Zusätze brauchen in UTF-8 ein Byte, „ä“ zwei, „€“ drei und die meisten Emojis vier. Wer mit Bytes anfängt, kann jeden Text der Welt zerlegen.',
  },
  'byte-pair-encoding': {
    term: 'Bytepaar-Kodierung (BPE)',
    short: 'Ein Verfahren, das aus Text ein Vokabular lernt: Es klebt immer wieder das häufigste Paar benachbarter Stücke zusammen.',
    long: 'Am Anfang stehen einzelne Bytes. Jede Verschmelzung schafft ein neues Token, bis das Vokabular groß genug ist. Beim Zerlegen werden die gelernten Verschmelzungen in derselben Reihenfolge angewendet. 1994 war das ein Verfahren zum Komprimieren; seit GPT-2 benutzen es die meisten Sprachmodelle.',
  },
  'chat-template': {
    term: 'Gesprächsvorlage',
    short: 'Die Regel, nach der ein Gespräch zu einem einzigen Text wird, mit Zeichen dafür, wer gerade spricht.',
    long: 'Ein Sprachmodell kennt keine Gespräche, nur Text. Die Vorlage setzt darum vor und nach jedem Beitrag besondere Token, zum Beispiel <|im_start|> und <|im_end|>. Wer ein Modell mit einer anderen Vorlage befragt als der, mit der es gelernt hat, bekommt schlechtere Antworten. Auf Englisch heißt sie chat template.',
  },
  'context-length': {
    term: 'Kontextlänge',
    short: 'Wie viele Token ein Modell auf einmal vor sich haben kann.',
    long: 'Was weiter zurückliegt, ist für das Modell nicht da. GPT-2 sieht 1.024 Token, heutige große Modelle sehen hunderttausende. Bei gewöhnlicher Aufmerksamkeit wächst die Rechenarbeit etwa mit dem Quadrat der Länge.',
  },
  corpus: {
    term: 'Korpus',
    short: 'Die Sammlung von Texten, aus der ein Modell lernt.',
    long: 'Ein Modell kann nur wiedergeben, was sein Korpus nahelegt, mit allen Lücken und Vorurteilen. Große Modelle lernen aus Billionen von Token, vor allem aus dem Netz. Die Geschichten dieses Kurses schreibt eine Grammatik mit einem Zufallsgenerator; darum ist genau bekannt, wie vorhersagbar sie sind.',
  },
  cosine: {
    term: 'Kosinus',
    short: 'Ein Maß dafür, wie ähnlich die Richtungen zweier Vektoren sind: 1 bei gleicher, 0 bei ganz fremder, −1 bei entgegengesetzter Richtung.',
    long: 'Man multipliziert die Zahlen beider Listen Stelle für Stelle, zählt alles zusammen und teilt durch beide Längen. Wie lang die Vektoren sind, spielt dann keine Rolle mehr, nur noch, wohin sie zeigen. Bei Wörtern bedeutet ein hoher Kosinus: Sie werden ähnlich gebraucht.',
  },
  'cross-entropy': {
    term: 'Kreuzentropie',
    short: 'Die mittlere Überraschung eines Modells über einen Text, den es nicht selbst geschrieben hat.',
    long: 'Für jedes Token wird −log p gerechnet, mit der Wahrscheinlichkeit p, die das Modell ihm gegeben hat; der Durchschnitt ist die Kreuzentropie. Sie ist nie kleiner als die Entropie der Sprache selbst, und der Abstand sagt, was dem Modell noch fehlt. Beim Training ist sie der Verlust.',
  },
  distribution: {
    term: 'Verteilung',
    short: 'Die Liste aller Möglichkeiten mit ihren Wahrscheinlichkeiten, die zusammen 1 ergeben.',
    long: 'Ein Sprachmodell sagt nicht ein Token vorher, sondern eine Verteilung über sein ganzes Vokabular. Erst das Würfeln macht daraus ein Token. Ist die Verteilung spitz, ist das Modell sich sicher; ist sie flach, hält es vieles für möglich.',
  },
  dpo: {
    term: 'DPO',
    short: 'Ein Verfahren, das ein Modell unmittelbar aus Präferenzen lernen lässt, ohne ein eigenes Belohnungsmodell.',
    long: 'Bei jedem Paar wird die bevorzugte Antwort im Vergleich zum früheren Modell wahrscheinlicher gemacht und die andere unwahrscheinlicher. Der Verlust beginnt bei ln 2 und sinkt, je größer der Unterschied wird. Der Name steht für Direct Preference Optimization; Rafael Rafailov und seine Kollegen stellten es 2023 vor.',
  },
  embedding: {
    term: 'Einbettung',
    short: 'Die Liste von Zahlen, mit der ein Modell ein Token darstellt: sein Ort in einem Raum mit vielen Richtungen.',
    long: 'Am Anfang sind die Orte zufällig; das Training rückt Token zusammen, die ähnlich gebraucht werden. Wie ähnlich zwei sind, misst oft der Kosinus des Winkels zwischen ihnen. In GPT-2 hat jedes Token 768 Zahlen oder mehr.',
  },
  entropy: {
    term: 'Entropie',
    short: 'Wie überraschend etwas im Durchschnitt ist, wenn man seine Wahrscheinlichkeiten genau kennt.',
    long: 'Jede Möglichkeit trägt ihre Überraschung −log₂ p bei, gewichtet mit p. Ein fairer Würfel hat 2,58 Bit, ein gezinkter weniger, eine sichere Sache 0. Claude Shannon schätzte 1951 mit menschlichen Ratern, dass Englisch etwa ein Bit je Buchstabe hat.',
  },
  epoch: {
    term: 'Durchgang (Epoche)',
    short: 'Einmal durch alle Beispiele: Danach hat das Modell jedes genau einmal gesehen.',
    long: 'Beim Vortraining großer Modelle wird das meiste nur einmal oder wenige Male gelesen. Beim Feinabstimmen mit wenigen Beispielen sind es oft drei bis fünfzehn Durchgänge, in diesem Kurs auch mehr. Je mehr es werden, desto eher wird auswendig gelernt.',
  },
  'fine-tuning': {
    term: 'Feinabstimmung',
    short: 'Ein fertiges Modell mit wenigen eigenen Beispielen weiter trainieren, damit es anders schreibt.',
    long: 'Die Gewichte beginnen nicht zufällig, sondern dort, wo das große Training aufgehört hat. Darum reichen wenige Beispiele und Sekunden. Zu viel davon, und das Modell vergisst, was es vorher konnte.',
  },
  forgetting: {
    term: 'Vergessen',
    short: 'Ein Modell lernt Neues und verliert dabei, was es vorher konnte.',
    long: 'Altes und Neues stecken in denselben Gewichten. Verändert das Training sie nur noch für neue Beispiele, so achtet nichts mehr darauf, dass das Alte erhalten bleibt. Bei neuronalen Netzen ist das seit 1989 bekannt und heißt auch katastrophales Vergessen. Dagegen hilft, Altes weiter mitzulesen, vorsichtiger zu lernen, oder ein Adapter, den man wieder ausschalten kann.',
  },
  gpt: {
    term: 'GPT',
    short: 'Eine Bauart von Sprachmodell: ein Transformer, der Token für Token nach vorn schreibt.',
    long: 'Die Buchstaben stehen für Generative Pre-trained Transformer. Alle GPTs lösen dieselbe Aufgabe, das nächste Token vorherzusagen, und unterscheiden sich vor allem in der Größe: GPT-2 hatte 2019 bis zu 1,5 Milliarden Parameter. Die Modelle dieses Kurses sind genauso gebaut, nur viel kleiner.',
  },
  gradient: {
    term: 'Gradient',
    short: 'Für jeden Parameter die Antwort auf die Frage: Wird der Verlust größer oder kleiner, wenn ich ein wenig daran drehe?',
    long: 'Das Training dreht jeden Parameter ein kleines Stück gegen seinen Gradienten, also bergab. Berechnet werden alle Gradienten auf einmal, indem man die Rechnung rückwärts durchgeht.',
  },
  grammar: {
    term: 'Grammatik',
    short: 'Hier: Regeln, nach denen ein Programm Geschichten würfelt.',
    long: 'Jede Regel sagt, woraus ein Satzteil bestehen kann und wie wahrscheinlich jede Möglichkeit ist. Weil alle Wahrscheinlichkeiten bekannt sind, kennt man die genaue Entropie der Geschichten: Kein Modell kann sie im Mittel besser vorhersagen.',
  },
  greedy: {
    term: 'Gierige Auswahl',
    short: 'Immer das wahrscheinlichste Token nehmen, ohne zu würfeln.',
    long: 'Das Ergebnis ist jedes Mal gleich. Oft gerät der Text in eine Schleife, weil das Wahrscheinlichste sich selbst wieder wahrscheinlich macht. Eine Temperatur von 0 bedeutet dasselbe.',
  },
  hallucination: {
    term: 'Halluzination',
    short: 'Eine Aussage, die ein Modell flüssig und überzeugt schreibt, obwohl sie nicht stimmt.',
    long: 'Ein Sprachmodell schreibt, was wahrscheinlich klingt; ob es wahr ist, kommt in der Rechnung nicht vor. Wo es wenig weiß, klingt das Erfundene so glatt wie das Gewusste. Nachschlagen in Quellen hilft, beseitigt das Problem aber nicht.',
  },
  head: {
    term: 'Kopf',
    short: 'Eine von mehreren Arten, in einer Schicht zurückzuschauen; jeder Kopf hat eigene Fragen, Schlüssel und Werte.',
    long: 'Die Köpfe einer Schicht arbeiten nebeneinander, und ihre Ergebnisse werden zusammengefügt. Worauf jeder achtet, ergibt sich beim Training. Das kleine Modell dieses Kurses hat vier in jeder Schicht, GPT-2 hat zwölf bis fünfundzwanzig, große Modelle haben bis über hundert.',
  },
  'held-out-text': {
    term: 'Zurückgehaltener Text',
    short: 'Text, den ein Modell beim Training nicht gesehen hat, damit man ehrlich prüfen kann, was es gelernt hat.',
    long: 'Auf dem Trainingstext kann auch auswendig Gelerntes gut aussehen. Erst der Verlust auf zurückgehaltenem Text zeigt, ob das Modell etwas Allgemeines gelernt hat.',
  },
  'hidden-layer': {
    term: 'Verborgene Schicht',
    short: 'Die Neuronen zwischen Eingang und Ausgang eines Netzes: Sie suchen Muster, aus denen der Ausgang seine Antwort zusammensetzt.',
    long: 'Verborgen heißt sie, weil ihr niemand sagt, was sie suchen soll; das ergibt sich beim Lernen. Mehrere solche Schichten hintereinander machen ein Netz tief. Ohne die gebogene Funktion in jedem Neuron könnten viele Schichten nicht mehr als eine.',
  },
  'induction-head': {
    term: 'Induktionskopf',
    short: 'Ein Kopf, der nachsieht, was beim letzten Mal auf dasselbe Token folgte, und es wieder vorschlägt.',
    long: 'Dazu braucht es zwei Schichten: Ein früherer Kopf merkt sich bei jedem Token, welches davor stand; der Induktionskopf findet damit die Stelle nach dem gleichen Token. So setzt ein Modell Muster fort, die es vorher nie gesehen hat. In den kleinen Modellen dieses Kurses haben wir keinen gefunden.',
  },
  instruction: {
    term: 'Anweisung',
    short: 'Ein Text, der sagt, was zu tun ist; an Paaren aus Anweisung und Antwort lernt ein Modell, sie zu befolgen.',
    long: 'Nach dem Vortraining schreibt ein Modell jeden Text nur weiter, auch eine Frage, vielleicht mit der nächsten Frage. Erst Beispiele von Anweisungen und guten Antworten bringen ihm bei zu antworten. Das heißt überwachte Feinabstimmung, auf Englisch supervised fine-tuning (SFT).',
  },
  key: {
    term: 'Schlüssel',
    short: 'Die Liste von Zahlen, an der ein Token von späteren Token gefunden wird.',
    long: 'Ein Kopf berechnet ihn aus dem Vektor des Tokens. Je besser die Frage eines späteren Tokens dazu passt, desto mehr Aufmerksamkeit bekommt er. Auf Englisch heißt er key.',
  },
  'kl-divergence': {
    term: 'KL-Divergenz',
    short: 'Ein Maß dafür, wie weit sich die Wahrscheinlichkeiten eines Modells von denen eines anderen entfernt haben.',
    long: 'Man lässt das eine schreiben und mittelt, um wie viel größer der Logarithmus der Wahrscheinlichkeit bei ihm ist als beim anderen. 0 heißt: beide sind gleich. Sie ist nicht symmetrisch. Beim Lernen aus Präferenzen dient sie als Leine. Benannt ist sie nach Kullback und Leibler (1951).',
  },
  'language-model': {
    term: 'Sprachmodell',
    short: 'Ein Programm, das zu einem angefangenen Text sagt, wie wahrscheinlich jedes Token als nächstes ist.',
    long: 'Mehr ist es nicht: Text hinein, Verteilung heraus. Wer aus der Verteilung würfelt und das Ergebnis anhängt, kann damit schreiben. Eine Markow-Kette ist ein Sprachmodell, ein GPT auch.',
  },
  layer: {
    term: 'Schicht',
    short: 'Eine Stufe des Modells: Zuerst holt die Aufmerksamkeit etwas von anderen Token, dann verarbeitet es ein kleines Netz.',
    long: 'Alle Schichten sind gleich gebaut, haben aber eigene Gewichte. Was eine Schicht ausrechnet, wird zu den Zahlen jedes Tokens dazugezählt. Beim Transformer heißt eine Schicht auch Block.',
  },
  'learning-rate': {
    term: 'Lernrate',
    short: 'Wie weit das Training die Parameter bei jedem Schritt bewegt.',
    long: 'Zu klein, und es dauert ewig; zu groß, und der Verlust springt nach oben. Üblich ist ein sanfter Anstieg am Anfang und ein langsames Abnehmen bis zum Ende.',
  },
  'logit-lens': {
    term: 'Logit-Linse',
    short: 'Ein Blick in die Mitte des Modells: Welches Token läge vorn, wenn nach dieser Schicht schon Schluss wäre?',
    long: 'Man nimmt die Zahlen eines Tokens nach einer mittleren Schicht und rechnet damit wie sonst am Ende. Weil die mittleren Schichten nicht dafür gelernt haben, ist das Ergebnis ein Hinweis, kein Protokoll. Der Name stammt von 2020.',
  },
  logits: {
    term: 'Logits',
    short: 'Die rohen Punktzahlen, die ein Modell jedem Token gibt, bevor daraus Wahrscheinlichkeiten werden.',
    long: 'Logits können beliebig groß, klein und negativ sein. Nur ihre Abstände zählen: Wer zu allen dasselbe addiert, ändert nichts. Softmax macht aus ihnen Wahrscheinlichkeiten; Temperatur und Strafen verändern sie vorher.',
  },
  loss: {
    term: 'Verlust',
    short: 'Die Zahl, die das Training kleiner machen soll: wie falsch das Modell gerade liegt.',
    long: 'Bei Sprachmodellen ist es die Kreuzentropie, die mittlere Überraschung je Token, meist in Nat. Ein Modell, das unter 1.000 Token blind rät, hat einen Verlust von 6,9.',
  },
  'markov-chain': {
    term: 'Markow-Kette',
    short: 'Ein Modell, das nur die letzten paar Stücke kennt und nachzählt, was im Text danach kam.',
    long: 'Sie besteht aus einer Tabelle: zu jedem Anfang, wie oft welches Stück folgte. Andrei Markow zählte so 1913 die Buchstaben in einem Roman von Puschkin. Was sie nie gezählt hat, kann sie ohne Glättung nicht schreiben.',
  },
  mask: {
    term: 'Maske',
    short: 'Was die Token verdeckt, die ein Token nicht ansehen darf; bei einem GPT alle, die nach ihm kommen.',
    long: 'Die Punkte verdeckter Token werden vor der Softmax auf minus unendlich gesetzt, ihr Anteil ist dann genau null. So kann ein Modell beim Training an allen Stellen eines Textes zugleich raten, ohne abzuschreiben. BERT hat keine solche Maske und schaut in beide Richtungen.',
  },
  merge: {
    term: 'Verschmelzung',
    short: 'Ein Schritt der Bytepaar-Kodierung: Zwei Stücke, die oft nebeneinander stehen, werden ein Token.',
    long: 'Die Verschmelzungen stehen in einer Liste, und ihre Reihenfolge zählt: Frühe werden zuerst angewendet. GPT-2 hat genau 50.000.',
  },
  'min-p': {
    term: 'Min-p',
    short: 'Beim Würfeln nur Token zulassen, die wenigstens einen bestimmten Bruchteil so wahrscheinlich sind wie das wahrscheinlichste.',
    long: 'Bei Min-p 0,1 und einem Spitzenreiter mit 60 % fällt weg, was unter 6 % liegt. Ist das Modell unsicher, bleiben dadurch mehr Token im Spiel, ist es sicher, weniger.',
  },
  'n-gram': {
    term: 'N-Gramm',
    short: 'Eine Folge von n Stücken aus einem Text, zum Beispiel drei Wörter hintereinander.',
    long: 'Zwei heißen Bigramm, drei Trigramm. Eine Markow-Kette mit Gedächtnis 2 zählt Trigramme: zwei Stücke, die sie sieht, und eines, das folgt. Mit n wächst die Zahl der möglichen Folgen so schnell, dass die meisten nie vorkommen.',
  },
  'neural-network': {
    term: 'Neuronales Netz',
    short: 'Eine Rechnung aus vielen einfachen Schritten, deren Zahlen sich durch Beispiele einstellen.',
    long: 'Jedes Neuron zählt seine Eingänge gewichtet zusammen und lässt das Ergebnis durch eine gebogene Funktion. Viele davon hintereinander können fast jeden Zusammenhang annähern. Mit Nervenzellen hat das nur den Namen und eine grobe Idee gemeinsam.',
  },
  neuron: {
    term: 'Neuron',
    short: 'Eine kleine Rechnung: jeden Eingang mit einem Gewicht malnehmen, alles zusammenzählen, und das Ergebnis durch eine gebogene Funktion schicken.',
    long: 'Zu den Gewichten kommt ein Grundwert, der auch ohne Eingang zählt. Die gebogene Funktion macht zum Beispiel alles Negative zu null (ReLU) oder drückt die Summe zwischen 0 und 1 (Sigmoid). Der Name stammt von Nervenzellen, die das Vorbild waren.',
  },
  order: {
    term: 'Gedächtnis (Ordnung)',
    short: 'Wie viele Stücke eine Markow-Kette zurückschaut, bevor sie das nächste würfelt.',
    long: 'Mit Gedächtnis 1 passt jedes Paar, mehr nicht. Mit jedem Schritt mehr wird der Text glatter, aber die Kette findet zu den langen Anfängen nur noch eine einzige Fortsetzung und schreibt ab.',
  },
  overfitting: {
    term: 'Überanpassung',
    short: 'Ein Modell lernt seine Beispiele auswendig, statt das Allgemeine daran zu lernen.',
    long: 'Man erkennt es daran, dass der Verlust auf dem Trainingstext weiter sinkt, auf zurückgehaltenem Text aber wieder steigt. Es hilft mehr Text, ein kleineres Modell oder früher aufzuhören.',
  },
  parameters: {
    term: 'Parameter (Gewichte)',
    short: 'Die Zahlen in einem Modell, die beim Training eingestellt werden.',
    long: 'In ihnen steckt alles, was das Modell gelernt hat; das Programm darum herum ist kurz. Die mitgelieferten Modelle dieses Kurses haben je rund 1,1 Millionen, GPT-2 hatte bis zu 1,5 Milliarden, heutige große Modelle haben Hunderte von Milliarden.',
  },
  perplexity: {
    term: 'Perplexität',
    short: 'Unter wie vielen gleich wahrscheinlichen Token sich das Modell im Schnitt entscheiden musste.',
    long: 'Sie ist e hoch Kreuzentropie in Nat, oder 2 hoch Kreuzentropie in Bit. Perplexität 8 heißt: so unsicher wie bei einem Würfel mit acht Seiten. Vergleichen darf man sie nur bei gleichem Text und gleichen Token.',
  },
  preference: {
    term: 'Präferenz',
    short: 'Ein Urteil darüber, welche von zwei Antworten jemandem lieber ist.',
    long: 'Gespeichert werden der Prompt, die bevorzugte und die andere Antwort. Warum, steht nicht dabei. Verschiedene Menschen urteilen verschieden: Bei InstructGPT stimmten sie in knapp drei von vier Fällen überein.',
  },
  pretraining: {
    term: 'Vortraining',
    short: 'Das erste, große Training eines Modells: sehr viel Text, und immer dieselbe Aufgabe, das nächste Token vorherzusagen.',
    long: 'Dabei lernt ein Modell Sprache und fast alles, was es weiß. Bei großen Modellen sind es Billionen von Token und Wochen oder Monate auf Tausenden von Chips. Das Wort steckt auch im Namen GPT: generative pre-trained transformer.',
  },
  probability: {
    term: 'Wahrscheinlichkeit',
    short: 'Eine Zahl von 0 (kommt nicht vor) bis 1 (kommt sicher), oft in Prozent.',
    long: 'Bei einem Sprachmodell sagt sie, welchen Anteil ein Token hätte, wenn man sehr oft würfelte. Ob das zur Sprache passt, misst man an echtem Text: Was ein gutes Modell mit 20 % vorhersagt, trifft in etwa einem von fünf Fällen ein.',
  },
  prompt: {
    term: 'Prompt',
    short: 'Der Textanfang, den man einem Modell gibt und den es fortsetzt.',
    long: 'Für das Modell ist er Text wie jeder andere. Auch ein Gespräch mit einem Chatmodell ist ein einziger langer Prompt, in dem Zeichen markieren, wer spricht.',
  },
  query: {
    term: 'Frage',
    short: 'Die Liste von Zahlen, mit der ein Token bei früheren Token sucht.',
    long: 'Ein Kopf berechnet sie aus dem Vektor des Tokens. Frage mal Schlüssel, Zahl für Zahl und dann addiert, ergibt die Punkte, aus denen die Anteile der Aufmerksamkeit werden. Auf Englisch heißt sie query.',
  },
  'random-number': {
    term: 'Zufallszahl',
    short: 'Eine Zahl, die niemand vorhersagen kann, oder eine, die nur so aussieht.',
    long: 'Computer rechnen Zufallszahlen meist aus: Ein Generator macht aus einem Startwert eine lange Folge, die zufällig wirkt und sich doch genau wiederholen lässt. Darum gibt derselbe Startwert denselben Text.',
  },
  rank: {
    term: 'Rang',
    short: 'Wie schmal die beiden Matrizen eines LoRA-Adapters sind: Je kleiner der Rang, desto weniger Zahlen hat er.',
    long: 'Eine Matrix mit 128 Zeilen und 384 Spalten hat 49.152 Zahlen. Ein Paar vom Rang 8 hat daneben 128 × 8 und 8 × 384 Zahlen, zusammen 4.096. Damit lassen sich nur Änderungen in acht Richtungen ausdrücken. Für einen neuen Stil genügt das oft.',
  },
  'reinforcement-learning': {
    term: 'Verstärkendes Lernen',
    short: 'Lernen aus Belohnungen: Was mehr einbringt als üblich, wird wahrscheinlicher gemacht, der Rest unwahrscheinlicher.',
    long: 'Das Modell schreibt selbst, und erst danach erfährt es, wie gut das war. Was es hätte schreiben sollen, sagt ihm niemand. Bekannte Verfahren für Sprachmodelle sind PPO und GRPO. Auf Englisch heißt es Reinforcement Learning.',
  },
  'repetition-penalty': {
    term: 'Wiederholungsstrafe',
    short: 'Token, die schon im Text stehen, werden beim Würfeln unwahrscheinlicher gemacht.',
    long: 'Ihre Logits werden durch die Strafe geteilt oder, wenn sie negativ sind, damit malgenommen. Bei 1 geschieht nichts, üblich sind 1,1 bis 1,3. Zu viel davon verbietet auch „der“ und „und“.',
  },
  replay: {
    term: 'Wiederholung (Replay)',
    short: 'Beim Feinabstimmen auch Texte von früher wieder lesen lassen, damit das Modell sie nicht vergisst.',
    long: 'Unter die neuen Beispiele wird in jedem Schritt ein Teil Altes gemischt, zum Beispiel die Hälfte. Dann achtet das Training auf beides zugleich: Das Neue wird etwas langsamer gelernt, vom Alten bleibt mehr erhalten. Man braucht dafür den alten Text oder einen ähnlichen.',
  },
  'reward-hacking': {
    term: 'Belohnungshacken',
    short: 'Ein Modell treibt die Belohnung in die Höhe, ohne das zu tun, wofür sie gedacht war.',
    long: 'Eine Belohnung misst nie genau das, was man will. Solange beides miteinander einhergeht, hilft sie; wer sie weiter treibt, treibt beides auseinander. Erkennen lässt es sich nur an etwas, das getrennt gemessen wird. Dagegen hilft, früh aufzuhören oder die Entfernung vom früheren Modell zu begrenzen.',
  },
  'reward-model': {
    term: 'Belohnungsmodell',
    short: 'Ein Modell, das eine Antwort liest und mit einer Zahl sagt, wie gut sie Menschen gefallen würde.',
    long: 'Es lernt aus Paaren: Die bevorzugte Antwort soll die größere Zahl bekommen. Aus dem Unterschied zweier Zahlen folgt, mit welcher Wahrscheinlichkeit die eine gewinnt (Bradley und Terry, 1952). Bei DPO übernimmt das Modell selbst diese Rolle.',
  },
  rlhf: {
    term: 'RLHF',
    short: 'Ein Modell lernt aus menschlichen Rückmeldungen: erst ein Belohnungsmodell aus Vergleichen, dann das Modell aus Belohnungen.',
    long: 'Der Name steht für Reinforcement Learning from Human Feedback. Für InstructGPT wurde so 2022 aus GPT-3 ein Assistent, und auf dieselbe Weise entstand ChatGPT. Oft meint man damit auch Verfahren ohne Belohnungsmodell, etwa DPO.',
  },
  sampling: {
    term: 'Würfeln (Sampling)',
    short: 'Aus der Verteilung eines Modells zufällig ein Token ziehen, wahrscheinliche öfter.',
    long: 'Man denkt sich eine Strecke von 0 bis 1, auf der jedes Token so viel Platz hat, wie es wahrscheinlich ist; eine Zufallszahl zeigt auf eines davon. Temperatur, Top-k, Top-p und Min-p verändern die Strecke vorher.',
  },
  seed: {
    term: 'Startwert (Seed)',
    short: 'Die Zahl, mit der ein Zufallsgenerator beginnt: gleicher Startwert, gleicher Zufall.',
    long: 'Mit ihm lässt sich alles in diesem Kurs wiederholen. Er steht in der Adresse der Seite, darum zeigt ein geteilter Link genau dasselbe.',
  },
  smoothing: {
    term: 'Glättung',
    short: 'Auch dem eine kleine Wahrscheinlichkeit geben, was nie gezählt wurde.',
    long: 'Ohne Glättung wäre ein einziges neues Wortpaar unendlich überraschend. Man zählt zum Beispiel überall ein wenig dazu oder mischt kürzere Gedächtnisse bei. Zu viel Glättung macht den Text wieder zu Buchstabensalat.',
  },
  softmax: {
    term: 'Softmax',
    short: 'Die Formel, die aus Punktzahlen Wahrscheinlichkeiten macht, die zusammen 1 ergeben.',
    long: 'Jeder Logit wird zu e hoch Logit, dann wird durch die Summe geteilt. Ein Vorsprung von 1 macht ein Token 2,7-mal so wahrscheinlich wie das andere.',
  },
  subword: {
    term: 'Teilwort',
    short: 'Ein Stück eines Wortes aus einigen Buchstaben, das einen eigenen Vektor hat oder ein eigenes Token ist.',
    long: 'fastText zerlegt jedes Wort in alle Stücke aus drei bis sechs Zeichen, die sich überlappen; der Vektor eines Wortes ist ihr Mittelwert. Die Token der Sprachmodelle sind auch Teilwörter, aber sie überlappen sich nicht: Jeder Text hat genau eine Zerlegung.',
  },
  surprise: {
    term: 'Überraschung',
    short: 'Wie unerwartet ein Token für ein Modell war: je kleiner seine Wahrscheinlichkeit, desto größer.',
    long: 'Gerechnet wird −log₂ p, in Bit. Was sicher war, überrascht mit 0 Bit, was eine Chance von 1 zu 1.000 hatte, mit fast 10. Die Überraschungen mehrerer Token darf man zusammenzählen.',
  },
  temperature: {
    term: 'Temperatur',
    short: 'Ein Regler beim Würfeln: niedrig nimmt fast immer das Wahrscheinlichste, hoch wagt auch Abwegiges.',
    long: 'Die Logits werden durch die Temperatur geteilt, bevor Softmax rechnet. Bei 1 bleibt die Verteilung, wie das Modell sie gelernt hat, gegen 0 wird sie zur gierigen Auswahl, nach oben immer flacher.',
  },
  token: {
    term: 'Token',
    short: 'Ein Stück Text, mit dem ein Sprachmodell rechnet: ein Wort, ein Wortteil oder ein Zeichen.',
    long: 'Jedes Token hat eine Nummer (Id). Die Liste aller Token heißt Vokabular; große Modelle haben 50.000 bis 250.000. Ein Leerzeichen gehört meist zum Token, das ihm folgt.',
  },
  'token-id': {
    term: 'Token-Id',
    short: 'Die Nummer eines Tokens im Vokabular: das Einzige, was das Modell von ihm sieht.',
    long: 'Die Nummern haben keine Bedeutung; 17 ist der 18 nicht ähnlicher als der 4.000. Erst die Einbettung gibt jeder Nummer einen Ort, an dem Ähnlichkeit etwas heißt.',
  },
  'top-k': {
    term: 'Top-k',
    short: 'Beim Würfeln nur die k wahrscheinlichsten Token zulassen.',
    long: 'Bei k = 40 fällt alles ab Platz 41 weg, und der Rest wird wieder auf 1 gebracht. Die Grenze ist starr: Ist das Modell sich sicher, lässt sie zu viel durch, ist es unsicher, zu wenig.',
  },
  'top-p': {
    term: 'Top-p (Nucleus)',
    short: 'Beim Würfeln nur die wahrscheinlichsten Token zulassen, die zusammen den Anteil p erreichen.',
    long: 'Bei p = 0,9 bleiben so viele, dass ihre Wahrscheinlichkeiten zusammen 90 % ergeben: mal zwei Token, mal zweihundert. Das Verfahren stammt von 2019.',
  },
  training: {
    term: 'Training',
    short: 'Die Parameter eines Modells an Beispielen einstellen, in vielen kleinen Schritten.',
    long: 'Jeder Schritt nimmt ein paar Textstücke, misst den Verlust, berechnet die Gradienten und dreht jeden Parameter ein wenig in die bessere Richtung. Die kleinen Modelle hier brauchen tausende Schritte, große Millionen und Monate.',
  },
  transformer: {
    term: 'Transformer',
    short: 'Das neuronale Netz hinter den heutigen Sprachmodellen; sein Kern ist die Aufmerksamkeit.',
    long: 'Er besteht aus gleich gebauten Schichten, auch Blöcke genannt. In jeder holen sich die Token erst durch Aufmerksamkeit etwas von den früheren, dann rechnet ein kleines Netz für jedes Token allein weiter. Vorgestellt wurde er 2017, zum Übersetzen.',
  },
  'utf-8': {
    term: 'UTF-8',
    short: 'Die übliche Art, Schriftzeichen aller Sprachen als Bytes zu speichern.',
    long: 'Ein Zeichen belegt ein bis vier Bytes. Ein Token kann mitten in einem Zeichen enden; dann ist es für sich genommen nicht lesbar, und erst mit dem nächsten wird ein „ä“ daraus.',
  },
  value: {
    term: 'Wert',
    short: 'Die Liste von Zahlen, die ein Token mitgibt, wenn ein anderes auf es schaut.',
    long: 'Die Werte aller angesehenen Token werden nach ihren Anteilen gemischt. Was ein Token mitgibt, kann etwas anderes sein als das, woran es gefunden wird. Auf Englisch heißt er value.',
  },
  vocabulary: {
    term: 'Vokabular',
    short: 'Die Liste aller Token, die ein Modell kennt, jedes mit seiner Nummer.',
    long: 'Ein kleines Vokabular macht Texte lang, ein großes macht das Modell groß. GPT-2 hat 50.257 Token, neuere Modelle bis zu 250.000, weil sie viele Sprachen und Programme lesen.',
  },
  weat: {
    term: 'WEAT',
    short: 'Ein Test, der misst, ob in Wortvektoren die einen Dinge näher bei den einen Menschen liegen als andere Dinge.',
    long: 'Für jedes Ding wird der mittlere Kosinus zu beiden Gruppen von Menschen verglichen. Der p-Wert ist der Anteil aller Aufteilungen der Dinge, bei denen der Unterschied mindestens so groß wäre. Die Effektstärke ist der Unterschied der Mittelwerte, geteilt durch die Streuung; sie liegt zwischen −2 und 2.',
  },
  weight: {
    term: 'Gewicht',
    short: 'Eine Zahl, die sagt, wie stark und in welche Richtung ein Eingang eines Neurons zählt.',
    long: 'Beim Training werden die Gewichte in kleinen Schritten so verändert, dass der Verlust sinkt. Gewichte und Grundwerte zusammen nennt man auch Parameter; was ein Netz gelernt hat, steckt allein in ihnen.',
  },
  'word-vector': {
    term: 'Wortvektor',
    short: 'Die Liste von Zahlen, die den Ort eines Wortes angibt, gelernt aus seiner Nachbarschaft in Texten.',
    long: 'Bekannt wurden Wortvektoren 2013 mit word2vec, meist mit 100 bis 300 Zahlen je Wort; hier sind es 16. Jedes Wort hat genau einen Ort, auch wenn es mehrere Bedeutungen hat. In einem Sprachmodell heißt die Liste, mit der ein Token beginnt, Einbettung.',
  },
  'zipfs-law': {
    term: 'Zipfsches Gesetz',
    short: 'In fast jedem Text ist das zweithäufigste Wort halb so häufig wie das häufigste, das dritte ein Drittel so häufig, und so weiter.',
    long: 'Trägt man Rang und Häufigkeit auf, beide Achsen in Zehnerschritten, entsteht fast eine Gerade. Sehr viele Wörter kommen nur ein einziges Mal vor; darum sieht ein Modell nie genug Text.',
  },
} satisfies Record<string, GlossaryEntry>;

export default de;
