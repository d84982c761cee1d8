// A birthday is near, the money box is empty, and two presents go wrong before one goes right.

import { cast, form, oneOf, type Node } from '../../grammar/nodes.js';
import { line, sometimes, tell } from '../../grammar/template.js';
import { variable } from '../../grammar/words.js';
import { opening, sadness } from '../common.js';
import { dismay, atLast, first, kindly, next, said, startled } from '../lexicon/manner.js';
import { friend, grownUps, hero } from '../lexicon/people.js';
import { drinks, meals } from '../lexicon/things.js';
import { ein, er, inForm } from '../phrases.js';
import { adjectives, fixed, nouns, table } from '../words.js';

const person = variable('person', grownUps);

/** Presents: „Zuerst malte Anna ein Bild, aber die Farbe lief aus.“ */
const presents = table('present', ['what', 'did', 'together', 'failure'],
  'ein Bild | malte | malten | die Farbe lief aus',
  'einen Kuchen | backte | backten | der Kuchen verbrannte im Ofen',
  'einen Schal | strickte | strickten | die Wolle war zu kurz',
  'eine Kette | fädelte | fädelten | die Schnur riss',
  'eine Tasse | formte | formten | die Tasse zerbrach',
  'einen Blumenstrauß | pflückte | pflückten | eine Ziege fraß die Blumen auf',
  'ein Gedicht | schrieb | schrieben | es wollte sich einfach nicht reimen',
  'ein Vogelhaus | baute | bauten | das Dach wurde ganz schief',
  'eine Laterne | bastelte | bastelten | das Papier bekam ein Loch',
  'ein Kissen | nähte | nähten | die Naht ging wieder auf',
  'einen Korb | flocht | flochten | der Boden fiel heraus',
  'ein Glas Marmelade | kochte | kochten | die Marmelade brannte an',
  'eine Mütze | häkelte | häkelten | die Mütze wurde viel zu klein',
  'eine Schachtel voller Plätzchen | backte | backten | der Hund fraß sie auf',
  'einen Kalender | zeichnete | zeichneten | der Februar fehlte',
);
const presentA = variable('first present', presents);
const presentB = variable('second present', presents);
const presentC = variable('last present', presents);

const papers = adjectives('wrapping colour', 'rot', 'blau', 'grün', 'gelb', 'weiß', 'bunt', 'golden', 'silbern', 'hellblau', 'gestreift', 'gepunktet', 'glänzend');
const ribbon = nouns('ribbon', 'die Schleife', 'das Band', 'die Kordel', 'der Faden');
const money = fixed('money', 'die Spardose war leer', 'im Laden war alles viel zu teuer', 'das Taschengeld war schon ausgegeben', 'in der Spardose lag nur ein Knopf', 'drei kleine Münzen reichten nicht weit', 'die Läden hatten schon geschlossen');
const wishes = fixed('wish', 'Alles Gute zum Geburtstag', 'Herzlichen Glückwunsch', 'Das ist für dich', 'Das haben wir selbst gemacht', 'Überraschung');
const praise = fixed('praise', 'Das ist das schönste Geschenk von allen', 'So etwas Schönes habe ich noch nie bekommen', 'Ihr seid ja richtige Künstler', 'Was für eine Überraschung', 'Das habt ihr wunderbar gemacht', 'Darüber freue ich mich riesig');
const soon = fixed('soon', 'morgen', 'in drei Tagen', 'am Sonntag', 'bald', 'in einer Woche', 'übermorgen');

export function gift(): Node {
  return cast([hero, [friend, hero], person, presentA, [presentB, presentA], [presentC, presentA, presentB]], tell(
    opening(),
    oneOf('birthday',
      line`${soon} hatte ${person} Geburtstag, und ${hero} wollte ${er(person, 'dat')} etwas ${oneOf('kind of present', 'Schönes', 'Besonderes', 'ganz Tolles', 'Feines')} schenken.`,
      line`„Was schenke ich nur ${person} zum Geburtstag?“, fragte sich ${hero}.`,
      line`${hero} suchte ein Geschenk für ${person}, denn ${soon} hatte ${er(person)} Geburtstag.`,
    ),
    line`Aber ${money}.`,
    sometimes('decision', line`„Dann mache ich eben selbst etwas“, ${oneOf('decided', 'beschloss', 'sagte', 'dachte')} ${hero}.`, 2, 1),
    line`${first} ${form(presentA, 'did')} ${er(hero)} ${presentA}, aber ${form(presentA, 'failure')}.`,
    line`${next} ${form(presentB, 'did')} ${er(hero)} ${presentB}, doch ${form(presentB, 'failure')}.`,
    oneOf('despair',
      line`„${dismay}, ich kann das nicht!“, rief ${hero} ${startled}.`,
      sadness(),
    ),
    oneOf('help',
      line`Da kam ${friend} zu Besuch und sagte ${kindly}: „Zusammen schaffen wir das.“`,
      line`„Lass uns das zusammen machen“, ${said} ${friend} ${kindly}.`,
      line`„Zu zweit geht es leichter“, ${said} ${friend} ${kindly}.`,
    ),
    oneOf('success',
      line`Gemeinsam ${form(presentC, 'together')} sie ${presentC}, und ${atLast} ${oneOf('worked', 'ging alles gut', 'klappte es', 'gelang es', 'wurde es wunderschön')}.`,
      line`Die beiden ${form(presentC, 'together')} ${presentC} und brauchten dafür ${oneOf('how long', 'den ganzen Nachmittag', 'den ganzen Vormittag', 'zwei Stunden', 'bis zum Abend')}.`,
    ),
    sometimes('wrapping', line`Sie packten alles in ${inForm(papers, 'es')} Papier und banden ${ein(ribbon, 'akk', papers)} darum.`, 2, 1),
    line`„${wishes}!“, riefen ${hero} und ${friend} am ${oneOf('when given', 'Geburtstag', 'großen Tag', 'Morgen der Feier', 'Geburtstagsmorgen')}.`,
    line`„${praise}!“, ${oneOf('said moved', 'rief', 'sagte')} ${person} ${oneOf('moved how', 'gerührt', 'strahlend', 'mit leuchtenden Augen', 'und lachte', 'überglücklich', 'froh')}.`,
    oneOf('party',
      line`Dann aßen alle ${meals} und tranken ${drinks}.`,
      line`${person} nahm die beiden ganz fest in die Arme.`,
      line`Selbst gemacht ist eben ${oneOf('moral', 'am schönsten', 'besser als gekauft', 'mehr wert als Gold')}.`,
      line`Dann sangen und tanzten sie, bis ${oneOf('until', 'der Mond aufging', 'alle müde waren', 'die Kerzen ausgingen', 'die Nachbarn kamen und mitmachten')}.`,
    ),
  ));
}
