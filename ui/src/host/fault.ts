/** Why a command did not do what was asked. */
import type { Severity } from './wire';

/** What the words of a fault speak of. */
export type Details = Record<string, string | number>;

/** A coded fault; its words are in the catalogue under `error_<code>`. */
export class Fault extends Error {
  constructor(
    readonly code: string,
    readonly severity: Severity = 'broken',
    readonly details: Details = {},
    /** Path of the field that it is about. */
    readonly field: string | null = null,
  ) {
    super(code);
    this.name = 'Fault';
  }

  /** Reads the error half of an answer; anything that is not one becomes `unexpected`. */
  static from(told: unknown): Fault {
    if (told instanceof Fault) return told;
    if (typeof told !== 'object' || told === null) return new Fault('unexpected');
    const { code, severity, params, field } = told as Record<string, unknown>;
    if (typeof code !== 'string') return new Fault('unexpected');
    const details = typeof params === 'object' && params !== null ? (params as Details) : {};
    const about = typeof field === 'string' ? field : null;
    return new Fault(code, severity === 'refused' ? 'refused' : 'broken', details, about);
  }
}
