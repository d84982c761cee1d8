import { Random } from '../src/random/random.js';
import { philox4x32 } from '../src/random/philox.js';
import { it } from 'vitest';
it('x',()=>{ 
 for (let rep=0;rep<3;rep++){
 const r=new Random(1); const N=1e6; const a=new Float32Array(N); let t=performance.now(); r.fillNormal(a); console.log('ns/normal',(performance.now()-t)/N*1e6); 
 t=performance.now(); let s=0; for(let i=0;i<N;i++) s+=r.uniform(); console.log('ns/uniform',(performance.now()-t)/N*1e6);
 const c=new Uint32Array(4),k=new Uint32Array(2),o=new Uint32Array(4);t=performance.now();  for(let i=0;i<N;i++) {c[0]=i; philox4x32(c,k,o);} console.log('ns/philox',(performance.now()-t)/N*1e6);
 t=performance.now();  for(let i=0;i<N;i++) s+=Math.sqrt(-2*Math.log(1-i/N))*Math.cos(i); console.log('ns/math',(performance.now()-t)/N*1e6,s);
}});
