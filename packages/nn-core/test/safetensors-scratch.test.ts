import { it } from 'vitest';
import { readSafetensors } from '../src/safetensors/index.js';
it('scratch', async () => {
  const enc=(h:string)=>{const t=new TextEncoder().encode(h); const f=new Uint8Array(8+t.length); new DataView(f.buffer).setBigUint64(0,BigInt(t.length),true); f.set(t,8); return f;};
  for (const [n,h] of [['nest','{"a":'+'['.repeat(4e7)+']'.repeat(4e7)+'}'],['wide','{"a":{"dtype":"U8","data_offsets":[0,1],"shape":['+'1,'.repeat(4e7)+'1]}}'],['dup', '{"__metadata__":{'+Array.from({length:4e6},(_,i)=>`"t${i}":""`).join(',')+'}}']] as const){ const t0=performance.now(); try{ const r=readSafetensors(enc(h)); console.log(n,'ok',r.tensors.size)}catch(e){console.log(n,(e as Error).name,(e as Error).message.slice(0,150))} console.log(performance.now()-t0,'ms'); }
});
