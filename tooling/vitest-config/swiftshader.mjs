// Without a graphics card, tests in Node use the SwiftShader of Debian's Chromium. Import this file before anything that loads WebGPU, or
// start a process with `node --import` of it, because a loaded library does not affect other processes. It does nothing if the files are
// missing or a driver is already chosen.
import { existsSync } from 'node:fs';
import { constants } from 'node:os';

const driver = '/usr/lib/chromium/vk_swiftshader_icd.json';
const loader = '/usr/lib/chromium/libvulkan.so.1';
/** glibc's dlopen flag that keeps a library loaded; Node has no name for it. */
const RTLD_NODELETE = 0x1000;

if (!process.env.VK_DRIVER_FILES && existsSync(driver)) process.env.VK_DRIVER_FILES = driver;
// WebGPU looks for libvulkan by name; a library that is already loaded is found even outside of the search path.
if (existsSync(loader)) {
  try {
    process.dlopen({ exports: {} }, loader, constants.dlopen.RTLD_NOW | RTLD_NODELETE);
  } catch (error) {
    // Node reports after loading that this is not a Node module. That is expected: the library is loaded.
    if (!/did not self-register/.test(error.message)) throw error;
  }
}
