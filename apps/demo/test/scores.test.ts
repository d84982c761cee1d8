// The score of chapter 1's contest.
import { expect, it } from 'vitest';
import { guessOf, isSame, readTally, tallyOf, turnOfModel, turnOfPeople, writeTally } from '../src/chapters/01-token/scores.js';

const round = { between: ' ', word: 'Fuchs', gpt: { favourite: 'Hase', favouriteProbability: 0.4, bits: 2 }, markov: { favourite: 'Fuchs', favouriteProbability: 0.25, bits: 2 } };

it('takes the first word of what was typed', () => {
  expect(['  Hase!', '„Dann', 'E-Mail an', "don't", '…', 'a'.repeat(50)].map(guessOf)).toEqual(['Hase', 'Dann', 'E-Mail', "don't", '', 'a'.repeat(30)]);
  expect([isSame('hase', 'Hase'), isSame('Ba\u0308r', 'Bär'), isSame('Hase', 'Hasen')]).toEqual([true, true, false]);
});

it('counts the guesses of a class, whatever their case, the most frequent first', () => {
  const tally = tallyOf('Wald\r\nGarten\n\ngarten.\n Garten \n<b>\n');
  expect([...tally]).toEqual([['Garten', 3], ['Wald', 1], ['b', 1]]);
  expect(readTally(writeTally(tally))).toEqual(tally);
  expect([writeTally(tally), writeTally(tallyOf(''))]).toEqual(['Garten*3~Wald*1~b*1', '']);
});

it('spreads one vote as the chain does: by hand', () => {
  // Three votes, two of them right, and a quarter of a vote from the chain: 2.25 of 4.
  expect(turnOfPeople(tallyOf('Fuchs\nfuchs\nHase'), round)).toEqual({ guess: 'Fuchs', share: 2 / 3, hit: true, bits: expect.closeTo(Math.log2(4 / 2.25), 12) as number });
  expect(turnOfPeople(tallyOf('Hase'), round)).toEqual({ guess: 'Hase', share: undefined, hit: false, bits: 3 });
  expect(turnOfPeople(new Map(), round)).toEqual({ guess: '', share: undefined, hit: false, bits: 2 });
  expect(turnOfModel(round.gpt, 'Fuchs')).toEqual({ guess: 'Hase', share: 0.4, hit: false, bits: 2 });
});
