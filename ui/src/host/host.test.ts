import { describe, expect, it, vi } from 'vitest';
import { httpHost } from './http';
import { Fault } from './index';

type Sent = { url: string; body: { id: number; method: string; params: unknown } };

function deviceThat(answers: (sent: Sent) => Response): { send: typeof fetch; sent: Sent[] } {
  const sent: Sent[] = [];
  const send = vi.fn(async (url: RequestInfo | URL, init?: RequestInit) => {
    const each = { url: String(url), body: JSON.parse(String(init?.body)) as Sent['body'] };
    sent.push(each);
    return answers(each);
  });
  return { send, sent };
}

const fault = async (call: Promise<unknown>): Promise<Fault> =>
  call.then(
    () => Promise.reject(new Error('it was answered')),
    (error: unknown) => error as Fault,
  );

describe('a device on loopback', () => {
  it('is asked on the page’s own origin with method and parameters', async () => {
    const { send, sent } = deviceThat(({ body }) => Response.json({ id: body.id, ok: { phase: 'open' } }));
    const host = httpHost(send);
    expect(await host.rpc('app.unlock', { pin: '123456' })).toEqual({ phase: 'open' });
    await host.rpc('app.status', {});
    expect(sent[0]).toEqual({ url: 'rpc', body: { id: 1, method: 'app.unlock', params: { pin: '123456' } } });
    expect(sent[1]?.body.id).toBe(2);
  });

  it('refuses with a code, its parameters and its field', async () => {
    const error = { code: 'too_long', severity: 'refused', field: 'place/address', params: { limit: '300' } };
    const { send } = deviceThat(() => Response.json({ id: 1, error }));
    const told = await fault(httpHost(send).rpc('app.status', {}));
    expect(told).toBeInstanceOf(Fault);
    expect(told).toMatchObject({
      code: 'too_long',
      severity: 'refused',
      field: 'place/address',
      details: { limit: '300' },
    });
  });

  it('that does not answer, or not in JSON, is unreachable', async () => {
    const dead = vi.fn(() => Promise.reject(new TypeError('failed'))) as unknown as typeof fetch;
    expect((await fault(httpHost(dead).rpc('app.status', {}))).code).toBe('device_unreachable');
    const { send } = deviceThat(() => new Response('<html>'));
    expect((await fault(httpHost(send).rpc('app.status', {}))).code).toBe('device_unreachable');
  });

  it('of another run asks for its address', async () => {
    const { send } = deviceThat(() => new Response(null, { status: 403 }));
    expect(await fault(httpHost(send).rpc('app.status', {}))).toMatchObject({
      code: 'no_session',
      severity: 'refused',
    });
  });

  it('that answers nonsense is unexpected', async () => {
    const { send } = deviceThat(() => Response.json({ id: 1 }));
    expect((await fault(httpHost(send).rpc('app.status', {}))).code).toBe('unexpected');
  });
});

describe('a fault', () => {
  it('is made of anything', () => {
    expect(Fault.from(null)).toMatchObject({ code: 'unexpected', severity: 'broken' });
    expect(Fault.from({ code: 7 }).code).toBe('unexpected');
    expect(Fault.from({ code: 'locked', severity: 'refused' })).toMatchObject({ severity: 'refused' });
    const same = new Fault('locked');
    expect(Fault.from(same)).toBe(same);
  });
});
