// The list of exports is reviewed: a new one shows up here.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as main from '@kk/tokenizer';
import * as node from '@kk/tokenizer/node';

it('exports this and nothing else', () => {
  expect({ '.': Object.keys(main).sort(), './node': Object.keys(node).sort() }).toMatchInlineSnapshot(`
    {
      ".": [
        "BytePairTokenizer",
        "CL100K_PATTERN",
        "CharacterTokenizer",
        "GPT2_PATTERN",
        "O200K_PATTERN",
        "PipelineTokenizer",
        "RankedBytePairTokenizer",
        "StreamDecoder",
        "StreamEncoder",
        "UnigramTokenizer",
        "WORD_PATTERN",
        "WordPieceTokenizer",
        "WordTokenizer",
        "chatMLTemplate",
        "chatMLTokens",
        "decodeBytes",
        "decodeWithOffsets",
        "encodeChat",
        "encodeConversation",
        "encodeWords",
        "ranksFromTokenizer",
        "renderChat",
        "sentencePieceFromTokenizer",
        "splitBetweenWords",
        "tokenizerConfigFromJSON",
        "tokenizerConfigToJSON",
        "tokenizerFromBytes",
        "tokenizerFromJSON",
        "tokenizerFromRanks",
        "tokenizerFromSentencePiece",
        "tokenizerFromURL",
        "tokenizerFromVocabAndMerges",
        "tokenizerFromVocabText",
        "truncateText",
        "vocabAndMergesFromTokenizer",
        "vocabTextFromTokenizer",
        "vocabularyOf",
        "withAddedTokens",
        "withSpecialTokens",
      ],
      "./node": [
        "loadTokenizer",
        "loadTokenizerConfig",
        "saveTokenizer",
        "saveTokenizerConfig",
        "tokenizerFileAt",
        "trainFromFiles",
      ],
    }
  `);
});

// files/ serves ./node alone.
it('needs nothing of Node outside of ./node', () => {
  const sources = readdirSync(new URL('../src', import.meta.url), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && file !== 'node.ts' && !file.startsWith('files/'));
  expect(sources.length).toBeGreaterThan(20);
  const offenders = sources.filter((file) => /from '(?!\.|pbf'|@kk\/options')|\brequire\(|\bBuffer\b|\bprocess\./.test(readFileSync(new URL(`../src/${file}`, import.meta.url), 'utf8')));
  expect(offenders).toEqual([]);
});
