// Places, times and weather. Places are listed as whole phrases: „wo“ in the dative, „wohin“ in the accusative or with zu.

import { adjectives, fixed, nouns, table } from '../words.js';

export const days = nouns('day', 'der Morgen', 'der Vormittag', 'der Nachmittag', 'der Tag', 'der Sonntag', 'der Samstag', 'der Freitag', 'der Frühlingstag', 'der Sommertag', 'der Herbsttag', 'der Ferientag');
export const dayAdjectives = adjectives('weather', 'sonnig', 'warm', 'hell', 'windig', 'schön', 'still', 'mild', 'frisch', 'klar', 'freundlich', 'heiter', 'herrlich', 'ruhig', 'lau', 'golden', 'wunderschön');
/** Continues „Es war ein schöner Tag, und ...“. */
export const weather = fixed('sky',
  'die Sonne schien', 'die Vögel sangen', 'der Wind spielte mit den Blättern', 'weiße Wolken zogen über den Himmel', 'überall blühten Blumen', 'die Bienen summten',
  'es roch nach frischem Gras', 'die Blätter rauschten', 'der Himmel war ganz blau', 'es duftete nach Heu', 'die Schwalben flogen hoch', 'im Gras zirpten die Grillen',
  'die Luft roch nach Äpfeln', 'kein Wölkchen war zu sehen', 'auf den Wiesen glitzerte der Tau', 'die Glocken läuteten');

export const homes = nouns('home', 'das Haus', 'das Dorf', 'die Hütte', 'der Bauernhof', 'die Stadt', 'das Häuschen', 'die Mühle', 'die Straße', 'das Städtchen');
export const homeAdjectives = adjectives('home look', 'klein', 'alt', 'schön', 'gemütlich', 'bunt', 'ruhig', 'hübsch', 'verwinkelt', 'windschief');
export const homePlaces = fixed('home place', 'am Waldrand', 'am Fluss', 'am Meer', 'in den Bergen', 'hinter den Hügeln', 'an einem See', 'im Norden', 'im Süden', 'zwischen Wiesen und Feldern', 'am Ende der Welt', 'nicht weit von hier', 'neben einem Kirschgarten');

/** Where children are out of doors. */
export const outdoors = table('outdoors', ['wo', 'wohin'],
  'im Garten | in den Garten', 'auf der Wiese | auf die Wiese', 'am Bach | an den Bach', 'am See | an den See', 'im Wald | in den Wald', 'auf dem Spielplatz | auf den Spielplatz',
  'im Park | in den Park', 'auf dem Hof | auf den Hof', 'am Fluss | an den Fluss', 'unter der alten Eiche | zur alten Eiche', 'auf dem Bauernhof | zum Bauernhof',
  'auf dem Hügel | auf den Hügel', 'am Waldrand | an den Waldrand', 'bei der Scheune | zur Scheune', 'am Teich | an den Teich', 'am Dorfbrunnen | zum Dorfbrunnen');

/** Spots where a small thing can lie unseen. */
export const outdoorSpots = fixed('outdoor spot',
  'unter dem Apfelbaum', 'im hohen Gras', 'hinter der Hecke', 'neben dem Brunnen', 'auf der Bank', 'im Sandkasten', 'zwischen den Blumen', 'unter der Schaukel', 'am Zaun', 'vor dem Gartentor',
  'im Gemüsebeet', 'unter dem Holunderbusch', 'auf dem Baumstumpf', 'hinter dem Schuppen', 'in der Schubkarre', 'unter einem Blatt', 'neben dem Kaninchenstall', 'im Laub', 'hinter der Regentonne', 'zwischen zwei Steinen');
export const indoorSpots = fixed('indoor spot',
  'unter dem Bett', 'hinter dem Sofa', 'im Schrank', 'in der Küche', 'auf dem Dachboden', 'in der Spielkiste', 'hinter der Tür', 'unter dem Tisch', 'im Keller', 'im Flur', 'auf der Treppe',
  'unter dem Teppich', 'im Bücherregal', 'hinter dem Vorhang', 'im Wäschekorb', 'auf der Fensterbank', 'in der Schublade', 'unter der Decke');
/** Spots from which noises come at night and where a small animal is found. */
export const nightSpots = fixed('night spot', 'unter dem Bett', 'auf dem Dachboden', 'hinter der Tür', 'im Schrank', 'auf der Treppe', 'im Flur', 'hinter dem Vorhang', 'in der Küche', 'unter dem Schreibtisch', 'im Keller', 'in der Spielkiste', 'auf dem Balkon');
/** Continues „setzte sich ...“. */
export const seats = fixed('seat', 'auf eine Bank', 'unter einen Baum', 'ins Gras', 'auf einen Stein', 'an den Bach', 'auf die Treppe', 'neben den Brunnen', 'auf einen Baumstamm', 'auf die Mauer', 'in den Schatten', 'ans Ufer', 'auf die Wiese');

/** Places in a wood that an animal comes by: where, and after zu. */
export const woodSpots = table('wood spot', ['wo', 'zu'],
  'an einem hohlen Baum | zu einem hohlen Baum', 'an einem kleinen Bach | zu einem kleinen Bach', 'auf einer Lichtung | zu einer Lichtung', 'an einem großen Felsen | zu einem großen Felsen', 'bei drei alten Tannen | zu drei alten Tannen',
  'an einer schmalen Brücke | zu einer schmalen Brücke', 'an einem dunklen Teich | zu einem dunklen Teich', 'bei einer dicken Eiche | zu einer dicken Eiche', 'an einem Ameisenhaufen | zu einem Ameisenhaufen', 'an einem Wegweiser | zu einem Wegweiser',
  'an einer Quelle | zu einer Quelle', 'bei einem Brombeerstrauch | zu einem Brombeerstrauch', 'an einem umgestürzten Baum | zu einem umgestürzten Baum', 'vor einer Höhle | zu einer Höhle');
/** Where wood animals live, large and small. */
export const dens = fixed('den', 'am Fuß eines Hügels', 'in einer Höhle', 'neben einem hohlen Baum', 'in einem stillen Tal', 'am Ufer eines Baches', 'hinter einem Brombeerstrauch', 'mitten im Wald', 'unter einer dicken Eiche', 'am Rand einer Lichtung', 'zwischen zwei Felsen');
/** Sights worth being shown. */
export const sights = fixed('sight',
  'eine Wiese voller Erdbeeren', 'ein kleiner blauer See', 'ein Nest mit drei Eiern', 'ein Baum voller Kirschen', 'ein Wasserfall', 'ein Feld voller Mohnblumen', 'eine geheime Höhle', 'ein Teich mit goldenen Fischen',
  'eine Lichtung voller Schmetterlinge', 'ein alter Turm', 'ein Strauch voller Himbeeren', 'eine Quelle mit klarem Wasser', 'ein Regenbogen', 'ein Garten voller Rosen', 'ein leeres Baumhaus', 'eine Schaukel aus Lianen');
