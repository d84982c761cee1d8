// Cuts where the script changes: Latin, Cyrillic, Han together with the Japanese syllables, common signs ... A space belongs to the text
// before it; spaces at the very beginning are dropped. Source: SentencePiece's rule for valid pieces.

import type { Piece } from '../text/piece.js';
import type { ComponentJSON } from '../core/tokenizer.js';
import type { PreTokenizerStep } from './step.js';

/** Unicode's four-letter names, the most frequent scripts first. */
const names =
  'Latn Zyyy Cyrl Hani Hang Arab Grek Hebr Deva Thai Zinh Adlm Ahom Hluw Armn Avst Bali Bamu Bass Batk Beng Bhks Bopo Brah Brai Bugi Buhd Cans Cari Aghb ' +
  'Cakm Cham Cher Copt Xsux Cprt Dsrt Dupl Egyp Elba Ethi Geor Glag Goth Gran Gujr Guru Hano Hatr Hira Armi Phli Prti Java Kthi Knda Kana Kali Khar Khmr ' +
  'Khoj Sind Laoo Lepc Limb Lina Linb Lisu Lyci Lydi Mahj Mlym Mand Mani Marc Mtei Mend Merc Mero Plrd Modi Mong Mroo Mult Mymr Nbat Talu Newa Nkoo Ogam ' +
  'Olck Hung Ital Narb Perm Xpeo Sarb Orkh Orya Osge Osma Hmng Palm Pauc Phag Phnx Phlp Rjng Runr Samr Saur Shrd Shaw Sidd Sgnw Sinh Sora Sund Sylo Syrc ' +
  'Tglg Tagb Tale Lana Tavt Takr Taml Tang Telu Thaa Tibt Tfng Tirh Ugar Vaii Wara Yiii';

/** The script of characters that fit every script. */
const ANY = '';
const HAN = 'Hani';
const LONG_VOWEL_SIGN = 'ー';

let expressions: readonly (readonly [name: string, expression: RegExp])[] | undefined;
const known = new Map<string, string>([
  [' ', ANY],
  [LONG_VOWEL_SIGN, HAN],
]);

function scriptOf(character: string): string {
  const script = known.get(character);
  if (script !== undefined) return script;
  expressions ??= names.split(' ').map((name) => [name, new RegExp(`\\p{Script=${name}}`, 'u')] as const);
  const found = expressions.find(([, expression]) => expression.test(character))?.[0] ?? ANY;
  const name = found === 'Hira' || found === 'Kana' ? HAN : found;
  known.set(character, name);
  return name;
}

export class UnicodeScripts implements PreTokenizerStep {
  readonly wordGaps = 'unknown';

  split(piece: Piece): Piece[] {
    const cuts: number[] = [];
    let last: string | undefined;
    let offset = 0;
    for (const character of piece.text) {
      const script = scriptOf(character);
      if (script !== ANY && script !== last) {
        cuts.push(offset);
        last = script;
      }
      offset += character.length;
    }
    return cuts.map((start, i) => piece.slice(start, cuts[i + 1] ?? piece.text.length));
  }

  toJSON(): ComponentJSON {
    return { type: 'UnicodeScripts' };
  }
}
