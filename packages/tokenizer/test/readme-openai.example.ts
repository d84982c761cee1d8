import { countChatTokens, encodingForModel } from '@kk/tokenizer/openai';

const tokenizer = await encodingForModel('gpt-4o');
console.log(tokenizer.count('Token by token')); // 3
console.log(countChatTokens(tokenizer, [{ role: 'user', content: 'Token by token' }])); // 10, with what the interface puts around it
