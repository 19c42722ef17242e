/** Why people and households leave, as the core has it: the tables of movement count by these. */
export const WHY = ['moved_out', 'died', 'split', 'mistake'] as const;
