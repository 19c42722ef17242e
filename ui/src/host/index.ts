/** What the screens stand on: one call, answered by the window or by a device on loopback. */
import { httpHost } from './http';
import type { Answer, Method, Params } from './wire';

export { Fault } from './fault';
export type { Method } from './wire';

/** Whoever answers the commands. */
export interface Host {
  /** Runs a command. Throws a `Fault` and nothing else. */
  rpc<M extends Method>(method: M, params: Params<M>): Promise<Answer<M>>;
}

let chosen: Promise<Host> | undefined;

/** The one place where the host is chosen. */
function choose(): Promise<Host> {
  const inWindow = '__TAURI_INTERNALS__' in globalThis;
  return inWindow ? import('./tauri').then((window) => window.tauriHost) : Promise.resolve(httpHost());
}

/** Puts another host in place: tests do. */
export function useHost(host: Host): void {
  chosen = Promise.resolve(host);
}

/** Runs a command on the host of this page. */
export async function rpc<M extends Method>(method: M, params: Params<M>): Promise<Answer<M>> {
  chosen ??= choose();
  return (await chosen).rpc(method, params);
}
