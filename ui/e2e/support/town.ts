/** A small town with its server, and the devices of its officers. */
import { test as base } from '@playwright/test';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Running, file, run } from './process';

/** The PIN of every device in these tests. */
export const PIN = '870870';

/** A device that is spoken to in JSON lines: the other officer of a story. */
export class Officer {
  #asked = 0;

  constructor(private readonly device: Running) {}

  /** Asks for something that must be done. */
  async call<T = Record<string, unknown>>(method: string, params: object = {}): Promise<T> {
    this.#asked += 1;
    this.device.say({ id: this.#asked, method, params });
    const { ok, error } = await this.device.hear();
    if (error) throw new Error(`${method}: ${JSON.stringify(error)}`);
    return ok as T;
  }

  /** Syncs until server and device agree. */
  async sync(): Promise<void> {
    const report = await this.call<{ complete: boolean; problems: unknown[] }>('sync.run');
    if (!report.complete) throw new Error(`the sync is not complete: ${JSON.stringify(report.problems)}`);
  }
}

/** The town. */
export class Town {
  readonly #folder = mkdtempSync(join(tmpdir(), 'rasoat-'));
  readonly #running: Running[] = [];
  #serving: Running | undefined;
  /** Address of the server as devices know it. */
  server = '';

  /** Sets the town up and serves it; `year` is that of the review that is open, after those of the years before it. */
  async open(year: number): Promise<void> {
    const data = join(this.#folder, 'server');
    const town = join(this.#folder, 'town.toml');
    writeFileSync(town, withReviews(readFileSync(file('sync-server/demo/example.toml'), 'utf8'), year));
    run('sync-server', 'init', '--data', data, '--town', town);
    const serving = this.#start('sync-server', 'serve', '--data', data, '--listen', '127.0.0.1:0');
    this.#serving = serving;
    this.server = String((await serving.hear()).listening);
  }

  /** The server answers nobody for a while, or again. */
  isSilent(silent: boolean): void {
    this.#serving?.stands(silent);
  }

  /** A one-time code for a user of the town file. */
  code(user: string): string {
    return run('sync-server', 'enrol', '--data', join(this.#folder, 'server'), '--user', user).code ?? '';
  }

  /** A login of the office page. */
  office(): { name: string; password: string } {
    const [name, password] = ['huong', 'mật khẩu 870'];
    const data = join(this.#folder, 'server');
    run('sync-server', 'office-user', '--data', data, '--name', name, '--password', password);
    return { name, password };
  }

  /** A device with the field app in a browser; the answer is the address to open. */
  async field(name: string): Promise<string> {
    const serving = this.#start('rasoat-device', '--data', join(this.#folder, name), 'serve', '--port', '0');
    return String((await serving.hear()).listening);
  }

  /** A device of another officer, enrolled. */
  async officer(user: string): Promise<Officer> {
    const officer = new Officer(this.#start('rasoat-device', '--data', join(this.#folder, user), 'lines'));
    await officer.call('app.enrol', {
      server: this.server,
      code: this.code(user),
      pin: PIN,
      device_name: `máy của ${user}`,
    });
    return officer;
  }

  /** Ends everything. */
  close(): void {
    for (const each of this.#running) each.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #start(name: string, ...args: string[]): Running {
    const running = new Running(name, ...args);
    this.#running.push(running);
    return running;
  }
}

/** The example's year. */
const FIRST_YEAR = 2016;

/** The first review under the rulebook of 2022: its list is that of the year after. */
const SECOND_RULEBOOK = 2021;

/** The town file with a review for each year up to `year`, the last of them open. */
function withReviews(town: string, year: number): string {
  const one = /\[\[review\]\]\n(?:(?!\[\[)[^\n]*\n)*/.exec(town)?.[0] ?? '';
  const of = (each: number): string =>
    one
      .replace(/201[67](?!-2021)/g, (found) => String(Number(found) + each - FIRST_YEAR))
      .replace('"2016-2021"', each < SECOND_RULEBOOK ? '"2016-2021"' : '"2022-2026"');
  const later = Array.from({ length: year - FIRST_YEAR }, (_, at) => of(FIRST_YEAR + 1 + at));
  return town
    .replace('current_review = "2016"', `current_review = "${year}"`)
    .replace(one, one + later.join(''));
}

/** Playwright's test with a town of its own. */
export const test = base.extend<{ year: number; town: Town }>({
  year: [FIRST_YEAR, { option: true }],
  town: async ({ year }, use) => {
    const town = new Town();
    await town.open(year);
    await use(town);
    town.close();
  },
});
