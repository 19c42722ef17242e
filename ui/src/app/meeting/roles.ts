/** What people attend a meeting as, those who come in numbers first; as the core has them. */
export const ROLES = [
  'household',
  'union',
  'party',
  'front',
  'reviewer',
  'commune',
  'chair',
  'secretary',
  'other',
] as const;
