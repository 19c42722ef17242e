/** Who is here and what the server has told this device: the state that every page stands on. */
import { Fault, rpc } from '../host';
import type { AppStatus, Config, Policy, Question, Review, Unit } from '../host/wire';

class Session {
  /** Whether someone is enrolled, and whether the database is open. */
  status = $state.raw<AppStatus | null>(null);
  /** What the server has told; there once the database is open. */
  config = $state.raw<Config | null>(null);
  /** Why the app could not start. */
  fault = $state.raw<Fault | null>(null);

  readonly #units = $derived(new Map(this.config?.units.map((unit) => [unit.id, unit])));
  readonly #policies = $derived(new Map(this.config?.policies.map((policy) => [policy.id, policy])));
  readonly #questions = $derived(
    new Map(
      this.config?.rulebook?.sections.flatMap((part) => part.questions).map((asked) => [asked.id, asked]),
    ),
  );

  /** Asks where things stand; opens what is open. */
  async start(): Promise<void> {
    try {
      this.fault = null;
      await this.#enter(await rpc('app.status', {}));
    } catch (error) {
      this.fault = Fault.from(error);
    }
  }

  /** Enrols this device for a person. */
  async enrol(server: string, code: string, pin: string, deviceName: string): Promise<void> {
    await this.#enter(await rpc('app.enrol', { server, code, pin, device_name: deviceName }));
  }

  /** Opens the database. */
  async unlock(pin: string): Promise<void> {
    await this.#enter(await rpc('app.unlock', { pin }));
  }

  /** Closes the database and forgets what was on the screens. */
  async lock(): Promise<void> {
    await this.#enter(await rpc('app.lock', {}));
  }

  /** Reads the configuration anew: a sync may have brought another. */
  async refresh(): Promise<void> {
    this.config = await rpc('config.get', {});
  }

  async #enter(status: AppStatus): Promise<void> {
    this.config = status.phase === 'open' ? await rpc('config.get', {}) : null;
    this.status = status;
  }

  /** The review that is open. */
  get review(): Review | null {
    return this.config?.reviews.find((review) => review.id === this.config?.current_review) ?? null;
  }

  /** The villages that this person works in. */
  get villages(): Unit[] {
    const scopes = new Set(this.config?.user.scopes);
    return this.config?.units.filter((unit) => unit.kind === 'village' && scopes.has(unit.id)) ?? [];
  }

  /** The units whose programme this person keeps: those of the scopes that are not villages. */
  get programmeUnits(): Unit[] {
    const scopes = new Set(this.config?.user.scopes);
    return this.config?.units.filter((unit) => unit.kind !== 'village' && scopes.has(unit.id)) ?? [];
  }

  /** The years that a programme can be kept for: those of the reviews and their lists, newest first. */
  get programmeYears(): number[] {
    const years = this.config?.reviews.flatMap((review) => [review.year, review.list_year]) ?? [];
    return [...new Set(years)].sort((one, other) => other - one);
  }

  /** A unit by id. */
  unit(id: string): Unit | undefined {
    return this.#units.get(id);
  }

  /** A policy by id. */
  policy(id: string): Policy | undefined {
    return this.#policies.get(id);
  }

  /** A question of the rulebook by id. */
  question(id: string): Question | undefined {
    return this.#questions.get(id);
  }

  /** The name of a unit with the one above it: "Khu phố 3, Phường Ba Đình". */
  placeName(id: string): string {
    const unit = this.unit(id);
    const above = unit?.parent ? this.unit(unit.parent) : undefined;
    return [unit?.name, above?.kind === 'commune' ? above.name : undefined].filter(Boolean).join(', ');
  }
}

/** The session of this page. */
export const session = new Session();
