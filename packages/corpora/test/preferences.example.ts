import { followsRule, preferencePairs, ratedAnswers, writePreferencePairs } from '@kk/corpora/instructions';

for (const { prompt, chosen, rejected, messages } of writePreferencePairs('en', { seed: 1, rule: 'joy', count: 1 })) {
  console.log(`${prompt}\n+ ${chosen}\n- ${rejected}`);
  console.log(JSON.stringify(messages)); // a line of JSON Lines, as preference tuning reads it
}
for (const { chosen, rejected } of preferencePairs('en', { seed: 1, rule: 'joy', part: 'test' })) {
  console.log(followsRule('en', 'joy', chosen), followsRule('en', 'joy', rejected)); // of other stories
  break; // the generator has no end
}
for (const { completion, label } of ratedAnswers('de', { seed: 1, rule: 'speech' })) {
  console.log(completion, label === followsRule('de', 'speech', completion));
  break;
}
