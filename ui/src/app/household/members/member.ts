/** Members: their order, and what the digits of a citizen id contradict. */
import type { Household, Member } from '../../../host/wire';
import { citizenIdSays } from '../../../shared/parse';
import { t } from '../../../shared/words.svelte';

/** Who lives in the household now, in the order of the form. */
export function presentMembers(household: Household): [string, Member][] {
  return ordered(household).filter(([, member]) => !member.left);
}

/** Who lived in it before. */
export function formerMembers(household: Household): [string, Member][] {
  return ordered(household).filter(([, member]) => member.left);
}

function ordered(household: Household): [string, Member][] {
  return Object.entries(household.members).sort(
    ([a, one], [b, other]) => one.order - other.order || (a < b ? -1 : 1),
  );
}

/** Warnings, not errors: papers are wrong as well. */
export function idWarnings(id: string | null, sex: string | null, born: string | null): string[] {
  const says = id ? citizenIdSays(id) : null;
  if (!says) return [];
  return [
    ...(sex && sex !== says.sex ? [t('member_citizen_id_sex')] : []),
    ...(born && Number(born.slice(0, 4)) !== says.year
      ? [t('member_citizen_id_year', { year: says.year })]
      : []),
  ];
}
