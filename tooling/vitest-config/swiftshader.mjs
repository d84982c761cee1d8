// Where there is no graphics card, tests in Node compute on the SwiftShader that comes with Debian's Chromium. Import this
// before anything that loads WebGPU, or start a process with `node --import` of it: loading a library reaches no other process.
// It changes nothing where the files are not there or a driver was chosen already.
import { existsSync } from 'node:fs';
import { constants } from 'node:os';

const driver = '/usr/lib/chromium/vk_swiftshader_icd.json';
const loader = '/usr/lib/chromium/libvulkan.so.1';
/** dlopen's flag of glibc that keeps a library loaded; Node has no name for it. */
const RTLD_NODELETE = 0x1000;

if (!process.env.VK_DRIVER_FILES && existsSync(driver)) process.env.VK_DRIVER_FILES = driver;
// WebGPU looks for libvulkan by name: one that is loaded already is found, even if its folder is not searched.
if (existsSync(loader)) {
  try {
    process.dlopen({ exports: {} }, loader, constants.dlopen.RTLD_NOW | RTLD_NODELETE);
  } catch (error) {
    // It is no module of Node, which Node finds out after it was loaded; that is all that was wanted.
    if (!/did not self-register/.test(error.message)) throw error;
  }
}
