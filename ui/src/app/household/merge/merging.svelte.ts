/** Two records side by side: who is who, what differs, and what a person has chosen so far. */
import { SvelteMap } from 'svelte/reactivity';
import { rpc } from '../../../host';
import type { HouseholdPage, MergedField, Merging } from '../../../host/wire';
import { presentMembers } from '../members/member';

/** Not copied. */
export const SKIP = 'skip';
/** Copied as somebody who is not there yet. */
export const NEW = '';

/** The form of a merge. */
export class MergeForm {
  plan: Merging = $state.raw({ heads: [], other_heads: [], people: [], fields: [], supports: [] });
  /** Who each person of the record that goes is: a member here, `NEW` or `SKIP`. */
  readonly people = new SvelteMap<string, string>();
  /** By the field of the record that goes: true where its value is taken. */
  readonly taken = new SvelteMap<string, boolean>();
  /** Supports that come along. */
  readonly supports = new SvelteMap<string, boolean>();

  private constructor(
    readonly here: string,
    /** The record that goes, as the device knows it. */
    readonly there: HouseholdPage,
    plan: Merging,
  ) {
    this.plan = plan;
    for (const one of plan.people) this.people.set(one.from, one.same ?? NEW);
    for (const one of plan.supports) this.supports.set(one.from, one.same === null);
  }

  static async open(here: string, other: string): Promise<MergeForm> {
    const there = await rpc('household.open', { id: other });
    return new MergeForm(here, there, await rpc('household.merging', { id: here, other }));
  }

  /** People of the record that goes, in the order of its form. */
  get members() {
    return presentMembers(this.there.household);
  }

  private get pairs() {
    const coming = [...this.people].filter(([, same]) => same !== SKIP);
    return coming.map(([from, same]) => ({ from, same: same === NEW ? null : same }));
  }

  /** Somebody is another person than was thought: other values differ then. */
  async pair(from: string, same: string): Promise<void> {
    this.people.set(from, same);
    this.plan = await rpc('household.merging', { id: this.here, other: this.there.id, people: this.pairs });
  }

  /** True where the value of the record that goes is taken: at first, where this one has none. */
  takes(field: MergedField): boolean {
    return this.taken.get(field.from) ?? field.here === null;
  }

  async save(): Promise<HouseholdPage> {
    return rpc('household.merge', {
      id: this.here,
      heads: this.plan.heads,
      other: this.there.id,
      other_heads: this.plan.other_heads,
      people: this.pairs,
      take: this.plan.fields.filter((field) => this.takes(field)).map((field) => field.from),
      supports: [...this.supports].filter(([, on]) => on).map(([id]) => id),
    });
  }
}
