// Peers that are programs: where they are, and which build that is. Those of native-peers.sh come before those of Debian.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What Debian's packages install. `irstlm tlm` is a script that starts this `tlm`. */
const PROGRAMS = {
  spm_train: { package: 'sentencepiece', path: '/usr/bin/spm_train', code: '/usr/lib/x86_64-linux-gnu/libsentencepiece_train.so.0' },
  gensim: { package: 'python3-gensim', path: '/usr/lib/python3/dist-packages/gensim/models/keyedvectors.py', code: '/usr/lib/x86_64-linux-gnu/libblas.so.3' },
  tlm: { package: 'irstlm', path: '/usr/lib/irstlm/bin/tlm', code: '/usr/lib/x86_64-linux-gnu/libirstlm.so.1' },
  fasttext: { package: 'fasttext', path: '/usr/bin/fasttext', code: '/usr/lib/x86_64-linux-gnu/libfasttext.so.0' },
};

/**
 * @param {keyof PROGRAMS} name
 * @param {string | undefined} [folder]  that of native-peers.sh
 * @returns {{ path: string, code: string, build: string } | string} the program, the file with its code, and who built it with which flags; or how
 * to install it
 */
export function findProgram(name, folder = process.env['KK_PEERS']) {
  const own = folder && join(folder, 'bin', name);
  if (own && existsSync(own)) return { path: own, code: own, build: 'the sources of Debian, built with -O3 -march=native' };
  const { package: debian, path, code } = PROGRAMS[name];
  if (!existsSync(path)) return `${name} is not installed (Debian: apt-get install ${debian})`;
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${Version}', debian], { encoding: 'utf8' });
  return { path, code: existsSync(code) ? code : path, build: `Debian's package ${debian} ${stdout?.trim() ?? ''}, built with -O2` };
}
