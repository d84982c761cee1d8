// Animals and their adjectives.

import { adjectives, fixed, nouns } from '../words.js';

/** Animals of wood, meadow and farm; in stories they can talk. */
export const animals = nouns('animal',
  'der Igel', 'der Fuchs', 'der Hase|Hasen', 'der Frosch', 'der Spatz|Spatzen', 'der Rabe|Raben', 'der Dachs', 'der Esel', 'der Hund', 'der Kater', 'der Biber', 'der Maulwurf',
  'der Specht', 'der Storch', 'der Waschbär|Waschbären', 'der Hamster', 'der Otter', 'der Ziegenbock', 'der Hahn',
  'die Maus', 'die Ente', 'die Katze', 'die Eule', 'die Ziege', 'die Amsel', 'die Gans', 'die Schildkröte', 'die Meise', 'die Kröte', 'die Taube', 'die Henne', 'die Elster',
  'das Eichhörnchen', 'das Kaninchen', 'das Reh', 'das Lamm', 'das Schaf', 'das Pony', 'das Kätzchen', 'das Ferkel', 'das Kalb', 'das Fohlen');

/** Small ones that fall into holes or sit in wardrobes. */
export const smallAnimals = nouns('small animal',
  'der Igel', 'der Hase|Hasen', 'der Hamster', 'der Welpe|Welpen', 'der Frosch', 'der Waschbär|Waschbären', 'der Dackel',
  'die Maus', 'die Katze', 'die Schildkröte', 'die Ente', 'die Kröte', 'die Ratte',
  'das Kätzchen', 'das Kaninchen', 'das Meerschweinchen', 'das Küken', 'das Eichhörnchen', 'das Lamm', 'das Zicklein');

/** Young animals that are heroes themselves. */
export const woodAnimals = nouns('wood animal',
  'der Igel', 'der Fuchs', 'der Hase|Hasen', 'der Bär|Bären', 'der Dachs', 'der Biber', 'der Waschbär|Waschbären', 'der Otter', 'der Frosch', 'der Maulwurf',
  'die Maus', 'die Ente', 'die Gans', 'die Schildkröte', 'die Wildkatze', 'die Kröte',
  'das Eichhörnchen', 'das Kaninchen', 'das Reh', 'das Ferkel', 'das Murmeltier', 'das Lamm');

export const birds = nouns('bird', 'der Spatz|Spatzen', 'der Rabe|Raben', 'der Buntspecht', 'der Kuckuck', 'der Star', 'der Fink|Finken', 'die Amsel', 'die Meise', 'die Elster', 'die Taube', 'die Lerche', 'die Schwalbe', 'die Drossel', 'das Rotkehlchen');
export const insects = nouns('insect', 'der Schmetterling', 'der Marienkäfer', 'der Käfer', 'die Biene', 'die Hummel', 'die Libelle', 'die Grille', 'die Ameise', 'die Schnecke', 'die Raupe');

export const animalAdjectives = adjectives('animal look', 'klein', 'alt', 'grau', 'braun', 'dick', 'dünn', 'jung', 'freundlich', 'schlau', 'lustig', 'frech', 'schüchtern', 'neugierig', 'gemütlich', 'weise|weis', 'gutmütig');
export const mockingAdjectives = adjectives('mocking look', 'frech', 'stolz', 'dick', 'grau', 'alt', 'vorlaut', 'eitel|eitl', 'jung', 'braun', 'mürrisch', 'listig', 'hochnäsig');
export const smallAdjectives = adjectives('small look', 'winzig', 'klein', 'grau', 'braun', 'nass', 'mager', 'schwarz', 'weiß', 'rund', 'süß', 'jung', 'scheu', 'hungrig', 'verschlafen', 'traurig');
export const youngAdjectives = adjectives('young look', 'klein', 'jung', 'neugierig', 'frech', 'schüchtern', 'tapfer', 'verträumt', 'fröhlich', 'flink', 'tollpatschig', 'vorwitzig');

/** What a small animal does when it is found; continues „saß“ or „hockte“ with a second verb. */
export const caughtDoing = fixed('caught doing',
  'knabberte an einem Keks', 'putzte sich', 'blinzelte ins Licht', 'machte große Augen', 'spielte mit einem Knopf', 'kaute an einem alten Strumpf',
  'gähnte', 'rollte eine Nuss hin und her', 'schaute sie verwundert an', 'raschelte mit Papier', 'kratzte sich am Kopf', 'suchte etwas zu fressen');
