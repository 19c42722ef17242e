/** The window: commands go through its one `rpc` command. The only file that names the window's library. */
import { invoke } from '@tauri-apps/api/core';
import { Fault } from './fault';
import type { Host } from './index';

/** A host inside the window. */
export const tauriHost: Host = {
  async rpc(method, params) {
    try {
      return await invoke('rpc', { method, params });
    } catch (told) {
      throw Fault.from(told);
    }
  },
};
