// Tells whether a repeated group can match the same text in several ways. Only then can a JavaScript expression take time exponential in the
// length of a text: it tries all ways before it gives up. The rule: within the group, the characters that can come next are told apart by
// the next character alone (Brüggemann-Klein and Wood, "One-unambiguous regular languages", 1998, for strongly deterministic expressions).

import { canBeEmpty, type CharacterSet, type PatternNode, someNode } from './syntax-tree.js';

/** Whether some repeated group of the tree may match one text in several ways. */
export function mayTakeExponentialTime(root: PatternNode): boolean {
  return someNode(root, (node) => node.type === 'repeat' && node.max > 1 && node.body.type !== 'set' && !isDeterministic(node));
}

/** A part that is matched a fixed number of times, up to this one, is looked at as often. */
const MOST_COPIES = 8;

/** A place of a set in the group, by which places are told apart. */
interface Place {
  set: CharacterSet;
  followers: Set<Place>;
}

/** What can begin and end a part. */
interface Ends {
  first: Place[];
  last: Place[];
}

function isDeterministic(node: PatternNode): boolean {
  const places: Place[] = [];
  const starts: Place[][] = [];
  const ends = endsOf(node, places, starts);
  return ends !== undefined && [...starts, ends.first, ...places.map((place) => [...place.followers])].every(areDisjoint);
}

/** Undefined if a place can be followed by another one in two ways, or the part holds more than sets, alternatives and repetition. */
function endsOf(node: PatternNode, places: Place[], starts: Place[][]): Ends | undefined {
  switch (node.type) {
    case 'set': {
      const place = { set: node.set, followers: new Set<Place>() };
      places.push(place);
      return { first: [place], last: [place] };
    }
    case 'group':
      return endsOf(node.body, places, starts);
    case 'choice': {
      const ends = node.options.map((option) => endsOf(option, places, starts));
      if (ends.includes(undefined) || node.options.filter(canBeEmpty).length > 1) return undefined;
      const first = ends.flatMap((end) => end?.first ?? []);
      starts.push(first);
      return { first, last: ends.flatMap((end) => end?.last ?? []) };
    }
    case 'sequence': {
      let ends: Ends = { first: [], last: [] };
      let isEmpty = true;
      for (const part of node.parts) {
        const next = endsOf(part, places, starts);
        if (!next || !follow(ends.last, next.first)) return undefined;
        const canSkip = canBeEmpty(part);
        ends = { first: isEmpty ? [...ends.first, ...next.first] : ends.first, last: canSkip ? [...ends.last, ...next.last] : next.last };
        isEmpty &&= canSkip;
      }
      return ends;
    }
    case 'repeat': {
      if (node.min === node.max && node.max <= MOST_COPIES) return endsOf({ type: 'sequence', parts: new Array<PatternNode>(node.max).fill(node.body) }, places, starts);
      const ends = endsOf(node.body, places, starts);
      if (!ends || node.possessive) return undefined;
      return node.max > 1 && !follow(ends.last, ends.first) ? undefined : ends;
    }
    default:
      return undefined;
  }
}

/** Lets the places of `first` come behind those of `last`; false if one of them could already. */
function follow(last: readonly Place[], first: readonly Place[]): boolean {
  for (const place of last) {
    for (const follower of first) {
      if (place.followers.has(follower)) return false;
      place.followers.add(follower);
    }
  }
  return true;
}

let everyCharacter: string | undefined;

function areDisjoint(places: readonly Place[]): boolean {
  return places.every((place, i) => places.slice(0, i).every((other) => !haveCommonCharacter(place.set, other.set)));
}

function haveCommonCharacter(a: CharacterSet, b: CharacterSet): boolean {
  if (everyCharacter === undefined) {
    const parts: string[] = [];
    for (let code = 0; code <= 0x10ffff; code++) parts.push(code >= 0xd800 && code < 0xe000 ? '' : String.fromCodePoint(code));
    everyCharacter = parts.join('');
  }
  return new RegExp(`[[${a}]&&[${b}]]`, 'v').test(everyCharacter);
}
