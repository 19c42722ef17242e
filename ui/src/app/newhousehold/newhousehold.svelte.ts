/** A household that is being added: where it lives, and its members with the head first. */
import type { HouseholdCreate } from '../../host/wire';
import type { Parsed } from '../../shared/parse';
import { NewSheet } from '../household/sheet.svelte';

/** A member's card with a key of its own. */
export type Card = { key: number; sheet: NewSheet };

/** What was typed of a new household. */
export type NewTyped = {
  village: string;
  place: Record<string, Parsed>;
  members: Record<string, Parsed>[];
};

/** The form of a new household. */
export class NewHousehold {
  /** The village; empty until chosen. */
  village = $state('');
  /** Address and telephone. */
  readonly place = new NewSheet();
  /** The members' cards, the head's first. */
  members = $state.raw<Card[]>([{ key: 0, sheet: new NewSheet() }]);
  #last = 0;

  constructor(villages: string[]) {
    this.village = villages.length === 1 ? (villages[0] ?? '') : '';
  }

  /** One more member. */
  addMember(): void {
    this.#last += 1;
    this.members = [...this.members, { key: this.#last, sheet: new NewSheet() }];
  }

  /** One member less. */
  removeMember(key: number): void {
    this.members = this.members.filter((card) => card.key !== key);
  }

  /** Something was typed. */
  get isDirty(): boolean {
    return this.place.isDirty || this.members.some((card) => card.sheet.isDirty);
  }

  /** The head needs a name, and so does every member of whom something is told. */
  isNameless(card: Card): boolean {
    const needed = card === this.members[0] || card.sheet.isDirty;
    return needed && card.sheet.value('name') === null;
  }

  /** It can be sent. */
  get isReady(): boolean {
    const sheets = [this.place, ...this.members.map((card) => card.sheet)];
    const readable = sheets.every((sheet) => sheet.wrong.length === 0);
    return readable && this.village !== '' && !this.members.some((card) => this.isNameless(card));
  }

  /** What is sent. Cards that stayed empty are no members. */
  get params(): HouseholdCreate {
    const told = this.members.filter((card) => card.sheet.isDirty);
    const members = told.map((card) =>
      card === this.members[0] ? { ...card.sheet.values, relation: 'head', head: true } : card.sheet.values,
    );
    return { village: this.village, place: this.place.values, members };
  }

  /** What can be kept as a draft; null for nothing. */
  get typed(): NewTyped | null {
    if (!this.isDirty) return null;
    const members = this.members.map((card) => card.sheet.typed ?? {});
    return { village: this.village, place: this.place.typed ?? {}, members };
  }

  /** Puts a draft back. */
  restore({ village, place, members }: NewTyped): void {
    this.village = village;
    this.place.restore(place);
    while (this.members.length < members.length) this.addMember();
    for (const [at, typed] of members.entries()) this.members[at]?.sheet.restore(typed);
  }

  /** Drops what was typed. */
  clear(): void {
    this.place.discard();
    for (const card of this.members) card.sheet.discard();
  }
}
