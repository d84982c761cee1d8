// Things: toys and treasures, food and drink, tools, and their adjectives.

import { adjectives, fixed, nouns, table } from '../words.js';

/** What a child can carry, lose and miss. */
export const treasures = nouns('treasure',
  'der Ball', 'der Teddybär|Teddybären', 'der Drachen', 'der Kreisel', 'der Schal', 'der Hut', 'der Rucksack', 'der Handschuh', 'der Stoffhase|Stoffhasen', 'der Eimer', 'der Regenschirm', 'der Roller',
  'die Puppe', 'die Trommel', 'die Flöte', 'die Murmel', 'die Mütze', 'die Tasche', 'die Kette', 'die Laterne', 'die Trillerpfeife', 'die Schaufel', 'die Maske', 'die Spieluhr',
  'das Holzschiff', 'das Springseil', 'das Armband', 'das Stofftier', 'das Holzpferd', 'das Bilderbuch', 'das Spielzeugauto', 'das Halstuch');

/** Toys that two children can quarrel about. */
export const toys = nouns('toy',
  'der Ball', 'der Drachen', 'der Kreisel', 'der Roller', 'der Bagger', 'der Kran', 'der Hampelmann',
  'die Puppe', 'die Trommel', 'die Eisenbahn', 'die Krone', 'die Schaufel', 'die Laterne', 'die Kutsche',
  'das Holzschiff', 'das Springseil', 'das Feuerwehrauto', 'das Holzpferd', 'das Segelboot', 'das Flugzeug');

/** Things that are found while looking for something else. */
export const junk = nouns('junk',
  'der Schuh', 'der Knopf', 'der Löffel', 'der Bleistift', 'der Korken', 'der Besen', 'der Topf', 'der Pantoffel',
  'die Socke', 'die Feder', 'die Nuss', 'die Gabel', 'die Dose', 'die Bürste', 'die Schnur', 'die Zeitung',
  'das Kissen', 'das Lineal', 'das Blatt', 'das Taschentuch', 'das Gummiband', 'das Brettchen', 'das Glas');

export const colours = adjectives('colour', 'rot', 'blau', 'grün', 'gelb', 'weiß', 'bunt', 'braun', 'schwarz', 'golden', 'silbern', 'hellblau', 'dunkelgrün', 'gestreift', 'gepunktet', 'knallrot', 'himmelblau');
export const looks = adjectives('look', 'klein', 'alt', 'neu', 'schön', 'hübsch', 'wunderschön', 'toll', 'fein');
export const junkLooks = adjectives('junk look', 'alt', 'staubig', 'einsam', 'vergessen', 'winzig', 'schmutzig', 'verloren', 'einzeln', 'gewöhnlich', 'grau');

export const snacks = nouns('snack',
  'der Apfel', 'der Keks', 'der Pfannkuchen', 'der Lebkuchen', 'der Müsliriegel', 'der Apfelkuchen',
  'die Birne', 'die Banane', 'die Brezel', 'die Möhre', 'die Waffel', 'die Zimtschnecke', 'die Pflaume', 'die Aprikose',
  'das Brötchen', 'das Butterbrot', 'das Käsebrot', 'das Honigbrot', 'das Hörnchen', 'das Rosinenbrötchen');
export const snackAdjectives = adjectives('taste', 'groß', 'lecker', 'frisch', 'wunderbar', 'herrlich', 'duftend', 'köstlich', 'süß');

/** Eaten at home, all in the accusative. */
export const meals = fixed('meal',
  'Pfannkuchen mit Apfelmus', 'warme Suppe', 'Nudeln mit Tomatensoße', 'Kartoffelbrei', 'ein großes Stück Kuchen', 'frische Waffeln', 'Brot mit Honig', 'süßen Grießbrei',
  'rote Grütze', 'Milchreis mit Zimt', 'Bratkartoffeln', 'dicke Butterbrote', 'Kekse mit Schokolade', 'Erdbeeren mit Sahne', 'knusprige Brezeln', 'Apfelkuchen');
export const drinks = fixed('drink', 'heißen Kakao', 'warme Milch', 'Apfelsaft', 'Tee mit Honig', 'kalte Limonade', 'Himbeersaft', 'Pfefferminztee', 'Traubensaft');

/** Things to build, and their materials. */
export const buildings = nouns('building', 'der Turm', 'der Palast', 'der Leuchtturm', 'die Burg', 'die Hütte', 'die Höhle', 'die Brücke', 'die Ritterburg', 'das Haus', 'das Schloss', 'das Piratenschiff', 'das Raumschiff');
export const buildingAdjectives = adjectives('building look', 'groß', 'hoch|hoh', 'prächtig', 'riesig', 'geheim', 'wunderbar', 'eigen', 'richtig', 'gemütlich', 'stolz');
export const materials = table('material', ['akk', 'dat'],
  'Äste | Ästen', 'Bretter | Brettern', 'Steine | Steinen', 'Kisten | Kisten', 'Decken | Decken', 'Stöcke | Stöcken', 'Pappkartons | Pappkartons', 'Kissen | Kissen', 'Zweige | Zweigen', 'Holzklötze | Holzklötzen',
  'Blätter | Blättern', 'Stühle | Stühlen', 'Schachteln | Schachteln', 'Tücher | Tüchern', 'Strohballen | Strohballen', 'Teppiche | Teppichen');
export const roles = fixed('role', 'Ritter', 'Piraten', 'Könige', 'Räuber', 'Forscher', 'Seefahrer', 'Zauberer', 'Drachen', 'Feuerwehrleute', 'Gespenster', 'Detektive', 'Astronauten');

/** Imagined dangers at night. */
export const monsters = nouns('monster', 'der Drache|Drachen', 'der Räuber', 'der Riese|Riesen', 'der Geist', 'der Troll', 'der Kobold', 'der Einbrecher', 'der Wolf', 'die Hexe', 'die Riesenspinne', 'die Schlange', 'das Gespenst', 'das Monster', 'das Ungeheuer');
