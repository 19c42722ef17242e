/** The device behind a loopback address: one POST a command, on the page's own origin. */
import { Fault } from './fault';
import type { Host } from './index';

/** The device takes bodies up to this size: a file of another device, in base64. All else is far below it. */
const BODY_MAX_BYTES = 24 * 1024 * 1024;

type Answer = { id: number; ok: unknown } | { id: number; error: unknown };

function isAnswer(told: unknown): told is Answer {
  return typeof told === 'object' && told !== null && ('ok' in told || 'error' in told);
}

/** A host that posts to `/rpc`; `send` is the browser's fetch, or another in tests. */
export function httpHost(send: typeof fetch = fetch.bind(globalThis)): Host {
  let last = 0;
  return {
    async rpc(method, params) {
      const body = JSON.stringify({ id: ++last, method, params });
      if (body.length > BODY_MAX_BYTES) throw new Fault('too_long', 'refused');
      let told: unknown;
      try {
        const response = await send('rpc', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          credentials: 'same-origin',
          body,
        });
        // the device has been started anew: its address of this run is needed again
        if (response.status === 403) throw new Fault('no_session', 'refused');
        told = await response.json();
      } catch (error) {
        throw error instanceof Fault ? error : new Fault('device_unreachable');
      }
      if (!isAnswer(told)) throw new Fault('unexpected');
      if ('error' in told) throw Fault.from(told.error);
      return told.ok as never;
    },
  };
}
