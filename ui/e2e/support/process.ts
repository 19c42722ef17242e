/** The project's own programs as processes. */
import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(import.meta.dirname, '../../..');

/** The folder of the built programs. */
function program(name: string): string {
  const path = join(process.env.RASOAT_BIN ?? join(ROOT, 'target/debug'), name);
  if (!existsSync(path)) throw new Error(`${path} is not there: build it first`);
  return path;
}

/** A file of the repository. */
export const file = (path: string): string => join(ROOT, path);

/** Runs a program to its end and gives the JSON of its last line. */
export function run(name: string, ...args: string[]): Record<string, string> {
  const ended = spawnSync(program(name), args, { encoding: 'utf8' });
  if (ended.status !== 0) throw new Error(`${name} ${args[0]}: ${ended.stderr || ended.stdout}`);
  const last = ended.stdout.trim().split('\n').at(-1) ?? '';
  return last.startsWith('{') ? JSON.parse(last) : {};
}

/** A program that goes on running, heard line by line. */
export class Running {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  constructor(name: string, ...args: string[]) {
    this.#child = spawn(program(name), args, { env: { ...process.env, RASOAT_LOG: 'error' } });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** The next line that it says, read as JSON. */
  async hear(): Promise<Record<string, unknown>> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('the program has ended');
    return JSON.parse(value);
  }

  /** Says a line to it. */
  say(line: object): void {
    this.#child.stdin.write(`${JSON.stringify(line)}\n`);
  }

  /** Has it stand still, or go on. */
  stands(still: boolean): void {
    this.#child.kill(still ? 'SIGSTOP' : 'SIGCONT');
  }

  /** Ends it. */
  stop(): void {
    this.#child.kill('SIGKILL');
  }
}
